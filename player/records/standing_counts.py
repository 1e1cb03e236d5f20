"""Counts of standings, kept beside the table of due days: a page that shows them reads a row for each course.

They are of one day (`count_days`). What changes a person's rows shifts the counts in the same transaction;
what changes a school's, and a new day, counts it anew (`counting`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from player.records import status_counts
from player.records.columns import table
from player.records.due_tables import DueDayRow, PersonStandingRow, StandingCountRow
from player.records.evidence import Executes
from player.records.shifted_counts import shift
from player.records.urgency import DUE, summed, urgency

COUNT, PERSON, DAY = table(StandingCountRow), table(PersonStandingRow), table(DueDayRow)
Keys = Collection[str] | None
Places = Counter[tuple[str, int]]  # the number of rows by course and standing


def recount(tx: Executes, school: str, on: date) -> None:
    """Count a school anew, for a day, its statuses too."""
    for kept in (COUNT, PERSON):
        tx.execute(delete(kept).where(kept.c.school_id == school))
    place = urgency(on).label("urgency")
    counted = select(DUE.c.school_id, DUE.c.course_id, place, func.count()).where(DUE.c.school_id == school)
    tx.execute(
        insert(COUNT).from_select(
            [one.name for one in COUNT.c], counted.group_by(DUE.c.school_id, DUE.c.course_id, "urgency")
        )
    )
    _sum_people(tx, school, on)
    status_counts.recount(tx, school, on)
    tx.execute(update(DAY).where(DAY.c.school_id == school).values(counted=on, counting=None))


def add(tx: Executes, school: str, on: date, persons: Collection[str]) -> None:
    """Count people who are not counted yet."""
    _shift(tx, school, _places(tx, school, on, persons, None))
    _sum_people(tx, school, on, DUE.c.person_id.in_(persons))


@contextmanager
def shifting(
    tx: Executes, school: str, on: date | None, persons: Collection[str], courses: Keys
) -> Iterator[None]:
    """Shift the counts of a day by what changes meanwhile in the rows of these people."""
    if on is None:
        yield
        return
    before = _places(tx, school, on, persons, courses)
    yield
    after = _places(tx, school, on, persons, courses)
    after.subtract(before)
    _shift(tx, school, after)
    tx.execute(delete(PERSON).where(PERSON.c.school_id == school, PERSON.c.person_id.in_(persons)))
    _sum_people(tx, school, on, DUE.c.person_id.in_(persons))


def _shift(tx: Executes, school: str, places: Places) -> None:
    for (course, place), more in places.items():
        if more:
            shift(tx, COUNT, {"school_id": school, "course_id": course, "urgency": place}, {"people": more})


def _sum_people(tx: Executes, school: str, on: date, *those: ColumnElement[bool]) -> None:
    each = select(DUE.c.school_id, DUE.c.person_id, *summed(on)).where(DUE.c.school_id == school, *those)
    columns = [one.name for one in PERSON.c]
    tx.execute(insert(PERSON).from_select(columns, each.group_by(DUE.c.school_id, DUE.c.person_id)))


def _places(tx: Executes, school: str, on: date, persons: Collection[str], courses: Keys) -> Places:
    place = urgency(on).label("urgency")
    of = select(DUE.c.course_id, place).where(DUE.c.school_id == school, DUE.c.person_id.in_(persons))
    if courses is not None:
        of = of.where(DUE.c.course_id.in_(courses))
    return Counter((row.course_id, row.urgency) for row in tx.execute(of))
