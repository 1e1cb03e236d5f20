"""CSV downloads, as large as they come: their rows are written to a file, which is then sent."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, TypeVar

from player.importing import short_slug
from player.lists.writing import Cells, csv_lines
from player.school.training_list import Column
from player.web.responses import TextResponse, fit
from player.web.wording import ZONE

T = TypeVar("T")
LONGEST_NAME = 100
SMALL, BLOCK = 1024**2, 64 * 1024  # what is kept in memory; what is sent at a time


def csv_file(name: str, heading: Sequence[str], rows: Iterable[Cells]) -> TextResponse:
    """A download of a CSV. Its rows are taken at once, so they may come out of an open transaction, which
    does not wait until a slow line has taken them all."""
    written = tempfile.SpooledTemporaryFile(SMALL)  # noqa: SIM115 (it is closed when it is sent)
    written.writelines(fit(line).encode() for line in csv_lines(heading, rows, ZONE))
    written.seek(0)
    response = TextResponse(_blocks(written), mimetype="text/csv")
    response.call_on_close(written.close)
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{short_slug(name[:LONGEST_NAME]) or "export"}.csv"'
    )
    return response


def _blocks(written: IO[bytes]) -> Iterator[bytes]:
    with written:
        while block := written.read(BLOCK):
            yield block


def table_file(name: str, columns: Sequence[Column[T]], lines: Iterable[T]) -> TextResponse:
    """A download of lines in columns."""
    heading = [column.heading for column in columns]
    return csv_file(name, heading, ([column.value(line) for column in columns] for line in lines))
