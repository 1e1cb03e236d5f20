"""Standings of today, counted, filtered, sorted and paged in SQL from the table of due days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session as Transaction

from player.compliance.view import URGENCY, Counts, PersonCourse, PersonSummary, Wanted
from player.records.columns import table
from player.records.due_tables import DueRow
from player.records.tables import Membership, Person, TeamMember

DUE, PERSON, MEMBER = table(DueRow), table(Person), table(TeamMember)
STAY = table(Membership)
NOT_REQUIRED = len(URGENCY) - 1
WHO = (STAY.c.person_id, STAY.c.name, STAY.c.staff_id, PERSON.c.email, STAY.c.job_title)


def _urgency(on: date) -> ColumnElement[int]:
    """The standing of a row on a day as its place in `URGENCY`; `compliance.stand` says the same."""
    is_late = and_(DUE.c.due.is_not(None), DUE.c.due < on)
    return case(
        (or_(DUE.c.required_since.is_(None), DUE.c.required_since > on), NOT_REQUIRED),
        (is_late, 0),
        (DUE.c.done.is_(None), 1),
        (and_(DUE.c.opens.is_not(None), DUE.c.opens <= on), 2),
        else_=3,
    )


class TodaysView:
    """A school today. Its table has rows of the people who are there now, and of nobody else."""

    def __init__(self, tx: Transaction, school: str, on: date) -> None:
        self._tx, self._school, self._on = tx, school, on
        self._urgency = _urgency(on)

    def by_course(self) -> Mapping[str, Counts]:
        """The counts of each course."""
        wanted = select(DUE.c.course_id, self._urgency.label("urgency"), func.count())
        counted: dict[str, dict[Any, int]] = {}
        of_school = wanted.where(DUE.c.school_id == self._school)
        for course, urgency, number in self._tx.execute(of_school.group_by(DUE.c.course_id, "urgency")):
            counted.setdefault(course, {})[URGENCY[urgency]] = number
        return {course: Counts(of) for course, of in counted.items()}

    def of_people(self) -> Counts:
        """The people by their most urgent standing."""
        return self.people_counts(Wanted())

    def course_counts(self, course: str, wanted: Wanted) -> Counts:
        """The counts of a course."""
        asked: Any = select(self._urgency.label("urgency"), func.count())
        if wanted.search or wanted.team:
            asked = self._of_here(asked).where(*_fits(wanted))
        asked = asked.where(DUE.c.school_id == self._school, DUE.c.course_id == course)
        return _counts(self._tx.execute(asked.group_by("urgency")))

    def course_rows(self, course: str, wanted: Wanted) -> Sequence[PersonCourse]:
        """The rows of a course."""
        asked = self._rows().where(DUE.c.course_id == course, *_fits(wanted))
        if wanted.standing:
            asked = asked.where(self._urgency == _place(wanted))
        return self._told(_paged(_ordered(asked, self._urgency, DUE.c.due, DUE.c.done, wanted), wanted))

    def people_counts(self, wanted: Wanted) -> Counts:
        """The people by their most urgent standing."""
        people = self._summaries().where(*_fits(wanted)).subquery()
        return _counts(self._tx.execute(select(people.c.urgency, func.count()).group_by(people.c.urgency)))

    def people_rows(self, wanted: Wanted) -> Sequence[PersonSummary]:
        """Everybody at the school."""
        people = self._summaries().where(*_fits(wanted)).subquery()
        asked = select(people)
        if wanted.standing:
            asked = asked.where(people.c.urgency == _place(wanted))
        order = _ordered(asked, people.c.urgency, people.c.due, people.c.in_date, wanted, people.c.name)
        return [
            PersonSummary(*_who(row), URGENCY[row.urgency], row.required, row.in_date, row.due)
            for row in self._tx.execute(_paged(order, wanted))
        ]

    def lines(self, persons: Sequence[str] | None) -> Sequence[PersonCourse]:
        """The rows of these people in all that is required of them."""
        asked = self._rows().where(self._urgency < NOT_REQUIRED)
        if persons is not None:
            asked = asked.where(DUE.c.person_id.in_(persons))
        return self._told(asked.order_by(self._urgency, DUE.c.due, func.lower(STAY.c.name), STAY.c.person_id))

    def _rows(self) -> Select[Any]:
        return self._of_here(
            select(*WHO, DUE.c.course_id, self._urgency.label("urgency"), DUE.c.done, DUE.c.due)
        )

    def _told(self, asked: Select[Any]) -> Sequence[PersonCourse]:
        return [
            PersonCourse(*_who(row), row.course_id, URGENCY[row.urgency], row.done, row.due)
            for row in self._tx.execute(asked)
        ]

    def _of_here(self, asked: Any) -> Select[Any]:
        """From the due days of the people who are at the school now."""
        found: Select[Any] = (
            asked.select_from(DUE)
            .join(STAY, and_(STAY.c.person_id == DUE.c.person_id, STAY.c.school_id == DUE.c.school_id))
            .join(PERSON, PERSON.c.id == DUE.c.person_id)
            .where(DUE.c.school_id == self._school, self._is_here())
        )
        return found

    def _is_here(self) -> ColumnElement[bool]:
        return and_(STAY.c.school_id == self._school, _is_there(self._on))

    def _summaries(self) -> Select[Any]:
        """A row for each person here, also for who has no due day."""
        is_required = self._urgency < NOT_REQUIRED
        urgent_due = func.min(case((self._urgency < 2, DUE.c.due), else_=None))
        any_due = func.min(case((is_required, DUE.c.due), else_=None))
        is_in_date = and_(is_required, self._urgency >= 2)
        each = (
            select(
                DUE.c.person_id,
                func.min(self._urgency).label("urgency"),
                func.sum(case((is_required, 1), else_=0)).label("required"),
                func.sum(case((is_in_date, 1), else_=0)).label("in_date"),
                func.coalesce(urgent_due, any_due).label("due"),
            )
            .where(DUE.c.school_id == self._school)
            .group_by(DUE.c.person_id)
            .subquery()
        )
        return (
            select(
                *WHO,
                func.coalesce(each.c.urgency, NOT_REQUIRED).label("urgency"),
                func.coalesce(each.c.required, 0).label("required"),
                func.coalesce(each.c.in_date, 0).label("in_date"),
                each.c.due,
            )
            .select_from(STAY)
            .join(PERSON, PERSON.c.id == STAY.c.person_id)
            .outerjoin(each, each.c.person_id == STAY.c.person_id)
            .where(self._is_here())
        )


def _who(row: Any) -> tuple[str, str, str, str | None, str]:
    return row.person_id, row.name, row.staff_id, row.email, row.job_title


def by_school(tx: Transaction, on: date, course: str = "") -> dict[str, Counts]:
    """The people of each school by their most urgent standing, in one course where it is named."""
    urgency = func.min(_urgency(on)).label("urgency")
    here = and_(STAY.c.person_id == DUE.c.person_id, STAY.c.school_id == DUE.c.school_id, _is_there(on))
    asked = select(DUE.c.school_id, urgency).join(STAY, here).group_by(DUE.c.school_id, DUE.c.person_id)
    people = (asked.where(DUE.c.course_id == course) if course else asked).subquery()
    wanted = select(people.c.school_id, people.c.urgency, func.count())
    found: dict[str, dict[Any, int]] = {}
    for school, place, number in tx.execute(wanted.group_by(people.c.school_id, people.c.urgency)):
        found.setdefault(school, {})[URGENCY[place]] = number
    return {school: Counts(of) for school, of in found.items()}


def total(counted: Iterable[Counts]) -> Counts:
    """The sum of the counts of several schools."""
    summed: Counter[Any] = Counter()
    for counts in counted:
        summed.update(counts.of)
    return Counts(summed)


def _is_there(on: date) -> ColumnElement[bool]:
    return and_(STAY.c.since <= on, or_(STAY.c.until.is_(None), STAY.c.until > on))


def _counts(rows: Any) -> Counts:
    return Counts({URGENCY[urgency]: number for urgency, number in rows})


def _place(wanted: Wanted) -> int:
    return [standing.value for standing in URGENCY].index(wanted.standing)


def _fits(wanted: Wanted) -> list[ColumnElement[bool]]:
    fits: list[ColumnElement[bool]] = []
    if wanted.search:
        term = wanted.search.lower()
        columns = (STAY.c.name, PERSON.c.email, STAY.c.staff_id)
        fits.append(or_(*(func.lower(column).contains(term, autoescape=True) for column in columns)))
    if wanted.team:
        inside = select(MEMBER.c.person_id).where(MEMBER.c.team_id == wanted.team, MEMBER.c.until.is_(None))
        fits.append(STAY.c.person_id.in_(inside))
    return fits


def _ordered(
    asked: Any, urgency: Any, due: Any, done: Any, wanted: Wanted, name: Any = STAY.c.name
) -> Select[Any]:
    """No day stands after all days, in either direction."""
    keys: dict[str, list[tuple[Any, bool]]] = {
        "status": [(urgency, True), (due.is_(None), False), (due, True)],
        "name": [(func.lower(name), True)],
        "done": [(done.is_(None), False), (done, True)],
        "due": [(due.is_(None), False), (due, True)],
    }
    order = [
        key.desc() if turns and wanted.descends else key
        for key, turns in keys.get(wanted.sort, keys["status"])
    ]
    ordered: Select[Any] = asked.order_by(*order, func.lower(name), name)
    return ordered


def _paged(asked: Select[Any], wanted: Wanted) -> Select[Any]:
    return asked if wanted.limit is None else asked.offset(wanted.first).limit(wanted.limit)
