"""Days as people write them. One order of day and month holds for a whole column, never for a single row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from .grid import Cell, Fault, shown
from .serials import NO_DAY, serial_day

EARLIEST = date(1970, 1, 1)
LONGEST = 50
_NUMBER = re.compile(r"[0-9]{1,7}([.][0-9]{1,20})?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_TIME = re.compile(r"[ T]+\d{1,2}:\d\d(:\d\d([.,]\d+)?)?( ?[ap]m)?(Z|[+-]\d\d:?\d\d)?$", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?[,.]? +", re.IGNORECASE)
_NUMBERS = re.compile(r"(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{1,2})|([12]\d{3})(\d\d)(\d\d)")
_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[ ./-]*(?:of +)?([a-z]+)[ ,./-]*(\d{4}|\d{2})", re.IGNORECASE
)
_MONTH_DAY = re.compile(r"([a-z]+)[ ./-]*(\d{1,2})(?:st|nd|rd|th)?[ ,./-]+(\d{4}|\d{2})", re.IGNORECASE)


class Order(StrEnum):
    """The order in which days such as 01/02/2026 are written."""

    DAY_FIRST = "day/month/year"
    MONTH_FIRST = "month/day/year"


class NoDayError(ValueError):
    """A cell that is no day; the message says why."""


class OrderEvidence(NamedTuple):
    """The days of a column that fit one order only, and the first that fits both."""

    day_first: int = 0
    month_first: int = 0
    unsettled: str = ""


def read_day(cell: Cell, order: Order = Order.DAY_FIRST, is_1904: bool = False) -> date:
    """The day in a cell: a day, a spreadsheet's number, or text."""
    if isinstance(cell, Fault):
        raise NoDayError(cell.message)
    if isinstance(cell, date):
        return _late_enough(cell, f"{cell:%d/%m/%Y}")
    text = shown(cell)
    if not text:
        raise NoDayError("The date is missing")
    day = _of_number(float(text), is_1904) if _NUMBER.fullmatch(text) else _of_text(text, order)
    if day is None:
        raise NoDayError(f"{text[:40]} is not a date")
    return _late_enough(day, text[:40])


def order_told(cells: Iterable[Cell]) -> OrderEvidence:
    """The evidence that a column gives of its order; a cell that is a real date gives none."""
    day_first = month_first = 0
    unsettled = ""
    for cell in cells:
        numbers = _numbers(cell)
        if numbers is None:
            continue
        first, second, _ = numbers
        day_first += 12 < first <= 31 and second <= 12
        month_first += 12 < second <= 31 and first <= 12
        if not unsettled and first != second and max(first, second) <= 12:
            unsettled = shown(cell)
    return OrderEvidence(day_first, month_first, unsettled)


def fits_other_order(cell: Cell, order: Order) -> date | None:
    """The day of a cell that can be read in the other order only: 02/13/2026 where the day comes first."""
    numbers = _numbers(cell)
    if numbers is None:
        return None
    other = Order.MONTH_FIRST if order is Order.DAY_FIRST else Order.DAY_FIRST
    text = shown(cell)
    return None if _of_text(text, order) else _of_text(text, other)


def _numbers(cell: Cell) -> tuple[int, int, str] | None:
    match = _NUMBERS.fullmatch(_bare(cell)) if isinstance(cell, str) else None
    return (int(match[1]), int(match[2]), match[3]) if match else None


def _bare(text: str) -> str:
    """Without the time of day and the day of the week; a long text is no day, and is not searched."""
    text = shown(text)
    return _WEEKDAY.sub("", _TIME.sub("", text)) if len(text) <= LONGEST else ""


def _of_number(number: float, is_1904: bool) -> date | None:
    day = serial_day(number, is_1904)
    if day is None or day < EARLIEST:
        what = "a year" if EARLIEST.year <= number < 2100 else "not a date in Excel since 1970"
        if number == NO_DAY and not is_1904:
            what = "29 February 1900 in Excel, which was no date"
        raise NoDayError(f"{number:g} is {what}: write a date such as 31/01/2026")
    return day


def _of_text(text: str, order: Order) -> date | None:
    bare = _bare(text)
    if match := _YEAR_FIRST.fullmatch(bare):
        year, month, day = (part for part in match.groups() if part)
        return _day(year, int(month), int(day))
    if match := _NUMBERS.fullmatch(bare):
        first, second = int(match[1]), int(match[2])
        day_number, month_number = (first, second) if order is Order.DAY_FIRST else (second, first)
        return _day(match[3], month_number, day_number)
    if match := _DAY_MONTH.fullmatch(bare):
        return _day(match[3], _month(match[2]), int(match[1]))
    if match := _MONTH_DAY.fullmatch(bare):
        return _day(match[3], _month(match[1]), int(match[2]))
    return None


def _month(word: str) -> int:
    """Its number by its name or an abbreviation of three letters or more; 0 for another word."""
    word = word.casefold()
    is_named = any(name.startswith(word) for name in _LONG) or word == "sept"
    return _MONTHS.index(word[:3]) + 1 if is_named and len(word) >= 3 else 0


def _day(year: str, month: int, day: int) -> date | None:
    """Two digits are a year of this century: training of the last one is older than any list."""
    try:
        return date(int(year) + (2_000 if len(year) == 2 else 0), month, day)
    except ValueError:
        return None


def _late_enough(day: date, text: str) -> date:
    if day < EARLIEST:
        raise NoDayError(f"{text} is before {EARLIEST.year}")
    return day
