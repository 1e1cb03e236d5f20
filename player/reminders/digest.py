"""A manager's weekly digest: at most one in seven days, and none where nobody is due or overdue."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from player.compliance import Standing

WEEK = timedelta(7)


class DigestRefresher(NamedTuple):
    """The refresher that renews a course for somebody until a day, None without end; or that is too late."""

    title: str
    until: date | None
    is_open: bool


class DigestLine(NamedTuple):
    """One person in one course, by its title, with the refresher that renews it where there is one."""

    name: str
    course: str
    due: date
    standing: Standing
    refresher: DigestRefresher | None = None


class Digest(NamedTuple):
    """The names that a manager reads, each list by its due days."""

    overdue: tuple[DigestLine, ...]
    due_soon: tuple[DigestLine, ...]
    never_done: tuple[DigestLine, ...]


def weekly_digest(lines: Iterable[DigestLine], on: date, last_sent: date | None) -> Digest | None:
    """The digest to send today, or None. Who has not begun is told in it, and is no reason to send one."""
    if last_sent is not None and on - last_sent < WEEK:
        return None
    of: dict[Standing, list[DigestLine]] = {}
    for line in lines:
        of.setdefault(line.standing, []).append(line)
    if Standing.OVERDUE not in of and Standing.DUE_SOON not in of:
        return None
    return Digest(*map(tuple, (_by_day(of.get(standing, ())) for standing in _LISTED)))


_LISTED = (Standing.OVERDUE, Standing.DUE_SOON, Standing.NEVER_DONE)


def _by_day(lines: Iterable[DigestLine]) -> list[DigestLine]:
    return sorted(lines, key=lambda line: (line.due, line.name, line.course))
