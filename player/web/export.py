"""CSV as a download."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from player.importing import slug
from player.lists.writing import Cells, csv_lines
from player.web.responses import TextResponse
from player.web.wording import ZONE

LONGEST_NAME = 100


def csv_file(name: str, heading: Sequence[str], rows: Iterable[Cells]) -> TextResponse:
    """A download, written as it is sent."""
    response = TextResponse(csv_lines(heading, rows, ZONE), mimetype="text/csv")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{slug(name[:LONGEST_NAME]) or "export"}.csv"'
    )
    return response
