"""A list saved as CSV, by whatever program: its encoding, its separator, its rows."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

from .grid import MOST_LINES, ListLine, ListTable, UnreadableListError, one_line
from .writing import unguarded

SEPARATORS = "\t;,"
LOOKED_AT = 30
_DECLARED = re.compile(r"\ufeff?sep=(.)(\r\n|\r|\n)", re.IGNORECASE)


def read_csv(data: bytes) -> ListTable:
    """The rows that are not empty. A row may have line breaks in it, and counts once, as in a spreadsheet."""
    text, encoding = decoded(data)
    if "\0" in text:
        raise UnreadableListError("This is not a text file: save the list as “CSV UTF-8”")
    declared = _DECLARED.match(text)
    if declared:  # for spreadsheets, which do not show it as a row
        text = text[declared.end() :]
    rows = _rows(text, declared[1] if declared else _separator(text))
    return ListTable(tuple(rows), f"CSV, {encoding}")


def decoded(data: bytes) -> tuple[str, str]:
    """UTF-8 or UTF-16 by their marks, else UTF-8, else what Excel saves on Windows in this country."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), "UTF-16"
    if data[1::2].count(0) * 4 > len(data):  # every other byte is 0: Latin letters without the mark
        return data.decode("utf-16-le", "replace"), "UTF-16"
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), "Windows-1252"


def _separator(text: str) -> str:
    """The separator that cuts the most of the first rows into equally many cells; names have commas too."""

    def agreeing(separator: str) -> int:
        reader = csv.reader(io.StringIO(text[:65_536], newline=""), delimiter=separator)
        widths: Counter[int] = Counter()
        with suppress(csv.Error):
            widths.update(len(row) for row, _ in zip(reader, range(LOOKED_AT), strict=False))
        return max((rows * (width - 1) for width, rows in widths.items()), default=0)

    return max(SEPARATORS, key=agreeing)


def _rows(text: str, separator: str) -> Iterator[ListLine]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = kept = 0
    try:
        for number, row in enumerate(reader, 1):
            if any(cell and not cell.isspace() for cell in row):
                yield ListLine(number, [one_line(unguarded(cell)) for cell in row])
                kept += 1
            if kept > MOST_LINES:
                return
    except csv.Error as error:
        raise UnreadableListError(_said(error), number + 1) from error


def _said(error: csv.Error) -> str:
    if "unexpected end" in str(error):
        return "This cannot be read as CSV: a quotation mark is opened here and never closed"
    if "expected after" in str(error):
        return "This cannot be read as CSV: type a quotation mark inside a quoted cell twice"
    return f"This cannot be read as CSV: {error}"
