"""Statuses that are kept beside the enrolments, so that a page of a large school does not read all records.

`person_status` has each person's headline, `status_count` the people of each status in each course. Both are
of one day (`count_days`), and change in the transaction of what changes a status: enrolments,
registrations, due days, stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, insert, select, true

from player.playing.values import Registration
from player.records import count_days
from player.records.columns import table
from player.records.due_tables import PersonStatusRow, StatusCountRow
from player.records.enrolment_status import (
    ENROLMENT,
    NOTHING,
    REGISTRATION,
    enrolled,
    headline,
    required,
    status,
)
from player.records.evidence import Executes
from player.records.locks import lock_school
from player.records.memberships import STAY, is_here, is_latest
from player.records.shifted_counts import shift

COUNT, PERSON = table(StatusCountRow), table(PersonStatusRow)
NOTHING_FOLLOWS = nullcontext()
MOST = 500  # people whose changes are shifted; of more the school is counted anew
Numbers = Mapping[tuple[str, int], tuple[int, int]]  # by course and status: people, and how many must take it


def recount(tx: Executes, school: str, on: date) -> None:
    """Count a school anew, for a day; the caller writes the day down."""
    for kept in (COUNT, PERSON):
        tx.execute(delete(kept).where(kept.c.school_id == school))
    rows = course_counts(school, on).subquery()
    tx.execute(insert(COUNT).from_select(_names(COUNT), select(*(rows.c[name] for name in _names(COUNT)))))
    _sum_people(tx, school, on)


def add(tx: Executes, school: str, on: date, persons: Collection[str]) -> None:
    """Count people who are not counted yet."""
    _shift(tx, school, {}, _numbers(tx, school, on, _people_here(school, on, persons)))
    _sum_people(tx, school, on, STAY.c.person_id.in_(persons))


@contextmanager
def following(tx: Executes, school: str, persons: Collection[str]) -> Iterator[None]:
    """Let the counts follow what changes meanwhile for these people."""
    lock_school(tx, school)
    if len(persons) > MOST:
        count_days.forget(tx, school)
    with shifting(tx, school, *count_days.followed(tx, school, persons)):
        yield


def following_registration(
    tx: Executes, before: Registration, after: Registration
) -> AbstractContextManager[None]:
    """The same for the learner of a step; one that changes no status costs no query."""
    if _decides(before) == _decides(after):
        return NOTHING_FOLLOWS
    asked = select(ENROLMENT.c.school_id, ENROLMENT.c.person_id)
    asked = asked.join(REGISTRATION, REGISTRATION.c.enrolment_id == ENROLMENT.c.id)
    school, person = tx.execute(asked.where(REGISTRATION.c.id == after.id)).one()
    return following(tx, school, {person})


def _decides(known: Registration) -> tuple[bool, ...]:
    """The facts that decide the status of an enrolment."""
    has_failed = known.result.success_status == "failed"
    return known.state == "not attempted", known.completed is None, has_failed, known.attempts > 0


@contextmanager
def shifting(tx: Executes, school: str, on: date | None, persons: Collection[str]) -> Iterator[None]:
    """Shift the counts of a day by what changes meanwhile for these people; without a day nothing is kept."""
    if on is None:
        yield
        return
    these = PERSON.c.person_id.in_(persons)
    kept = select(PERSON.c.person_id).where(PERSON.c.school_id == school, PERSON.c.is_here, these)
    before = _numbers(tx, school, on, kept)  # a stay may have changed before
    yield
    after = _numbers(tx, school, on, _people_here(school, on, persons))
    _shift(tx, school, before, after)
    tx.execute(delete(PERSON).where(PERSON.c.school_id == school, PERSON.c.person_id.in_(persons)))
    _sum_people(tx, school, on, STAY.c.person_id.in_(persons))


def _shift(tx: Executes, school: str, before: Numbers, after: Numbers) -> None:
    for key in before.keys() | after.keys():
        (people, required), (were, were_required) = after.get(key, (0, 0)), before.get(key, (0, 0))
        if (people, required) != (were, were_required):
            row = {"school_id": school, "course_id": key[0], "status": key[1]}
            shift(tx, COUNT, row, {"people": people - were, "required": required - were_required})


def course_counts(school: str, on: date) -> Select[Any]:
    """The people of each status in each course, counted from the records of who is at the school."""
    place = status(on).label("status")
    asked = enrolled(
        school,
        ENROLMENT.c.school_id,
        ENROLMENT.c.course_id,
        place,
        func.count().label("people"),
        func.sum(required(on)).label("required"),
    )
    asked = asked.where(ENROLMENT.c.person_id.in_(_people_here(school, on)))
    return asked.group_by(ENROLMENT.c.school_id, ENROLMENT.c.course_id, "status")


def _people_here(school: str, on: date, persons: Collection[str] | None = None) -> Select[Any]:
    """Who is at the school, of these people where they are named."""
    here = _latest_stays(school, STAY.c.person_id).where(is_here(on))
    return here if persons is None else here.where(STAY.c.person_id.in_(persons))


def _latest_stays(school: str, *columns: Any) -> Select[Any]:
    return select(*columns).select_from(STAY).where(STAY.c.school_id == school, is_latest())


def headlines(school: str, on: date, *those: ColumnElement[bool]) -> Select[Any]:
    """Everybody who is or was at the school with their headline, from their records; `those` are conditions
    on the stay."""
    people = select(STAY.c.person_id).where(STAY.c.school_id == school, *those)
    asked = enrolled(
        school,
        ENROLMENT.c.person_id,
        status(on).label("place"),
        required(on).label("required"),
    )
    if those:
        asked = asked.where(ENROLMENT.c.person_id.in_(people))
    each = asked.subquery()
    every, must = headline(each.c.place, true()), headline(each.c.place, each.c.required == 1)
    labels = ("status", "courses", "done")
    columns = [column.label(name) for column, name in zip(every, labels, strict=True)]
    columns += [column.label(f"required_{name}") for column, name in zip(must, labels, strict=True)]
    summed = select(each.c.person_id, *columns).group_by(each.c.person_id).subquery()
    numbers = [
        func.coalesce(summed.c[name], NOTHING if name.endswith("status") else 0).label(name)
        for name in _names(PERSON)[3:]
    ]
    found = _latest_stays(school, STAY.c.school_id, STAY.c.person_id, is_here(on).label("is_here"), *numbers)
    return found.outerjoin(summed, summed.c.person_id == STAY.c.person_id).where(*those)


def _names(kept: Any) -> list[str]:
    return [column.name for column in kept.c]


def _sum_people(tx: Executes, school: str, on: date, *those: ColumnElement[bool]) -> None:
    tx.execute(insert(PERSON).from_select(_names(PERSON), headlines(school, on, *those)))


def _numbers(tx: Executes, school: str, on: date, here: Select[Any]) -> Numbers:
    """The counts of few people. They are summed here: SQLite would group all enrolments of the school."""
    asked = enrolled(school, ENROLMENT.c.course_id, status(on), required(on))
    found: dict[tuple[str, int], tuple[int, int]] = {}
    for course, place, must in tx.execute(asked.where(ENROLMENT.c.person_id.in_(here))):
        people, musts = found.get((course, place), (0, 0))
        found[course, place] = people + 1, musts + must
    return found
