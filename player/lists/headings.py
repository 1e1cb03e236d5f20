"""The row of headings below the titles, and the column of each field by the name that a list gives it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .grid import (
    Cell,
    Fault,
    ListLine,
    ListProblem,
    ListTable,
    UnreadableListError,
    column_of,
    letter,
    one_line,
    row_ranges,
    shown,
)

LOOKED_AT = 30
_APART = re.compile(r"[\W_]+")


class Field(NamedTuple):
    """A field and the headings that mean it, as `plain` words; where a list has several, the first counts."""

    key: str
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """The parts of a reading that somebody set right: sheet, row of headings, columns, single cells.

    A field without a column has an empty letter. `mended` are texts by row and field; `left_out` are rows.
    """

    sheet: str = ""
    heading_row: int = 0
    columns: Mapping[str, str] = dataclasses.field(default_factory=dict)
    mended: Mapping[tuple[int, str], str] = dataclasses.field(default_factory=dict)
    left_out: frozenset[int] = frozenset()


NONE_MADE = Choices()


@dataclass(frozen=True, slots=True)
class Headed:
    """A table with its headings: the column of each field, and the columns that no field takes."""

    table: ListTable
    heading: ListLine
    body: tuple[ListLine, ...]
    columns: Mapping[str, int]
    sheets: tuple[str, ...]
    ignored: tuple[str, ...]
    problems: tuple[ListProblem, ...]
    notes: tuple[str, ...]
    mended: Mapping[tuple[int, str], str]

    def letter(self, *keys: str) -> str:
        """The letter of the first of these fields that has a column."""
        return next((letter(self.columns[key]) for key in keys if key in self.columns), "")

    @property
    def headings(self) -> dict[str, str]:
        """The texts of the row of headings by their letters, for somebody who sets the columns right."""
        return {letter(at): text for at, cell in enumerate(self.heading.cells) if (text := shown(cell))}

    @property
    def letters(self) -> dict[str, str]:
        """The letter of each field that has a column."""
        return {key: letter(at) for key, at in self.columns.items()}

    def listed(self) -> str:
        """The headings, for a sentence about one that is missing."""
        texts = [shown(cell)[:40] for cell in self.heading.cells]
        return ", ".join(f"“{text}”" for text in texts[:8] if text) or "empty"


class ListEntry(NamedTuple):
    """One row under the headings, by fields."""

    headed: Headed
    line: ListLine

    def cell(self, key: str) -> Cell:
        """The cell of a field, or what somebody wrote instead; empty text where there is none."""
        mended = self.headed.mended.get((self.line.number, key))
        if mended is not None:
            return one_line(mended)
        at = self.headed.columns.get(key, -1)
        return self.line.cells[at] if 0 <= at < len(self.line.cells) else ""

    def text(self, key: str) -> str:
        """The text of a field, on one line."""
        return shown(self.cell(key))

    def problem(self, message: str, *keys: str) -> ListProblem:
        """A problem in the column of the first of these fields that has one."""
        return ListProblem(self.line.number, self.headed.letter(*keys), message)

    def faults(self, keys: Iterable[str]) -> Iterable[ListProblem]:
        """The cells without a value."""
        for key in keys:
            if isinstance(cell := self.cell(key), Fault):
                yield self.problem(cell.message, key)


def plain(heading: str) -> str:
    """“E-Mail_Address *” and “e-mail address” are one heading: “email address”."""
    text = heading.casefold().replace("(s)", "s").replace("e-mail", "email").replace("e mail", "email")
    words = _APART.sub(" ", text.replace("’", "").replace("'", "")).split()
    return " ".join("number" if word in ("no", "num", "nr", "nos") else word for word in words)


def find_headings(
    tables: Sequence[ListTable], fields: Sequence[Field], choices: Choices = NONE_MADE
) -> Headed:
    """The table and the row whose cells name the most fields; of two that name as many, the first."""
    wanted = [table for table in tables if table.sheet == choices.sheet] if choices.sheet else tables
    if not wanted:
        raise UnreadableListError(f"There is no sheet “{choices.sheet}”: choose another")
    candidates = [(_score(line, fields), table, line) for table in wanted for line in _first(table, choices)]
    if not candidates and choices.heading_row:
        raise UnreadableListError("This row is empty: choose the row of the headings", choices.heading_row)
    if not candidates:
        raise UnreadableListError("The file is empty: save it with a heading row and a row for each entry")
    visible = [candidate for candidate in candidates if not candidate[1].is_hidden] or candidates
    _, table, heading = max(visible, key=lambda each: each[0])
    columns, problems, notes = _columns(heading, fields, choices)
    body = tuple(
        line
        for line in table.lines
        if line.number > heading.number and line.number not in choices.left_out and not _same(line, heading)
    )
    return Headed(
        table=table,
        heading=heading,
        body=body,
        columns=columns,
        sheets=tuple(table.sheet for table in tables if table.sheet and table.lines),
        ignored=tuple(_ignored(heading, body, columns)),
        problems=tuple(problems),
        notes=(*_notes(table, tables), *notes),
        mended=choices.mended,
    )


def _first(table: ListTable, choices: Choices) -> Iterable[ListLine]:
    if choices.heading_row:
        return [line for line in table.lines if line.number == choices.heading_row]
    return table.lines[:LOOKED_AT]


def _score(line: ListLine, fields: Sequence[Field]) -> int:
    named = {plain(shown(cell)) for cell in line.cells}
    return sum(not named.isdisjoint(field.headings) for field in fields)


def _same(line: ListLine, heading: ListLine) -> bool:
    """The headings again, as at the top of a printed page."""
    return [shown(cell) for cell in line.cells] == [shown(cell) for cell in heading.cells]


def _columns(
    heading: ListLine, fields: Sequence[Field], choices: Choices
) -> tuple[dict[str, int], list[ListProblem], list[str]]:
    texts = [shown(cell) for cell in heading.cells]
    names = [plain(text) for text in texts]
    chosen = {key: column_of(column) for key, column in choices.columns.items()}
    columns = {key: at for key, at in chosen.items() if at >= 0}
    problems: list[ListProblem] = []
    notes: list[str] = []
    for field in fields:
        at = [column for word in field.headings for column, name in enumerate(names) if name == word]
        at = [column for column in at if column not in columns.values()]
        if field.key in chosen or not at:
            continue
        first, *others = at
        columns[field.key] = first
        for other in others:
            if names[other] == names[first]:
                text = f"“{texts[first]}” and “{texts[other]}” are two columns for one thing: delete one"
                problems.append(ListProblem(heading.number, letter(other), text))
            else:
                notes.append(f"“{texts[first]}” is read as the {field.key}, not “{texts[other]}”")
    return columns, problems, notes


def _ignored(heading: ListLine, body: Iterable[ListLine], columns: Mapping[str, int]) -> Iterable[str]:
    taken = set(columns.values())
    filled = {at for line in body for at, cell in enumerate(line.cells) if shown(cell)}
    for at in range(max([len(heading.cells), *(at + 1 for at in filled)], default=0)):
        text = shown(heading.cells[at]) if at < len(heading.cells) else ""
        if at not in taken and (text or at in filled):
            yield text or f"column {letter(at)}"


def _notes(table: ListTable, tables: Sequence[ListTable]) -> Iterable[str]:
    others = [
        f"“{other.sheet}”" + " (hidden)" * other.is_hidden
        for other in tables
        if other is not table and other.lines
    ]
    if others:
        yield f"The sheet “{table.sheet}” is read, not {', '.join(others)}"
    if table.hidden_rows:
        rows = "Row" if len(table.hidden_rows) == 1 else "Rows"
        verb = "is" if len(table.hidden_rows) == 1 else "are"
        yield f"{rows} {row_ranges(table.hidden_rows)} {verb} hidden in the workbook, and {verb} read too"
