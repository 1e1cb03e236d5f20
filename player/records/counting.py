"""A school is counted for a day, a large one some people at a time, a transaction each.

A new day changes standings without a write: who was in date yesterday may be overdue. Between two slices
whoever commits has their turn, and the counts follow what they change (`count_days.followed`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, func, select, update

from player.records import count_days, standing_counts, status_counts
from player.records.columns import table
from player.records.count_days import DAY, PERSON
from player.records.evidence import Executes
from player.records.locks import lock_school
from player.records.memberships import STAY
from player.records.tables import Course

COURSE = table(Course)
SLICE = 2_000  # pairs of person and course that are counted in one transaction
KEPT = (standing_counts.COUNT, standing_counts.PERSON, status_counts.COUNT, PERSON)


def count_at_once(tx: Executes, school: str, on: date) -> None:
    """Count a small school in this transaction; a large one is counted when somebody looks at it."""
    if len(_next_people(tx, school, everybody := _slice(tx) + 1, anew=True)) < everybody:
        standing_counts.recount(tx, school, on)
    else:
        count_days.forget(tx, school)


def count_some(tx: Executes, school: str, on: date) -> bool:
    """Forget the counts of another day, or count the next people of a school; returns True where it is
    counted for that day."""
    lock_school(tx, school)
    here = DAY.c.school_id == school
    known = tx.execute(select(DAY.c.counted, DAY.c.counting).where(here)).one()
    if known.counted == on:
        return True
    if known.counting != on:
        for kept in KEPT:
            tx.execute(delete(kept).where(kept.c.school_id == school))
        tx.execute(update(DAY).where(here).values(counted=None, counting=on))
        return False
    if persons := _next_people(tx, school, _slice(tx), anew=False):
        standing_counts.add(tx, school, on, persons)
        status_counts.add(tx, school, on, persons)
        return False
    tx.execute(update(DAY).where(here).values(counted=on, counting=None))
    return True


def _slice(tx: Executes) -> int:
    courses = tx.execute(select(func.count()).select_from(COURSE)).scalar_one()
    return max(1, SLICE // max(1, courses))


def _next_people(tx: Executes, school: str, most: int, *, anew: bool) -> Sequence[str]:
    """People who are or were at the school: those who are not counted yet, or all `anew`."""
    wanted = select(STAY.c.person_id).distinct().where(STAY.c.school_id == school)
    if not anew:
        is_theirs = (PERSON.c.school_id == school, PERSON.c.person_id == STAY.c.person_id)
        wanted = wanted.where(~select(PERSON.c.person_id).where(*is_theirs).exists())
    return tx.execute(wanted.limit(most)).scalars().all()
