"""DutySettings that can be saved, and the sentence for each that cannot."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.compliance import (
    Anchor,
    Duty,
    DutySettings,
    Kind,
    MonthDay,
    due_day,
    provider_refusals,
    read_month_day,
    school_duty,
    school_refusals,
    window_opens,
)
from tests.player.compliance.test_due import HISTORIES

BASIS = "Renewed every two years (early years statutory framework, annex C)."
NUMBER = Duty(Kind.NUMBER, BASIS, months=24)
CUSTOM = Duty(months=24)
SEPTEMBER = DutySettings(anchor=Anchor.FIXED, fixed=MonthDay(9, 1), least=5)


def refused(provider: Duty, settings: DutySettings) -> dict[str, str]:
    return dict(school_refusals(provider, settings))


@pytest.mark.parametrize(
    "settings", [DutySettings(months=25), DutySettings(months=36), DutySettings(months="none")]
)
def test_a_number_is_never_lengthened_and_the_refusal_quotes_the_basis(settings: DutySettings) -> None:
    assert refused(NUMBER, settings)["months"].endswith(f"at most 24 months are allowed. {BASIS}")
    assert school_duty(NUMBER, settings).months == 24


@pytest.mark.parametrize("months", [1, 12, 24])
def test_a_number_may_be_shortened(months: int) -> None:
    assert refused(NUMBER, DutySettings(months=months)) == {}
    assert school_duty(NUMBER, DutySettings(months=months)).months == months


def test_expiry_is_refused_for_a_number() -> None:
    assert BASIS in refused(NUMBER, DutySettings(anchor=Anchor.EXPIRY))["anchor"]
    assert refused(CUSTOM, DutySettings(anchor=Anchor.EXPIRY)) == {}
    assert school_duty(NUMBER, DutySettings(anchor=Anchor.EXPIRY)).anchor is Anchor.COMPLETION
    assert school_duty(CUSTOM, DutySettings(anchor=Anchor.EXPIRY)).anchor is Anchor.EXPIRY


@pytest.mark.parametrize(("months", "fits"), [(0, False), (1, True), (120, True), (121, False), (-1, False)])
def test_other_periods_are_1_to_120_months_or_none(months: int, fits: bool) -> None:
    assert (refused(CUSTOM, DutySettings(months=months)) == {}) is fits
    assert refused(CUSTOM, DutySettings(months="none")) == {}
    assert school_duty(CUSTOM, DutySettings(months="none")).months is None


@pytest.mark.parametrize("months", [0, -3])
def test_a_number_is_at_least_a_month(months: int) -> None:
    assert refused(NUMBER, DutySettings(months=months)) == {"months": "A period is 1 to 24 months."}


@pytest.mark.parametrize(
    ("fixed", "least", "window", "fits"),
    [
        ("09-01", 5, 60, True),
        ("09-01", 1, 60, False),
        ("09-01", 2, 60, True),  # 3 July and 2 months is 3 September
        ("03-01", 2, 60, False),  # 31 December and 2 months is 28 February
        ("07-01", 1, 30, False),  # 1 June and 1 month is 1 July
        ("07-01", 1, 29, True),
        ("09-01", 1, 0, True),
        ("09-01", 12, 365, False),
        ("09-01", 13, 365, True),
    ],
)
def test_least_is_longer_than_the_window(fixed: str, least: int, window: int, fits: bool) -> None:
    settings = DutySettings(anchor=Anchor.FIXED, fixed=read_month_day(fixed), least=least, window=window)
    assert ("least" not in refused(CUSTOM, settings)) is fits


@given(st.dates().map(lambda day: MonthDay(day.month, day.day)), st.integers(1, 13), st.integers(0, 366))
def test_done_on_the_first_day_of_an_allowed_window_it_is_due_a_year_later(
    fixed: MonthDay, least: int, window: int
) -> None:
    settings = DutySettings(anchor=Anchor.FIXED, fixed=fixed, least=least, window=window)
    if not school_refusals(CUSTOM, settings):
        duty = school_duty(CUSTOM, settings)
        due = fixed.of(2026)
        then = due_day(duty, [window_opens(duty, due)])
        assert then is not None
        assert then > due


@pytest.mark.parametrize(
    ("settings", "name", "part"),
    [
        (DutySettings(anchor=Anchor.FIXED), "fixed", "needs its day"),
        (DutySettings(anchor=Anchor.FIXED, fixed=MonthDay(2, 30), least=5), "fixed", "02-30 is no day"),
        (DutySettings(anchor=Anchor.FIXED, fixed=MonthDay(13, 1), least=5), "fixed", "13-01 is no day"),
        (DutySettings(anchor=Anchor.FIXED, fixed=MonthDay(9, 1), least=0), "least", "0 is out of range"),
        (DutySettings(window=-1), "window", "write 0 to 366 days"),
        (DutySettings(window=367), "window", "write 0 to 366 days"),
        (DutySettings(first=-1), "first", "write 0 to 366 days"),
        (DutySettings(lapsed=9_999), "lapsed", "write 0 to 3660 days"),
    ],
)
def test_each_refusal_names_its_setting(settings: DutySettings, name: str, part: str) -> None:
    assert part in refused(CUSTOM, settings)[name]


def test_a_course_is_not_its_own_refresher() -> None:
    settings = DutySettings(renewed_by="child-protection", lapsed=90)
    assert school_refusals(CUSTOM, settings, "child-protection-refresher") == ()
    assert [each.setting for each in school_refusals(CUSTOM, settings, "child-protection")] == ["renewed_by"]


def test_the_providers_default_states_its_ground() -> None:
    assert provider_refusals(NUMBER) == ()
    assert provider_refusals(Duty()) == ()
    assert [each.setting for each in provider_refusals(Duty(Kind.REGULAR, months=12))] == ["basis"]
    assert [each.setting for each in provider_refusals(Duty(Kind.NUMBER, " "))] == ["basis", "months"]
    expiry = Duty(Kind.NUMBER, BASIS, months=24, anchor=Anchor.EXPIRY)
    assert [each.setting for each in provider_refusals(expiry)] == ["anchor"]
    assert [each.setting for each in provider_refusals(Duty(months=121))] == ["months"]


def test_what_a_school_leaves_out_is_the_providers() -> None:
    provider = Duty(months=12, window=30, first=14, renewed_by="refresher", lapsed=90)
    assert school_duty(provider) is provider
    assert school_duty(provider, DutySettings(months=6)).renewed_by == "refresher"
    own = school_duty(provider, DutySettings(window=0, first=0, renewed_by="", lapsed=0))
    assert (own.months, own.window, own.first, own.renewed_by, own.lapsed) == (12, 0, 0, None, 0)


def test_a_period_of_none_takes_the_providers_fixed_day_away() -> None:
    provider = school_duty(CUSTOM, SEPTEMBER)
    assert school_duty(provider, DutySettings(months="none")).anchor is Anchor.COMPLETION
    assert school_duty(provider, DutySettings(months=6)).anchor is Anchor.FIXED


def test_a_setting_from_before_the_law_named_a_number_is_cut_to_it() -> None:
    for settings in (
        DutySettings(months=36, anchor=Anchor.EXPIRY),
        DutySettings(months="none"),
        DutySettings(months=12),
    ):
        duty = school_duty(NUMBER, settings)
        assert (duty.months or 99) <= 24
        assert duty.anchor is Anchor.COMPLETION
    assert school_duty(CUSTOM, DutySettings(anchor=Anchor.FIXED)).anchor is Anchor.COMPLETION


@given(HISTORIES, st.integers(1, 120), st.sampled_from(Anchor), st.integers(0, 366))
def test_no_setting_puts_a_due_day_beyond_the_number(
    history: list[date], months: int, anchor: Anchor, window: int
) -> None:
    settings = DutySettings(months=months, anchor=anchor, window=window, fixed=MonthDay(9, 1), least=13)
    shortest, cut = due_day(NUMBER, history), due_day(school_duty(NUMBER, settings), history)
    assert shortest is not None
    assert cut is not None
    assert cut <= shortest


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("09-01", MonthDay(9, 1)),
        ("02-29", MonthDay(2, 29)),
        ("02-30", None),
        ("13-01", None),
        ("00-01", None),
        ("9-1", None),
        ("0901", None),
        ("", None),
        ("²3-01", None),
    ],
)
def test_a_day_of_the_year_is_written_month_first(text: str, found: MonthDay | None) -> None:
    assert read_month_day(text) == found
    assert found is None or str(found) == text
