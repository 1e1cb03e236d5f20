"""Months are added to a day and clamped to the end of the month: 31 August and 6 months is 28 February."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class MonthDay(NamedTuple):
    """A day of every year; 29 February is 28 February in a year that has none."""

    month: int
    day: int

    def of(self, year: int) -> date:
        """This day in one year."""
        return date(year, self.month, min(self.day, month_length(year, self.month)))

    def __str__(self) -> str:
        return f"{self.month:02}-{self.day:02}"


def month_length(year: int, month: int) -> int:
    """The number of days of one month."""
    if month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):
        return 29
    return _LENGTHS[month - 1]


def add_months(day: date, months: int) -> date:
    """The same day that many months later, or the last day of a month that is too short."""
    past, month = divmod(day.month - 1 + months, 12)
    year = day.year + past
    if day.day <= 28:
        return day.replace(year, month + 1)
    return date(year, month + 1, min(day.day, month_length(year, month + 1)))


def read_month_day(text: str) -> MonthDay | None:
    """“09-01” as a day of every year; None where no year has such a day."""
    month, dash, day = text.partition("-")
    if not dash or not all(part.isascii() and part.isdigit() and len(part) == 2 for part in (month, day)):
        return None
    named = MonthDay(int(month), int(day))
    return named if is_month_day(named) else None


def is_month_day(day: MonthDay) -> bool:
    """True for a day that stands in the calendar of a leap year."""
    return 1 <= day.month <= 12 and 1 <= day.day <= month_length(2024, day.month)
