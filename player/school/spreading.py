"""Courses put into many schools at once: required, offered to everybody, or required no longer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from player.records import schools
from player.records.database import Transaction
from player.school import offering, requiring
from player.school.actor import Actor
from player.school.settling import school_today, settle

REQUIRED, OFFERED, OPTIONAL = "required", "offered", "optional"


class Spread(NamedTuple):
    """The number of schools that were changed, of people who were enrolled, and of schools whose people jobs
    enrol."""

    schools: int
    enrolled: int
    later: int = 0


def spread(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    what: str,
    courses: Collection[str],
    school_ids: Collection[str],
    *,
    everywhere: bool,
) -> Spread:
    """Put these courses into these schools; `everywhere` is a requirement of the provider for all schools,
    also for those that are added later."""
    if what == OFFERED:
        enrolled, later = offering.offer(tx, actor, now, courses, school_ids)
        return Spread(len(school_ids), enrolled, later)
    targets: list[str | None] = [None] if everywhere else [*school_ids]
    for course in courses:
        for target in targets:
            today = school_today(tx, target, now)
            requiring.write(tx, actor, now, target, course, (), today, optional=what == OPTIONAL)
    whose = schools.ids(tx) if everywhere else school_ids
    return Spread(len(school_ids), *settle(tx, whose, now, courses=set(courses)))
