"""Every CSV that leaves the player: it opens rightly in any spreadsheet, and never as a program."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, tzinfo
from itertools import chain

CellValue = str | int | float | date | datetime | None
Cells = Sequence[CellValue]
BOM = "\ufeff"  # without it Excel takes UTF-8 for Windows-1252
# A cell that begins so is a formula to a spreadsheet (OWASP, CSV injection).
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def csv_lines(heading: Sequence[str], rows: Iterable[Cells], zone: tzinfo) -> Iterator[str]:
    """The file, a row at a time."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield BOM
    for row in chain([heading], rows):
        writer.writerow([written(value, zone) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def written(value: CellValue, zone: tzinfo) -> str | int | float:
    """A value as a cell; text that would be a formula gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return guarded(value) if isinstance(value, str) else value


def guarded(text: str) -> str:
    """Text that stays text."""
    return f"'{text}" if text.startswith(DANGEROUS) or text.lstrip(" ").startswith(DANGEROUS) else text


def unguarded(cell: str) -> str:
    """The text that was guarded, when a file of ours comes back."""
    return cell[1:] if cell.startswith("'") and guarded(cell[1:]) == cell else cell
