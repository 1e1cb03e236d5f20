"""CSV as programs save it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.lists.delimited import read_csv
from player.lists.grid import Cell, UnreadableListError, column_of, letter, row_ranges, shown
from player.lists.reading import read_tables

TEXT = 'Name,Team\n"Áine O’Hara","Office; Year 4"\nBo Li,\n'


def rows(data: bytes) -> list[tuple[int, list[Cell]]]:
    return [(line.number, list(line.cells)) for line in read_csv(data).lines]


@pytest.mark.parametrize(
    ("data", "source"),
    [
        (TEXT.encode(), "CSV, UTF-8"),
        (TEXT.encode("utf-8-sig"), "CSV, UTF-8"),
        (TEXT.encode("cp1252"), "CSV, Windows-1252"),
        (TEXT.encode("utf-16"), "CSV, UTF-16"),
        (TEXT.encode("utf-16-le"), "CSV, UTF-16"),
        (TEXT.replace(",", "\t").encode("utf-16"), "CSV, UTF-16"),
        (TEXT.replace(",", ";").encode(), "CSV, UTF-8"),
        (TEXT.replace("\n", "\r\n").encode(), "CSV, UTF-8"),
        (TEXT.replace("\n", "\r").encode(), "CSV, UTF-8"),
        (b"sep=,\r\n" + TEXT.encode(), "CSV, UTF-8"),
        (b"\xef\xbb\xbfSEP=,\n" + TEXT.encode(), "CSV, UTF-8"),
    ],
)
def test_whatever_program_saved_it(data: bytes, source: str) -> None:
    assert read_csv(data).source == source
    assert rows(data) == [(1, ["Name", "Team"]), (2, ["Áine O’Hara", "Office; Year 4"]), (3, ["Bo Li", ""])]


def test_a_title_does_not_decide_the_separator() -> None:
    text = "Staff, all of them\n\nName;Email\nO'BRIEN, Sian;a@b.cd\nLI, Bo;c@d.ef\n"
    assert rows(text.encode())[-1] == (5, ["LI, Bo", "c@d.ef"])


def test_a_row_with_line_breaks_counts_once_and_blank_rows_count() -> None:
    assert rows(b'Name\n"Bo\nLi"\n\n,\nAda\n') == [(1, ["Name"]), (2, ["Bo Li"]), (5, ["Ada"])]


def test_text_that_was_guarded_for_a_spreadsheet_comes_back() -> None:
    assert rows(b"'+44 20,'=1+1,'tis,O'Brien\n") == [(1, ["+44 20", "=1+1", "'tis", "O'Brien"])]


@pytest.mark.parametrize(
    ("data", "row", "part"),
    [
        (b'Name\nBo\n"Ada\nCy\n', 3, "opened here and never closed"),
        (b'Name\n"Bo" Li,x\n', 2, "cell twice"),
        (b"\x00" * 50, 1, "This is not a text file"),
        (b"x" * 200_000, 1, "field larger than"),
    ],
)
def test_what_cannot_be_read_has_its_row(data: bytes, row: int, part: str) -> None:
    with pytest.raises(UnreadableListError, match=part) as error:
        read_csv(data)
    assert error.value.problem.row == row


@given(st.binary(max_size=300) | st.text('Name,Email;\t"\r\n@.=é', max_size=120).map(str.encode))
def test_any_bytes_are_a_table_or_a_sentence(data: bytes) -> None:
    with suppress(UnreadableListError):
        (table,) = read_tables(data)
        numbers = [line.number for line in table.lines]
        assert numbers == sorted(set(numbers))


def test_columns_are_lettered_as_in_a_spreadsheet() -> None:
    letters = {0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA", 16_383: "XFD"}
    assert {at: letter(at) for at in letters} == letters
    assert {column_of(each.lower()): each for each in letters.values()} == letters
    assert (column_of(""), column_of("A1"), column_of("Ä")) == (-1, -1, -1)


def test_cells_as_text() -> None:
    cells: list[Cell] = ["a b", 1.0, 1.5, -3.0, 1e20]
    assert [shown(cell) for cell in cells] == ["a b", "1", "1.5", "-3", "1e+20"]


def test_rows_in_a_sentence() -> None:
    assert row_ranges([7, 9, 10, 11, 30, 31]) == "7, 9 to 11, 30 to 31"
