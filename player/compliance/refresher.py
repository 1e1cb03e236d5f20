"""A refresher that a school's policy lets renew the course that it refreshes, in time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from .due import due_day
from .duty import Duty


class Renewal(NamedTuple):
    """The refresher that renews a course for somebody, up to its last day; None is without end."""

    refresher: str
    until: date | None

    def is_open(self, on: date) -> bool:
        """True where the refresher is in time on that day; later the course itself is to be taken."""
        return self.until is None or on <= self.until


def renewal(duty: Duty, done: date | None, due: date | None) -> Renewal | None:
    """The renewal of a course that was last done on a day and holds until the due day; None where no
    refresher renews it, or where it was never done."""
    if duty.renewed_by is None or done is None:
        return None
    return Renewal(duty.renewed_by, None if due is None else due + timedelta(duty.lapsed))


def days_with_refreshers(duty: Duty, own: Sequence[date], refreshers: Sequence[date]) -> list[date]:
    """The days on which the course was done or renewed: both lists, in order, in; one list, in order, out.

    A refresher counts from the day on which the course was first done until `lapsed` days after its due day.
    """
    counted: list[date] = []
    marked = [*((day, False) for day in own), *((day, True) for day in refreshers)]
    for day, is_refresher in sorted(marked):
        if counted and counted[-1] == day:
            continue
        if not is_refresher or in_time(duty, counted, day):
            counted.append(day)
    return counted


def in_time(duty: Duty, days: Sequence[date], on: date) -> bool:
    """True where a refresher of that day renews what was done on these days; then it is offered, too."""
    known = renewal(duty, days[-1] if days else None, due_day(duty, days))
    return known is not None and known.is_open(on)
