"""The standing of one person in one course on one day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from .due import due_day, first_due, window_opens
from .duty import Duty


class Standing(StrEnum):
    """The words that pages, downloads and commands show."""

    IN_DATE = "in date"
    DUE_SOON = "due soon"
    OVERDUE = "overdue"
    NEVER_DONE = "never done"
    NOT_REQUIRED = "not required"


COUNTS_AS_IN_DATE = frozenset({Standing.IN_DATE, Standing.DUE_SOON})


class Position(NamedTuple):
    """A standing with its due day and the first day of its window; without a due day, it holds for ever.

    Somebody who is not required to take the course has the due day of their evidence all the same.
    """

    standing: Standing
    due: date | None = None
    opens: date | None = None

    def days_overdue(self, on: date) -> int:
        """The number of days since the due day; 0 for who is not overdue."""
        if self.standing is not Standing.OVERDUE or self.due is None:
            return 0
        return (on - self.due).days


def stand(duty: Duty, since: date | None, days: Sequence[date], on: date) -> Position:
    """The position on a day, from the evidence of that day or earlier.

    `since` is the day on which the requirement reached the person, None where they are not required; `days`
    are those of the evidence that counts, in order.
    """
    if days and days[-1] > on:
        days = days[: bisect_right(days, on)]
    due = due_day(duty, days)
    opens = None if due is None else window_opens(duty, due)
    if since is None or since > on:
        return Position(Standing.NOT_REQUIRED, due, opens)
    if not days:
        due = first_due(duty, since)
        return Position(Standing.OVERDUE if on > due else Standing.NEVER_DONE, due)
    if due is None or opens is None or on < opens:
        return Position(Standing.IN_DATE, due, opens)
    return Position(Standing.OVERDUE if on > due else Standing.DUE_SOON, due, opens)
