"""One worksheet (ECMA-376 part 1, 18.3): the values of its cells, its hidden rows, its merged cells."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from .grid import MOST_LINES, Cell, Fault, ListLine, ListTable, column_of, one_line
from .markup import End, Start
from .serials import serial_day

MOST_COLUMNS = 256
LONGEST_CELL = 2_000  # no field takes as much; one text may stand in every cell of a workbook
MOST_MERGED = 5_000
LONGEST_MERGED = 1_000
NOT_COMPUTED = "The formula here has no result yet: open the workbook in Excel and save it"
_TRUE = ("1", "true", "on")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_PLACE = re.compile("([A-Za-z]{1,3})([0-9]{1,7})")


class CellFormat(NamedTuple):
    """The way in which a number is shown: as a day, or with so many digits at least."""

    is_day: bool = False
    digits: int = 0


class Reading(NamedTuple):
    """The data that the sheets of a workbook share."""

    strings: Sequence[str]
    formats: Sequence[CellFormat]
    is_1904: bool


def read_sheet(markup: Iterable[Start | End], name: str, is_hidden: bool, reading: Reading) -> ListTable:
    """The rows that are not empty, under the numbers that the spreadsheet shows, as far as they may go."""
    cells = _Cells(reading)
    for event in markup:
        if isinstance(event, Start):
            cells.start(event)
        else:
            cells.end(event)
        if len(cells.rows) > MOST_LINES:
            break
    fill_merged(cells.rows, cells.merged)
    return ListTable(
        lines=tuple(_lines(cells.rows, cells.merged)),
        source=f"Excel workbook, sheet “{name}”",
        sheet=name,
        is_hidden=is_hidden,
        hidden_rows=tuple(sorted(cells.hidden & cells.rows.keys())),
        is_1904=reading.is_1904,
    )


class _Cells:
    """The cells so far. A file may leave out the numbers of rows and cells: then they follow each other."""

    def __init__(self, reading: Reading) -> None:
        self.rows: dict[int, dict[int, Cell]] = {}
        self.hidden: set[int] = set()
        self.merged: list[_Range] = []
        self._reading = reading
        self._row, self._column = 0, -1
        self._kind, self._format, self._value = "n", "0", ""
        self._is_formula = False
        self._inline: list[str] = []
        self._phonetic = 0

    def start(self, event: Start) -> None:
        attributes = event.attributes
        if event.tag == "c":
            self._begin_cell(attributes)
        elif event.tag == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), -1
            if attributes.get("hidden") in _TRUE:
                self.hidden.add(self._row)
        elif event.tag == "mergeCell" and len(self.merged) < MOST_MERGED:
            if cells := _range(attributes.get("ref", "")):
                self.merged.append(cells)
        elif event.tag == "rPh":
            self._phonetic += 1

    def end(self, event: End) -> None:
        if event.tag == "v":
            self._value = event.text[:LONGEST_CELL]
        elif event.tag == "f":
            self._is_formula = True
        elif event.tag == "t" and not self._phonetic:
            self._inline.append(event.text)
        elif event.tag == "rPh":
            self._phonetic -= 1
        elif event.tag == "c" and self._column < MOST_COLUMNS:
            value = self._read()
            if value != "":
                self.rows.setdefault(self._row, {})[self._column] = value

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._column += 1
        if place := _PLACE.fullmatch(attributes.get("r", "")):
            self._column, self._row = column_of(place[1]), int(place[2])
        self._kind, self._format = attributes.get("t", "n"), attributes.get("s", "0")
        self._value, self._is_formula, self._inline = "", False, []

    def _read(self) -> Cell:
        kind, value = self._kind, self._value
        if kind == "s":
            return self._reading.strings[int(value)] if value else ""
        if kind == "inlineStr":
            return cell_text("".join(self._inline))
        if kind == "str":
            return cell_text(value)
        if not value:
            return Fault(NOT_COMPUTED) if self._is_formula else ""
        if kind == "e":
            return Fault(f"{value} is an error of the spreadsheet")
        if kind == "b":
            return "TRUE" if value in _TRUE else "FALSE"
        return _iso(value) if kind == "d" else self._number(value)

    def _number(self, value: str) -> Cell:
        number = float(value)
        if not math.isfinite(number):
            return value
        style = int(self._format)
        shown = self._reading.formats[style] if style < len(self._reading.formats) else CellFormat()
        if shown.is_day:
            return serial_day(number, self._reading.is_1904) or number
        if shown.digits and number.is_integer() and number >= 0:
            return f"{int(number):0{shown.digits}}"
        return number


class _Range(NamedTuple):
    """Cells that are merged into one, whose value stands in the first."""

    top: int
    left: int
    bottom: int
    right: int


def _range(reference: str) -> _Range | None:
    """“A1:D3”."""
    first, last = (_PLACE.fullmatch(part) for part in (reference.partition(":")[::2]))
    if first is None or last is None:
        return None
    return _Range(int(first[2]), column_of(first[1]), int(last[2]), column_of(last[1]))


def fill_merged(rows: dict[int, dict[int, Cell]], merged: Iterable[_Range]) -> None:
    """A value that is merged over several rows stands in each of them that has other cells."""
    for top, left, bottom, _ in merged:
        value = rows.get(top, {}).get(left)
        if value is None or bottom - top > LONGEST_MERGED:
            continue
        for number in range(top + 1, bottom + 1):
            if number in rows:
                rows[number].setdefault(left, value)


def _lines(rows: dict[int, dict[int, Cell]], merged: Iterable[_Range]) -> list[ListLine]:
    wide = {(cells.top, cells.left) for cells in merged if cells.right > cells.left}
    lines: list[ListLine] = []
    for number, cells in sorted(rows.items()):
        row = [cells.get(column, "") for column in range(max(cells) + 1)]
        lines.append(ListLine(number, row, len(cells) == 1 and (number, len(row) - 1) in wide))
    return lines


def cell_text(text: str) -> str:
    """Text of a part, where characters that XML cannot hold are written as _x0001_ (22.9.2.19)."""
    text = text[:LONGEST_CELL]
    return one_line(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text)


def _iso(value: str) -> Cell:
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return value
