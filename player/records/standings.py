"""Standings of today, counted, filtered, sorted and paged in SQL from the table of due days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, null, select
from sqlalchemy.orm import Session as Transaction

from player.compliance import Standing
from player.compliance.view import BY_REMINDER, URGENCY, Counts, PersonCourse, PersonSummary, Wanted
from player.records import rounds
from player.records.columns import table
from player.records.due_tables import DueDayRow, PersonStandingRow, StandingCountRow
from player.records.memberships import STAY, is_there
from player.records.search import found_once, in_team
from player.records.tables import Person
from player.records.urgency import DUE, NOT_REQUIRED, summed, urgency

PERSON = table(Person)
COUNT, SUMMED, DAY = table(StandingCountRow), table(PersonStandingRow), table(DueDayRow)
NAMES = (STAY.c.plain_name, STAY.c.name)
WHO = (STAY.c.person_id, STAY.c.name, STAY.c.staff_id, PERSON.c.email, STAY.c.job_title)


class TodaysView:
    """A school today. Its table has rows of the people who are there now, and of nobody else."""

    def __init__(self, tx: Transaction, school: str, on: date, *, is_counted: bool) -> None:
        """`is_counted` where the kept counts are of that day."""
        self._tx, self._school, self._on, self._is_counted = tx, school, on, is_counted
        self._urgency = urgency(on)
        self._searched: dict[str, list[ColumnElement[bool]]] = {}

    def by_course(self) -> Mapping[str, Counts]:
        """The counts of each course."""
        asked = select(DUE.c.course_id, self._urgency.label("urgency"), func.count())
        asked = asked.where(DUE.c.school_id == self._school).group_by(DUE.c.course_id, "urgency")
        if self._is_counted:
            kept = select(COUNT.c.course_id, COUNT.c.urgency, COUNT.c.people)
            asked = kept.where(COUNT.c.school_id == self._school)
        counted: dict[str, dict[Any, int]] = {}
        for course, place, number in self._tx.execute(asked):
            counted.setdefault(course, {})[URGENCY[place]] = number
        return {course: Counts(of) for course, of in counted.items()}

    def of_people(self) -> Counts:
        """The people by their most urgent standing."""
        return self.people_counts(Wanted())

    def course_counts(self, course: str, wanted: Wanted) -> Counts:
        """The counts of a course."""
        if self._is_counted and not wanted.narrows:
            return self.by_course().get(course, Counts({}))
        asked: Any = select(self._urgency.label("urgency"), func.count())
        if wanted.narrows:
            asked = self._of_here(asked).where(*self._fits(wanted, course))
        asked = asked.where(DUE.c.school_id == self._school, DUE.c.course_id == course)
        return _counts(self._tx.execute(asked.group_by("urgency")))

    def course_rows(self, course: str, wanted: Wanted) -> Sequence[PersonCourse]:
        """The rows of a course."""
        asked = self._rows().where(DUE.c.course_id == course, *self._fits(wanted, course))
        if wanted.standing:
            asked = asked.where(self._urgency == _place(wanted))
        if wanted.standing == Standing.OVERDUE:
            asked = asked.where(DUE.c.due < self._on)  # a range of the index
        asked, written = self._reminded(asked, DUE.c.person_id, wanted, course)
        order = _ordered(asked, self._urgency, DUE.c.due, DUE.c.done, wanted, written)
        return self._told(_paged(order, wanted))

    def people_counts(self, wanted: Wanted) -> Counts:
        """The people by their most urgent standing."""
        if self._is_counted and not wanted.narrows:
            return self._everybody()
        people = self._summaries().where(*self._fits(wanted)).subquery()
        return _counts(self._tx.execute(select(people.c.urgency, func.count()).group_by(people.c.urgency)))

    def people_rows(self, wanted: Wanted) -> Sequence[PersonSummary]:
        """Everybody at the school."""
        people = self._summaries().where(*self._fits(wanted)).subquery()
        asked = select(people)
        if wanted.standing:
            asked = asked.where(people.c.urgency == _place(wanted))
        names = (people.c.plain_name, people.c.name)
        asked, written = self._reminded(asked, people.c.person_id, wanted)
        order = _ordered(asked, people.c.urgency, people.c.due, people.c.in_date, wanted, written, names)
        return [
            PersonSummary(*_who(row), URGENCY[row.urgency], row.required, row.in_date, row.due)
            for row in self._tx.execute(_paged(order, wanted))
        ]

    def lines(self, persons: Sequence[str] | None) -> Sequence[PersonCourse]:
        """The rows of these people in all that is required of them."""
        asked = self._rows().where(self._urgency < NOT_REQUIRED)
        if persons is not None:
            asked = asked.where(DUE.c.person_id.in_(persons))
        return self._told(asked.order_by(self._urgency, DUE.c.due, *NAMES, STAY.c.person_id))

    def _rows(self) -> Select[Any]:
        return self._of_here(
            select(*WHO, DUE.c.course_id, self._urgency.label("urgency"), DUE.c.done, DUE.c.due)
        )

    def _told(self, asked: Select[Any]) -> Sequence[PersonCourse]:
        return [
            PersonCourse(*_who(row), row.course_id, URGENCY[row.urgency], row.done, row.due)
            for row in self._tx.execute(asked)
        ]

    def _fits(self, wanted: Wanted, course: str = "") -> list[ColumnElement[bool]]:
        if wanted.search not in self._searched:
            self._searched[wanted.search] = found_once(self._tx, self._school, wanted.search)
        fits = [*self._searched[wanted.search], *in_team(wanted.team)]
        if wanted.unreminded is not None:
            reminded = rounds.reminded_since(self._school, wanted.unreminded, course)
            fits.append(STAY.c.person_id.not_in(reminded))
        return fits

    def _reminded(
        self, asked: Select[Any], person: Any, wanted: Wanted, course: str = ""
    ) -> tuple[Select[Any], Any]:
        """With the time of each person's latest reminder, which is read only where rows are sorted by it."""
        if wanted.sort != BY_REMINDER:
            return asked, null()
        last = rounds.last_written(self._school, course).subquery()
        return asked.outerjoin(last, last.c.person_id == person), last.c.written

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
        return and_(STAY.c.school_id == self._school, is_there(self._on))

    def _everybody(self) -> Counts:
        """The kept counts, and who is here besides, of whom nothing is required."""
        place, of = SUMMED.c.urgency, SUMMED.c.school_id == self._school
        asked = select(place, func.count()).where(of, place < NOT_REQUIRED).group_by(place)
        here = select(literal(NOT_REQUIRED), func.count()).select_from(STAY).where(self._is_here())
        counted: dict[int, int] = dict(self._tx.execute(asked.union_all(here)).all())
        counted[NOT_REQUIRED] -= sum(number for at, number in counted.items() if at != NOT_REQUIRED)
        return _counts((at, number) for at, number in counted.items() if number)

    def _summaries(self) -> Select[Any]:
        """A row for each person here, also for who has no due day; `_fits` says which school."""
        each: Any = select(DUE.c.person_id, *summed(self._on)).where(DUE.c.school_id == self._school)
        each = each.group_by(DUE.c.person_id).subquery()
        if self._is_counted:
            each = SUMMED
        is_theirs = each.c.person_id == STAY.c.person_id
        if self._is_counted:
            is_theirs = and_(is_theirs, each.c.school_id == STAY.c.school_id)
        return (
            select(
                *WHO,
                STAY.c.plain_name,
                func.coalesce(each.c.urgency, NOT_REQUIRED).label("urgency"),
                func.coalesce(each.c.required, 0).label("required"),
                func.coalesce(each.c.in_date, 0).label("in_date"),
                each.c.due,
            )
            .select_from(STAY)
            .join(PERSON, PERSON.c.id == STAY.c.person_id)
            .outerjoin(each, is_theirs)
            .where(is_there(self._on))
        )


