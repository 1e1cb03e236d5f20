"""The status of an enrolment in SQL, as its place in `KEYS`; `school.statuses` says the same of a record."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from player.compliance import Standing
from player.compliance.view import URGENCY
from player.records.columns import table
from player.records.play_tables import RegistrationRow
from player.records.tables import Course, Enrolment
from player.records.urgency import DUE, urgency

ENROLMENT, COURSE = table(Enrolment), table(Course)
REGISTRATION = table(RegistrationRow)
KEYS = ("overdue", "not-started", "under-way", "not-passed", "due-soon", "in-date", "completed")
OVERDUE, NOT_STARTED, UNDER_WAY, NOT_PASSED, DUE_SOON, IN_DATE, COMPLETED = range(len(KEYS))
NOTHING = len(KEYS)  # the headline of a person of whom no course counts
DONE = (DUE_SOON, IN_DATE, COMPLETED)
STANDINGS = {Standing.OVERDUE: OVERDUE, Standing.DUE_SOON: DUE_SOON, Standing.IN_DATE: IN_DATE}
Place = ColumnElement[int]


def is_required(on: date) -> ColumnElement[bool]:
    """Condition: the course of a row of `enrolled` is required on that day."""
    return and_(DUE.c.required_since.is_not(None), DUE.c.required_since <= on)


def required(on: date) -> ColumnElement[int]:
    """1 where that condition holds, else 0: the sum is of how many the course is required."""
    return case((is_required(on), 1), else_=0)


def status(on: date) -> Place:
    """The status of a row of `enrolled` on a day."""
    holds = and_(DUE.c.done.is_not(None), or_(DUE.c.due.is_(None), DUE.c.due >= on))
    here = REGISTRATION.c
    known = case(
        (and_(holds, here.completed.is_(None)), COMPLETED),
        (or_(here.state.is_(None), here.state == "not attempted"), NOT_STARTED),
        (and_(here.completed.is_not(None), is_required(on)), UNDER_WAY),  # it was taken back
        (here.completed.is_not(None), COMPLETED),
        (here.success_status == "failed", NOT_PASSED),
        else_=UNDER_WAY,
    )
    stands = {URGENCY.index(standing): place for standing, place in STANDINGS.items()}
    return case(stands, value=urgency(on), else_=known)


def is_offered() -> ColumnElement[bool]:
    """Condition: the course can be taken: a retired one can be finished, and not begun."""
    return or_(COURSE.c.retired.is_(None), REGISTRATION.c.attempts > 0)


def enrolled(school: str, *columns: Any) -> Select[Any]:
    """The open enrolments of a school on courses that can be taken."""
    is_its = and_(
        DUE.c.school_id == ENROLMENT.c.school_id,
        DUE.c.person_id == ENROLMENT.c.person_id,
        DUE.c.course_id == ENROLMENT.c.course_id,
    )
    return (
        select(*columns)
        .select_from(ENROLMENT)
        .join(COURSE, COURSE.c.id == ENROLMENT.c.course_id)
        .outerjoin(REGISTRATION, REGISTRATION.c.enrolment_id == ENROLMENT.c.id)
        .outerjoin(DUE, is_its)
        .where(
            ENROLMENT.c.school_id == school,
            ENROLMENT.c.ended.is_(None),
            is_offered(),
        )
    )


def headline(place: Any, counts: Any) -> tuple[Place, Place, Place]:
    """A person in the courses that count: the status, the number of these courses, and how many are done.

    Overdue where anything is, done only if every course is.
    """
    counted = case((counts, place), else_=None)
    lowest, highest = func.min(counted), func.max(counted)
    failed = func.sum(case((counted == NOT_PASSED, 1), else_=0))
    together = case(
        (lowest.is_(None), NOTHING),
        (or_(lowest == highest, lowest >= DUE_SOON, lowest == OVERDUE), lowest),
        (failed > 0, NOT_PASSED),
        else_=UNDER_WAY,
    )
    done = func.sum(case((counted >= DUE_SOON, 1), else_=0))
    return together, func.count(counted), done
