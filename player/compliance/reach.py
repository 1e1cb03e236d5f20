"""The day on which requirements reached somebody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple


class Span(NamedTuple):
    """The days from `since` on, without `until`; None is without end."""

    since: date
    until: date | None = None

    def has(self, day: date) -> bool:
        """True for a day of the span."""
        return self.since <= day and (self.until is None or day < self.until)


class Ground(NamedTuple):
    """A requirement, and the days of somebody in the group that it is for.

    `member` goes from the day on which they first joined to the day on which they last left, so that who
    left and came back is required as if never away. `is_member` says whether they are in it on the day.
    """

    requirement: Span
    member: Span
    is_member: bool


def required_since(grounds: Sequence[Ground], on: date) -> date | None:
    """The day since which somebody is required without a break; None where they are not on that day.

    One requirement that takes the place of another, or comes beside it, gives no second first due day.
    """
    if not any(ground.is_member and ground.requirement.has(on) for ground in grounds):
        return None
    latest: Span | None = None
    for span in sorted((_common(g.requirement, g.member) for g in grounds), key=_start):
        if span.until is not None and span.until <= span.since:
            continue
        if latest is None or (latest.until is not None and span.since > latest.until):
            latest = span
        else:
            latest = Span(latest.since, _later(latest.until, span.until))
        if latest.has(on):
            return latest.since
    return None


def _common(one: Span, other: Span) -> Span:
    ends = [end for end in (one.until, other.until) if end is not None]
    return Span(max(one.since, other.since), min(ends, default=None))


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)


def _start(span: Span) -> date:
    return span.since
