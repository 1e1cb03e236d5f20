"""What somebody has completed at one school, shown to another school of theirs: their own decision."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from player.records import evidence, memberships
from player.records.database import Transaction
from player.records.tables import Course, School
from player.school import auditing
from player.school.actor import Actor
from player.school.auditing import Change
from player.school.settling import settle


class Showing(NamedTuple):
    """Another school of somebody, and whether it sees what they have completed."""

    school: School
    is_shown: bool


def others(tx: Transaction, person_id: str, course_id: str, school_id: str, now: datetime) -> list[Showing]:
    """The other schools to which somebody shows what they complete in a course at this one, and where there
    is anything to show, those where they are now."""
    shown = evidence.shown_to(tx, person_id, course_id, school_id)
    can_begin = bool(evidence.completions(tx, person_id, course_id, school_id))
    return [
        Showing(stay.school, stay.school_id in shown)
        for stay in memberships.of_person(tx, person_id)
        if stay.school_id != school_id
        and (stay.school_id in shown or (can_begin and not stay.has_left(stay.school.day(now))))
    ]


def show(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    person_id: str,
    course: Course,
    from_school: str,
    to_school: str,
    *,
    ends: bool,
) -> bool:
    """Let another school see what somebody has completed in a course and completes in it later, or see it no
    longer. The line in the log is that school’s: the first one is not told where else somebody is. False
    where nothing changes."""
    rows = evidence.completions(tx, person_id, course.id, from_school)
    if ends:
        changed = evidence.hide(tx, person_id, course.id, from_school, to_school)
    else:
        changed = evidence.show(tx, rows, to_school, now)
    if not changed:
        return False
    name = memberships.names(tx, to_school, [person_id])[person_id]
    action = "no longer shown" if ends else "shown"
    about = f"{name}: {course.title}"
    told = {"completed": [row.day for row in rows]}
    change = Change(action, "evidence", course.id, about, person_id, None, told)
    auditing.write(tx, actor, now, to_school, change)
    settle(tx, [to_school], now, {person_id}, {course.id})
    return True
