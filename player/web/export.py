"""CSV that opens rightly in any spreadsheet, and never as a program."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from player.importing import slug
from player.web.responses import TextResponse
from player.web.wording import ZONE

Cell = str | int | float | datetime | None
Cells = Sequence[Cell]
LONGEST_NAME = 100
BOM = "\ufeff"  # without it Excel takes UTF-8 for Windows-1252
# What a spreadsheet takes for the start of a formula (OWASP, CSV injection).
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def csv_file(name: str, heading: Sequence[str], rows: Iterable[Cells]) -> TextResponse:
    """A download, written as it is sent."""

    def lines() -> Iterator[str]:
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        yield BOM
        for row in (heading, *rows):
            writer.writerow([cell(each) for each in row])
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()

    response = TextResponse(lines(), mimetype="text/csv")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{slug(name[:LONGEST_NAME]) or "export"}.csv"'
    )
    return response


def cell(value: Cell) -> str | int | float:
    """Text that would be a formula gets an apostrophe, which spreadsheets do not show."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, str):
        return (
            f"'{value}" if value.lstrip(" ").startswith(DANGEROUS) or value.startswith(DANGEROUS) else value
        )
    return value
