"""The dry run: who would stand elsewhere if settings were saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from .standing import Position, Standing


class Change(NamedTuple):
    """One person whose due day or standing changes; `was` is the due day of today's settings."""

    person: str
    was: date | None
    due: date | None
    standing: Standing
    days_overdue: int


def changes(positions: Iterable[tuple[str, Position, Position]], on: date) -> Iterator[Change]:
    """Of each person's position by the settings of today and by the new ones, those that differ."""
    for person, was, now in positions:
        if (was.due, was.standing) != (now.due, now.standing):
            yield Change(person, was.due, now.due, now.standing, now.days_overdue(on))
