"""Courses put into many schools at once: required, offered to everybody, or required no longer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from player.records import memberships
from player.records.database import Transaction
from player.school import enrolling, requiring
from player.school.actor import Actor
from player.school.settling import today_at

REQUIRED, OFFERED, OPTIONAL = "required", "offered", "optional"


class Spread(NamedTuple):
    """The number of schools that were changed, and of people who were enrolled."""

    schools: int
    enrolled: int


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
    enrolled = 0
    if what == OFFERED:
        for school_id in school_ids:
            here = memberships.on_day(tx, school_id, today_at(tx, school_id, now))
            enrolled += enrolling.enrol(tx, actor, now, here, courses)[0]
        return Spread(len(school_ids), enrolled)
    work = requiring.require if what == REQUIRED else requiring.make_optional
    targets: list[str | None] = [None] if everywhere else [*school_ids]
    for course in courses:
        for target in targets:
            today = today_at(tx, target, now)
            enrolled += work(tx, target, course, (), today, now, actor).enrolled
    return Spread(len(school_ids), enrolled)
