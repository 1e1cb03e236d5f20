"""The dated rows of a school: whom they change on some days, and the next day on which any begins or ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from player.records.due_facts import DUTY, MEMBER, REQUIREMENT, STAY, TEAM, retired_days
from player.records.evidence import EVIDENCE, Executes, is_seen


def changed(tx: Executes, school: str, first: date, last: date) -> set[str] | None:
    """The people whose stays, teams or evidence begin or end on these days; None where everybody's due days
    may change: by a requirement, a duty, or a course that is retired."""
    whole = [select(day).where(at, day.between(first, last)) for day, at in _of_everybody(school)]
    if any(tx.execute(one.limit(1)).first() for one in whole):
        return None
    if any(first <= day <= last for day in retired_days(tx, school).values()):
        return None
    found = set[str]()
    for person, day, at in _of_people(school):
        found.update(tx.execute(select(person).where(at, day.between(first, last))).scalars())
    return found


def next_change(tx: Executes, school: str, today: date) -> date | None:
    """The first later day on which a dated row begins or ends; `due` says the same of facts."""
    dated = [*_of_everybody(school), *((day, at) for _, day, at in _of_people(school))]
    days = [tx.execute(select(func.min(day)).where(at, day > today)).scalar() for day, at in dated]
    days += [day for day in retired_days(tx, school).values() if day > today]
    return min((day for day in days if day is not None), default=None)


def _of_everybody(school: str) -> Iterator[tuple[Any, ColumnElement[bool]]]:
    required = or_(REQUIREMENT.c.school_id == school, REQUIREMENT.c.school_id.is_(None))
    yield REQUIREMENT.c.since, required
    yield REQUIREMENT.c.until, required
    yield DUTY.c.since, or_(DUTY.c.school_id == school, DUTY.c.school_id.is_(None))


def _of_people(school: str) -> Iterator[tuple[Any, Any, ColumnElement[bool]]]:
    inside = MEMBER.c.team_id.in_(select(TEAM.c.id).where(TEAM.c.school_id == school))
    for rows, at in ((STAY, STAY.c.school_id == school), (MEMBER, inside)):
        yield rows.c.person_id, rows.c.since, at
        yield rows.c.person_id, rows.c.until, at
    yield EVIDENCE.c.person_id, EVIDENCE.c.day, is_seen(school)
