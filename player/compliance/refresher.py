"""A refresher that a school's policy lets renew the course that it refreshes, in time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from .due import due_day
from .duty import Duty


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
    if not days:
        return False
    due = due_day(duty, days)
    return due is None or on <= due + timedelta(duty.lapsed)
