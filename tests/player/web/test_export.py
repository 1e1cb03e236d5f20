"""CSV that a spreadsheet opens as what it is."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.web.export import cell, csv_file


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " =", "  @"])
def test_no_text_is_a_formula(start: str) -> None:
    assert cell(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


@given(st.text(max_size=20))
def test_nothing_becomes_a_formula(value: str) -> None:
    told = str(cell(value))
    assert not told.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize(
    ("value", "told"),
    [("Ann", "Ann"), (None, ""), (-3, -3), (0.5, 0.5), ("O'Hara", "O'Hara")],
)
def test_everything_else_is_itself(value: str | float | None, told: str | float) -> None:
    assert cell(value) == told


def test_times_are_local_and_sort() -> None:
    assert cell(datetime(2026, 7, 1, 9, 0, tzinfo=UTC)) == "2026-07-01 10:00"


def test_a_file_is_utf_8_with_a_mark_and_survives_any_name() -> None:
    names = ["Ann, the “first”", 'She said "no"', "two\nlines", "Zoë 🙂"]
    unfit = "a\0b\ud800\u202ec"
    response = csv_file("Northfield / training", ("Name",), [(name,) for name in [*names, unfit]])
    assert response.mimetype == "text/csv"
    data = response.get_data()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows == [["Name"], *([name] for name in names), ["a\ufffdb\ufffd\ufffdc"]]
    assert response.headers["Content-Disposition"] == 'attachment; filename="northfield-training.csv"'
