"""What somebody has completed at one school, shown to another school of theirs: their own decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from player.records import evidence, memberships
from player.records.database import Transaction
from player.records.evidence_tables import EvidenceRow
from player.records.tables import Course, School
from player.school import auditing
from player.school.actor import Actor
from player.school.auditing import Change
from player.school.settling import settle


class Showing(NamedTuple):
    """Another school of somebody, and whether it sees what they have completed."""

    school: School
    is_shown: bool


def others(tx: Transaction, person_id: str, course_id: str, school_id: str, today: date) -> list[Showing]:
    """The other schools where somebody is now, or which see already what they have completed in a course at
    this one."""
    rows = evidence.completions(tx, person_id, course_id, school_id)
    if not rows:
        return []
    found = []
    for stay in memberships.of_person(tx, person_id):
        is_shown = _is_shown(tx, rows, stay.school_id)
        if stay.school_id != school_id and (is_shown or not stay.has_left(today)):
            found.append(Showing(stay.school, is_shown))
    return found


def _is_shown(tx: Transaction, rows: Sequence[EvidenceRow], school_id: str) -> bool:
    shown = {row.id for row in evidence.shown_at(tx, school_id, rows[0].person_id)}
    return any(row.id in shown for row in rows)


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
    """Let another school see what somebody has completed in a course, or see it no longer. The line in the
    log is that school’s: the first one is not told where else somebody is. False where nothing changes."""
    rows = evidence.completions(tx, person_id, course.id, from_school)
    changed = evidence.hide(tx, rows, to_school) if ends else evidence.show(tx, rows, to_school, now)
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
