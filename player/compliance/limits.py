"""The check of a duty's settings before they are saved: each refusal names the setting and the reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from .duty import Anchor, Duty, DutySettings, Kind, overlaid
from .months import MonthDay, add_months, is_month_day

LONGEST_PERIOD = 120
LONGEST_WINDOW = 366
LONGEST_LAPSE = 3_660
_YEARS = range(2024, 2028)  # from one leap year to the next


class SettingRefusal(NamedTuple):
    """A setting that cannot be saved; the message is shown as it stands."""

    setting: str
    message: str


def school_refusals(provider: Duty, settings: DutySettings, course: str = "") -> tuple[SettingRefusal, ...]:
    """The reasons against a school's settings; empty where they can be saved."""
    duty = overlaid(provider, settings)
    return (*_period(duty, settings.months == "none"), *_settings(duty, course))


def provider_refusals(duty: Duty, course: str = "") -> tuple[SettingRefusal, ...]:
    """The reasons against the provider's own default; empty where it can be saved."""
    return (*_ground(duty), *_period(duty, is_none=False), *_settings(duty, course))


def _ground(duty: Duty) -> Iterator[SettingRefusal]:
    if duty.kind is not Kind.CUSTOM and not duty.basis.strip():
        message = f"A ground in law or guidance ({duty.kind}) needs its basis: a sentence and its source."
        yield SettingRefusal("basis", message)
    if duty.kind is Kind.NUMBER and duty.months is None:
        yield SettingRefusal("months", f"Write the months that the law names ({duty.kind}).")


def _period(duty: Duty, is_none: bool) -> Iterator[SettingRefusal]:
    months, most = duty.months, duty.statutory
    if most is None:
        if months is not None and not 1 <= months <= LONGEST_PERIOD:
            yield SettingRefusal("months", f"A period is 1 to {LONGEST_PERIOD} months, or none.")
    elif is_none or (months or 0) > most:
        asked = "No period" if is_none else f"A period of {_months(months or 0)}"
        message = f"{asked} is refused: at most {_months(most)} are allowed. {duty.basis}"
        yield SettingRefusal("months", message.rstrip())
    elif not 1 <= (months or 0) <= LONGEST_PERIOD:
        yield SettingRefusal("months", f"A period is 1 to {min(most, LONGEST_PERIOD)} months.")


def _settings(duty: Duty, course: str) -> Iterator[SettingRefusal]:
    if duty.kind is Kind.NUMBER and duty.anchor is Anchor.EXPIRY:
        why = "it can put more than the allowed months between two completions"
        message = f"Counting from the day on which it was due (expiry) is refused: {why}. {duty.basis}"
        yield SettingRefusal("anchor", message.rstrip())
    for name, days, most in (
        ("window", duty.window, LONGEST_WINDOW),
        ("first", duty.first, LONGEST_WINDOW),
        ("lapsed", duty.lapsed, LONGEST_LAPSE),
    ):
        if not 0 <= days <= most:
            yield SettingRefusal(name, f"{days} is out of range: write 0 to {most} days.")
    if course and duty.renewed_by == course:
        yield SettingRefusal("renewed_by", "A course cannot be its own refresher: name another course.")
    if duty.anchor is Anchor.FIXED:
        yield from _fixed(duty)


def _fixed(duty: Duty) -> Iterator[SettingRefusal]:
    if duty.fixed is None:
        message = "The same day every year (fixed) needs its day, month first: 09-01 is 1 September."
        yield SettingRefusal("fixed", message)
    elif not is_month_day(duty.fixed):
        yield SettingRefusal(
            "fixed", f"{duty.fixed} is no day of a year: the month comes first, as in 09-01."
        )
    elif not 1 <= duty.least <= LONGEST_PERIOD:
        yield SettingRefusal("least", f"{duty.least} is out of range: write 1 to {LONGEST_PERIOD} months.")
    elif 0 <= duty.window <= LONGEST_WINDOW and is_shorter(duty.least, duty.window, duty.fixed):
        short = f"{_months(duty.least)} at least is less than the {duty.window} days in which it is due soon"
        yield SettingRefusal("least", f"{short}: done on the first of them, it would stay due on the last.")


def is_shorter(least: int, window: int, fixed: MonthDay) -> bool:
    """True where a completion on the first day of the window leaves the fixed day at its end the due day.

    The window has its first day and the due day in it: 1 June and 1 month is no later than 1 July.
    """
    ends = (fixed.of(year) for year in _YEARS)
    return any(add_months(end - timedelta(window), least) <= end for end in ends)


def _months(number: int) -> str:
    return "1 month" if number == 1 else f"{number} months"
