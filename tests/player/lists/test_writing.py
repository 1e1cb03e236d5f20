"""Case 32: text that a spreadsheet would run stays text in every export."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from player.lists.delimited import read_csv
from player.lists.writing import csv_lines, guarded, unguarded, written
from tests.conftest import ROOT

LONDON = ZoneInfo("Europe/London")


def test_case_32_what_would_be_a_formula_is_text() -> None:
    for start in ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " ="):
        assert written(f"{start}1+1", LONDON) == f"'{start}1+1"
    for harmless in ("Ann", "1-2", "a@b.cd", "'tis", "", "0"):
        assert written(harmless, LONDON) == harmless


def test_case_32_every_csv_is_written_in_one_place() -> None:
    writers = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "player").rglob("*.py")
        if "csv.writer" in path.read_text("utf-8") or "DictWriter" in path.read_text("utf-8")
    ]
    assert writers == ["player/lists/writing.py"]


def test_values_that_are_no_text() -> None:
    assert written(None, LONDON) == ""
    assert (written(-5, LONDON), written(0.5, LONDON)) == (-5, 0.5)
    assert written(date(2026, 7, 1), LONDON) == "2026-07-01"
    assert written(datetime(2026, 6, 30, 23, 30, tzinfo=UTC), LONDON) == "2026-07-01 00:30"


@given(st.text())
def test_guarding_is_undone(text: str) -> None:
    assert text in (unguarded(guarded(text)), guarded(text))


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs"]), min_size=1), min_size=1, max_size=3))
def test_no_export_has_a_cell_that_begins_a_formula(texts: list[str]) -> None:
    lines = "".join(csv_lines(["heading"], [texts], LONDON)).removeprefix("\ufeff")
    *_, row = csv.reader(io.StringIO(lines, newline=""))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_our_own_export_is_read_again() -> None:
    lines = csv_lines(["Name", "Phone"], [["=Ann", "+44 20"], ["O'Brien, Sian", ""]], LONDON)
    table = read_csv("".join(lines).encode())
    assert [list(line.cells) for line in table.lines] == [
        ["Name", "Phone"],
        ["=Ann", "+44 20"],
        ["O'Brien, Sian", ""],
    ]
