"""The due day follows from all evidence in the order of its days, whenever it was recorded.

A cycle is counted from its anchor in one step, never from the cycle before: 29 February comes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from .duty import Anchor, Duty
from .months import MonthDay, add_months


def due_day(duty: Duty, days: Sequence[date]) -> date | None:
    """The day until which the evidence of these days (in order) holds; None for ever, or without evidence."""
    return _cycle(duty, days, 0) if days else None


def cycles(duty: Duty, days: Sequence[date], number: int) -> list[date]:
    """The due days after `due_day` if the course is never done again."""
    if not days:
        return []
    later = (_cycle(duty, days, past) for past in range(1, number + 1))
    return [day for day in later if day is not None]


def first_due(duty: Duty, reached: date) -> date:
    """The due day of somebody without evidence, whom a requirement reached on that day."""
    return reached + timedelta(duty.first)


def window_opens(duty: Duty, due: date) -> date:
    """The first day of the window; its last is the due day."""
    return due - timedelta(duty.window)


def _cycle(duty: Duty, days: Sequence[date], past: int) -> date | None:
    """A due day, or the one that many cycles after it; a number of the law is never exceeded."""
    last = days[-1]
    if duty.anchor is Anchor.FIXED and duty.fixed is not None:
        day = _first_fixed(duty.fixed, add_months(last, duty.least))
        day = duty.fixed.of(day.year + past) if past else day
    elif duty.months is None:
        return None
    elif duty.anchor is Anchor.EXPIRY and len(days) > 1:
        anchor, periods = _expiry_anchor(duty.months, duty.window, days)
        day = add_months(anchor, (periods + past) * duty.months)
    else:
        day = add_months(last, (1 + past) * duty.months)
    if duty.statutory is None:
        return day
    return min(day, add_months(last, (1 + past) * duty.statutory))


def _first_fixed(fixed: MonthDay, earliest: date) -> date:
    day = fixed.of(earliest.year)
    return day if day >= earliest else fixed.of(earliest.year + 1)


def _expiry_anchor(months: int, window: int, days: Sequence[date]) -> tuple[date, int]:
    """The anchor and the number of periods from it to the due day.

    A completion inside the window adds a period; an earlier or an overdue one is the new anchor.
    """
    before = timedelta(window)
    anchor = last = days[0]
    periods, due = 1, add_months(anchor, months)
    for day in days[1:]:
        if day == last:
            continue
        if due - before <= day <= due:
            periods += 1
        else:
            anchor, periods = day, 1
        last, due = day, add_months(anchor, periods * months)
    return anchor, periods
