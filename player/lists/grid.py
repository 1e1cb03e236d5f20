"""A list as it was read: rows and columns under the numbers and letters that a spreadsheet shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

MOST_ROWS = 5_000
MOST_LINES = MOST_ROWS + 100  # with titles, headings and footers


class ListProblem(NamedTuple):
    """One thing to mend in a file; the column is a letter, or empty where the whole row is meant."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        where = f"row {self.row}, column {self.column}" if self.column else f"row {self.row}"
        return f"{self.message} ({where})."


class UnreadableListError(Exception):
    """A file of which nothing can be read."""

    def __init__(self, message: str, row: int = 1) -> None:
        super().__init__(message)
        self.problem = ListProblem(row, "", message)


class Fault(NamedTuple):
    """A cell without a value: an error of the spreadsheet, or a formula that was never computed."""

    message: str


Cell = str | float | date | Fault  # text is on one line, without spaces at its ends


class ListLine(NamedTuple):
    """One row that is not empty. `is_banner` is one text across several merged columns: a title."""

    number: int
    cells: Sequence[Cell]
    is_banner: bool = False


@dataclass(frozen=True, slots=True)
class ListTable:
    """One sheet of a workbook, or a CSV."""

    lines: tuple[ListLine, ...]
    source: str
    sheet: str = ""
    is_hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    is_1904: bool = False


def in_order(problems: Iterable[ListProblem]) -> tuple[ListProblem, ...]:
    """By row, then by column as a spreadsheet has them: Z before AA."""
    return tuple(sorted(problems, key=lambda problem: (problem.row, len(problem.column), problem.column)))


def letter(column: int) -> str:
    """A for 0, Z for 25, AA for 26, as spreadsheets count."""
    before, last = divmod(column, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + last)


def column_of(letters: str) -> int:
    """0 for A; -1 for what is no column."""
    number = 0
    for one in letters.upper():
        if not "A" <= one <= "Z":
            return -1
        number = number * 26 + ord(one) - ord("A") + 1
    return number - 1


def one_line(text: str) -> str:
    """Text as a cell has it here."""
    return " ".join(text.split())


def shown(cell: Cell) -> str:
    """The text of a cell: 1.0 is “1”, a day is 2024-01-31."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, Fault):
        return ""
    return cell.isoformat()


def row_ranges(rows: Sequence[int]) -> str:
    """“7, 9 to 12” for the rows 7, 9, 10, 11, 12."""
    spans: list[list[int]] = []
    for row in rows:
        if spans and spans[-1][1] == row - 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    return ", ".join(str(first) if first == last else f"{first} to {last}" for first, last in spans)
