"""Due days at every boundary, and over histories that nobody would write down by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.compliance import (
    Anchor,
    Duty,
    Evidence,
    Kind,
    MonthDay,
    add_months,
    counted_days,
    cycles,
    days_with_refreshers,
    due_day,
    in_time,
    read_month_day,
)

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
MONTHS = st.integers(1, 120)
HISTORIES = st.lists(DAYS, min_size=1, max_size=12, unique=True).map(sorted)
FIXED = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda each: MonthDay(each.month, each.day))
DUTIES = st.builds(
    Duty,
    kind=st.sampled_from(Kind),
    months=MONTHS,
    anchor=st.sampled_from(Anchor),
    window=st.integers(0, 120),
    fixed=FIXED,
    least=st.integers(1, 24),
)


def days(*texts: str) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-01-28", 1, "2026-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2096-02-29", 48, "2100-02-28"),  # 2100 has no leap day
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-11-30", 1, "2026-12-30"),
        ("2026-08-31", 120, "2036-08-31"),
    ],
)
def test_months_are_added_and_clamped(day: str, months: int, then: str) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(then)


@given(DAYS, DAYS, MONTHS, MONTHS)
def test_adding_months_keeps_the_order(day: date, other: date, months: int, more: int) -> None:
    first, second = sorted((day, other))
    assert add_months(first, months) <= add_months(second, months)
    assert add_months(day, months) < add_months(day, months + more)


@given(DUTIES, HISTORIES)
def test_a_number_is_never_exceeded(duty: Duty, history: list[date]) -> None:
    due = due_day(duty, history)
    assert due is not None
    assert due > history[-1] or duty.anchor is Anchor.FIXED
    if duty.kind is Kind.NUMBER:
        assert due <= add_months(history[-1], duty.months or 0)


@given(DUTIES, HISTORIES, st.randoms())
def test_the_order_of_recording_is_of_no_effect(duty: Duty, history: list[date], dice: object) -> None:
    evidence = [Evidence(str(number), "external", day) for number, day in enumerate(history)]
    shuffled = [*evidence, evidence[0]._replace(id="again")]
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert due_day(duty, counted_days(shuffled)) == due_day(duty, history)


@given(DUTIES, HISTORIES, DAYS)
def test_voiding_restores(duty: Duty, history: list[date], wrong: date) -> None:
    evidence = [Evidence(str(number), "registration", day) for number, day in enumerate(history)]
    voided = Evidence("wrong", "external", wrong, voided=True)
    assert due_day(duty, counted_days([*evidence, voided])) == due_day(duty, history)


@given(DUTIES, HISTORIES, st.integers(1, 6))
def test_cycles_follow_each_other(duty: Duty, history: list[date], number: int) -> None:
    due = due_day(duty, history)
    assert due is not None
    told = [due, *cycles(duty, history, number)]
    assert len(told) == number + 1
    assert told == sorted(set(told))


def test_a_completion_without_a_period_holds_for_ever() -> None:
    assert due_day(Duty(), days("1999-01-01")) is None
    assert cycles(Duty(), days("1999-01-01"), 3) == []
    assert due_day(Duty(months=12), []) is None
    assert cycles(Duty(months=12), [], 3) == []


EXPIRY = Duty(months=12, anchor=Anchor.EXPIRY, window=60)


@pytest.mark.parametrize(
    ("history", "due"),
    [
        (["2025-09-01"], "2026-09-01"),
        (["2025-09-01", "2026-07-02"], "2027-07-02"),  # the day before the window opens
        (["2025-09-01", "2026-07-03"], "2027-09-01"),  # its first day
        (["2025-09-01", "2026-09-01"], "2027-09-01"),  # its last
        (["2025-09-01", "2026-09-02"], "2027-09-02"),  # overdue
        (["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28"], "2028-02-29"),  # the anchor is unchanged
        (["2025-09-01", "2026-07-20", "2026-07-20"], "2027-09-01"),  # one day is one completion
        (["2025-09-01", "2026-07-20", "2026-08-01"], "2027-08-01"),  # again, before the next window
        (["2024-09-01", "2025-08-20", "2026-08-20", "2027-10-01", "2028-09-01"], "2029-10-01"),
    ],
)
def test_expiry(history: list[str], due: str) -> None:
    assert due_day(EXPIRY, days(*history)) == date.fromisoformat(due)


@given(st.lists(st.integers(0, 60), max_size=30), st.integers(1, 10))
def test_expiry_keeps_its_anchor_over_a_career(early: list[int], years: int) -> None:
    """Each time done some days before the due day, inside the window: the day of the year never moves."""
    duty = Duty(months=12 * years, anchor=Anchor.EXPIRY, window=60)
    anchor = date(2004, 2, 29)
    history = [anchor]
    for number, before in enumerate(early, 1):
        history.append(add_months(anchor, 12 * years * number) - timedelta(before))
    assert due_day(duty, history) == add_months(anchor, 12 * years * (len(early) + 1))


@given(HISTORIES, st.integers(0, 366), MONTHS)
def test_expiry_gives_at_most_a_window_more_than_a_period(
    history: list[date], window: int, months: int
) -> None:
    due = due_day(Duty(months=months, anchor=Anchor.EXPIRY, window=window), history)
    assert due is not None
    assert history[-1] < due <= add_months(history[-1] + timedelta(window), months) + timedelta(3)


@pytest.mark.parametrize(
    ("fixed", "least", "done", "due"),
    [
        ("09-01", 5, "2026-04-01", "2026-09-01"),  # exactly 5 months
        ("09-01", 5, "2026-04-02", "2027-09-01"),
        ("12-31", 5, "2025-07-31", "2025-12-31"),
        ("12-31", 2, "2025-12-31", "2026-12-31"),
        ("02-29", 1, "2024-01-29", "2024-02-29"),
        ("02-29", 1, "2024-01-31", "2024-02-29"),  # both clamp
        ("02-29", 1, "2025-01-28", "2025-02-28"),
        ("02-29", 1, "2025-01-31", "2025-02-28"),
        ("02-29", 2, "2027-01-01", "2028-02-29"),
        ("02-29", 18, "2026-01-01", "2028-02-29"),
    ],
)
def test_fixed(fixed: str, least: int, done: str, due: str) -> None:
    duty = Duty(months=12, anchor=Anchor.FIXED, fixed=read_month_day(fixed), least=least)
    assert due_day(duty, days(done)) == date.fromisoformat(due)


def test_a_fixed_leap_day_comes_back() -> None:
    duty = Duty(anchor=Anchor.FIXED, fixed=MonthDay(2, 29), least=5)
    assert cycles(duty, days("2024-03-01"), 3) == days("2026-02-28", "2027-02-28", "2028-02-29")


def test_a_fixed_day_does_not_ask_for_a_period() -> None:
    for months in (None, 1, 120):
        duty = Duty(months=months, anchor=Anchor.FIXED, fixed=MonthDay(9, 1), least=5)
        assert due_day(duty, days("2026-06-01")) == date(2027, 9, 1)


def test_a_fixed_day_beyond_the_number_of_the_law_is_cut_to_it() -> None:
    duty = Duty(Kind.NUMBER, months=12, anchor=Anchor.FIXED, fixed=MonthDay(9, 1), least=5)
    assert due_day(duty, days("2026-03-01")) == date(2026, 9, 1)
    assert due_day(duty, days("2026-06-01")) == date(2027, 6, 1)
    assert cycles(duty, days("2026-06-01"), 2) == days("2028-06-01", "2029-06-01")


PARENT = Duty(months=12, renewed_by="refresher", lapsed=90)


def test_a_refresher_before_its_parent_is_no_evidence_for_it() -> None:
    assert days_with_refreshers(PARENT, [], days("2026-01-01")) == []
    assert days_with_refreshers(PARENT, days("2026-02-01"), days("2026-01-01")) == days("2026-02-01")


def test_refreshers_renew_one_after_the_other_and_stop_after_a_gap() -> None:
    told = days_with_refreshers(PARENT, days("2024-01-01"), days("2025-01-01", "2026-03-31", "2027-06-30"))
    assert told == days("2024-01-01", "2025-01-01", "2026-03-31")


def test_a_parent_done_again_lets_refreshers_count_again() -> None:
    own, refreshers = days("2022-01-01", "2026-01-01"), days("2025-01-01", "2026-12-01")
    assert days_with_refreshers(PARENT, own, refreshers) == days("2022-01-01", "2026-01-01", "2026-12-01")


def test_a_parent_that_holds_for_ever_is_always_in_time() -> None:
    assert in_time(Duty(renewed_by="refresher"), days("2001-01-01"), date(2026, 1, 1))


@given(HISTORIES, st.lists(DAYS, max_size=6).map(sorted), DAYS)
def test_a_later_refresher_changes_no_earlier_day(own: list[date], refreshers: list[date], on: date) -> None:
    """So a past day may be told by cutting the list of today."""
    whole = [day for day in days_with_refreshers(PARENT, own, refreshers) if day <= on]
    cut = days_with_refreshers(PARENT, [d for d in own if d <= on], [d for d in refreshers if d <= on])
    assert whole == cut
