"""Days as people and spreadsheets write them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.lists.days import NoDayError, Order, fits_other_order, order_told, read_day
from player.lists.grid import Cell, Fault
from player.lists.serials import serial_day

FEBRUARY = date(2026, 2, 1)


@pytest.mark.parametrize(
    "text",
    [
        "01/02/2026", "1/2/2026", "1.2.2026", "01-02-26", "1 / 2 / 2026", "2026-02-01", "2026/2/1",
        "20260201", "1 Feb 2026", "1st February 2026", "01-Feb-26", "1 FEB 2026", "Feb 1, 2026",
        "February 1st 2026",
        "Sunday 1 February 2026", "Sun, 01/02/2026", "01/02/2026 00:00", "01/02/2026 9:30 am",
        "2026-02-01T10:00:00Z", "2026-02-01 10:00:00.123+01:00", "46054", "46054.5",
    ],
)  # fmt: skip
def test_one_day_in_many_ways(text: str) -> None:
    assert read_day(text) == FEBRUARY


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("31/06/2024", "31/06/2024 is not a date"),
        ("29/02/2025", "29/02/2025 is not a date"),
        ("2026-13-01", "2026-13-01 is not a date"),
        ("13/13/2026", "13/13/2026 is not a date"),
        ("1/2/026", "1/2/026 is not a date"),
        ("1 Fevrier 2026", "1 Fevrier 2026 is not a date"),
        ("1 Ma 2026", "1 Ma 2026 is not a date"),
        ("Feb 2026", "Feb 2026 is not a date"),
        ("n/a", "n/a is not a date"),
        ("T" * 30_000, f"{'T' * 40} is not a date"),
        ("", "The date is missing"),
        ("2024", "2024 is a year: write a date such as 31/01/2026"),
        ("60", "60 is 29 February 1900 in Excel, which was no date: write a date such as 31/01/2026"),
        (60.0, "60 is 29 February 1900 in Excel, which was no date: write a date such as 31/01/2026"),
        ("25568", "25568 is not a date in Excel since 1970: write a date such as 31/01/2026"),
        (3e6, "3e+06 is not a date in Excel since 1970: write a date such as 31/01/2026"),
        ("31/12/1969", "31/12/1969 is before 1970"),
        (date(1969, 12, 31), "31/12/1969 is before 1970"),
        (Fault("#N/A is an error of the spreadsheet"), "#N/A is an error of the spreadsheet"),
    ],
)
def test_what_is_no_day_is_a_sentence(cell: Cell, message: str) -> None:
    with pytest.raises(NoDayError) as error:
        read_day(cell)
    assert str(error.value) == message


def test_case_29_serials_of_both_systems() -> None:
    assert read_day(45_292.0) == read_day("45292") == date(2024, 1, 1)
    assert read_day(43_830.0, is_1904=True) == date(2024, 1, 1)
    with pytest.raises(NoDayError, match="60 is"):
        read_day(60.0)
    with pytest.raises(NoDayError, match="60 is"):
        read_day(60.0, is_1904=True)


def test_serials_at_their_ends() -> None:
    days = [serial_day(serial, is_1904=False) for serial in (0, 1, 59, 60, 61, 2_958_465, 2_958_466, -1)]
    assert days == [
        None, date(1900, 1, 1), date(1900, 2, 28), None, date(1900, 3, 1), date(9999, 12, 31), None, None,
    ]  # fmt: skip
    assert serial_day(0, is_1904=True) == date(1904, 1, 1)
    assert serial_day(2_957_003, is_1904=True) == date(9999, 12, 31)
    assert serial_day(2_957_004, is_1904=True) is None


def test_two_digits_are_a_year_of_this_century() -> None:
    assert read_day("31/08/99") == date(2099, 8, 31)
    assert read_day("1 Sep 09") == date(2009, 9, 1)


@given(st.dates(date(1970, 1, 1), date(2099, 12, 31)))
def test_a_day_in_every_writing(day: date) -> None:
    serial = float((day - date(1899, 12, 30)).days)
    patterns = ("%Y-%m-%d", "%d/%m/%Y", "%d %b %Y", "%B %d, %Y", "%A %d %B %Y")
    cells: list[Cell] = [day, serial, *(day.strftime(pattern) for pattern in patterns)]
    for cell in cells:
        assert read_day(cell) == day
    assert read_day(serial - 1_462, is_1904=True) == day
    assert read_day(f"{day:%m/%d/%Y}", Order.MONTH_FIRST) == day


@given(st.text(max_size=30) | st.text("0123456789/-. JanFeb,:T", max_size=24))
def test_any_text_is_a_day_or_a_sentence(text: str) -> None:
    for order in Order:
        with suppress(NoDayError):
            assert read_day(text, order) >= date(1970, 1, 1)


def test_the_order_of_a_column() -> None:
    assert order_told(["01/02/2026", "05/05/2026", FEBRUARY, "2026-02-01", 46_054.0]) == (0, 0, "01/02/2026")
    assert order_told(["25/02/2026", "02/13/2026", "32/13/2026"]) == (1, 1, "")
    assert fits_other_order("02/13/2026", Order.DAY_FIRST) == date(2026, 2, 13)
    assert fits_other_order("25/02/2026", Order.MONTH_FIRST) == date(2026, 2, 25)
    for cell in ("01/02/2026", "31/06/2024", "13/13/2026", "02/30/2026", "", FEBRUARY):
        assert fits_other_order(cell, Order.DAY_FIRST) is None


def test_a_day_of_the_calendar_comes_back_from_its_serial() -> None:
    for number in range(61, 60_000, 97):
        assert serial_day(number + 0.75, is_1904=False) == date(1899, 12, 30) + timedelta(number)