def _who(row: Any) -> tuple[str, str, str, str | None, str]:
    return row.person_id, row.name, row.staff_id, row.email, row.job_title


def by_school(tx: Transaction, on: date, course: str = "") -> dict[str, Counts]:
    """The people of each school by their most urgent standing, in one course where it is named: from the kept
    counts, and of a school that is not counted for the day from its rows."""
    found: dict[str, dict[Any, int]] = {}
    for school, place, number in [*tx.execute(_kept(on, course)), *tx.execute(_uncounted(on, course))]:
        found.setdefault(school, {})[URGENCY[place]] = number
    return {school: Counts(of) for school, of in found.items()}


def _kept(on: date, course: str) -> Select[Any]:
    is_counted = DAY.c.counted == on
    if course:
        asked = select(COUNT.c.school_id, COUNT.c.urgency, COUNT.c.people).where(COUNT.c.course_id == course)
        return asked.join(DAY, DAY.c.school_id == COUNT.c.school_id).where(is_counted)
    asked = select(SUMMED.c.school_id, SUMMED.c.urgency, func.count())
    asked = asked.join(DAY, DAY.c.school_id == SUMMED.c.school_id).where(is_counted)
    return asked.group_by(SUMMED.c.school_id, SUMMED.c.urgency)


def _uncounted(on: date, course: str) -> Select[Any]:
    place = func.min(urgency(on)).label("urgency")
    here = and_(STAY.c.person_id == DUE.c.person_id, STAY.c.school_id == DUE.c.school_id, is_there(on))
    asked = select(DUE.c.school_id, place).join(STAY, here).group_by(DUE.c.school_id, DUE.c.person_id)
    counted = select(DAY.c.school_id).where(DAY.c.counted == on)
    asked = asked.where(DUE.c.school_id.not_in(counted))
    people = (asked.where(DUE.c.course_id == course) if course else asked).subquery()
    wanted = select(people.c.school_id, people.c.urgency, func.count())
    return wanted.group_by(people.c.school_id, people.c.urgency)


def total(counted: Iterable[Counts]) -> Counts:
    """The sum of the counts of several schools."""
    summed: Counter[Any] = Counter()
    for counts in counted:
        summed.update(counts.of)
    return Counts(summed)


def _counts(rows: Any) -> Counts:
    return Counts({URGENCY[urgency]: number for urgency, number in rows})


def _place(wanted: Wanted) -> int:
    return [standing.value for standing in URGENCY].index(wanted.standing)


def _ordered(
    asked: Any,
    place: Any,
    due: Any,
    done: Any,
    wanted: Wanted,
    written: Any,
    names: Sequence[Any] = NAMES,
) -> Select[Any]:
    """No day stands after all days, in either direction."""
    keys: dict[str, list[tuple[Any, bool]]] = {
        "status": [(place, True), (due.is_(None), False), (due, True)],
        "name": [(names[0], True)],
        "done": [(done.is_(None), False), (done, True)],
        "due": [(due.is_(None), False), (due, True)],
        BY_REMINDER: [(written.is_(None), False), (written, True)],
    }
    if wanted.standing == Standing.OVERDUE:  # all have a due day, and the index its order
        keys["status"] = keys["due"] = [(due, True)]
    order = [
        key.desc() if turns and wanted.descends else key
        for key, turns in keys.get(wanted.sort, keys["status"])
    ]
    ordered: Select[Any] = asked.order_by(*order, *names)
    return ordered


def _paged(asked: Select[Any], wanted: Wanted) -> Select[Any]:
    return asked if wanted.limit is None else asked.offset(wanted.first).limit(wanted.limit)
