"""CSV downloads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from player.importing import slug
from player.lists.writing import Cells, csv_lines
from player.school.training_list import Column
from player.web.responses import TextResponse
from player.web.wording import ZONE

T = TypeVar("T")
LONGEST_NAME = 100


def csv_file(name: str, heading: Sequence[str], rows: Iterable[Cells]) -> TextResponse:
    """A download of a CSV; its rows are written as they are sent."""
    response = TextResponse(csv_lines(heading, rows, ZONE), mimetype="text/csv")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{slug(name[:LONGEST_NAME]) or "export"}.csv"'
    )
    return response


def table_file(name: str, columns: Sequence[Column[T]], lines: Iterable[T]) -> TextResponse:
    """A download of lines in columns."""
    heading = [column.heading for column in columns]
    return csv_file(name, heading, ([column.value(line) for column in columns] for line in lines))
