"""DutySettings are dated rows: a day is told by the row that applied on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Dated(NamedTuple, Generic[T]):
    """A value from a day on, until the next row of its kind."""

    since: date
    value: T


def in_force(rows: Iterable[Dated[T]], on: date) -> T | None:
    """The value of the latest row that is not later than the day; of two rows of one day the last written."""
    latest: Dated[T] | None = None
    for row in rows:
        if row.since <= on and (latest is None or row.since >= latest.since):
            latest = row
    return None if latest is None else latest.value
