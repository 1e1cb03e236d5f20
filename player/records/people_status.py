"""Everybody at a school with their status, in all courses or in one: counted, filtered and paged in SQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, false, func, literal, not_, select, true
from sqlalchemy.orm import Session as Transaction

from player.alphabet import plain
from player.records.columns import table
from player.records.due_tables import PersonStatusRow, StandingCountRow, StatusCountRow
from player.records.enrolment_status import (
    COURSE,
    DONE,
    ENROLMENT,
    KEYS,
    NOTHING,
    REGISTRATION,
    enrolled,
    is_offered,
    is_required,
    required,
    status,
)
from player.records.memberships import STAY, is_here, is_latest
from player.records.search import PERSON, found_once, in_team
from player.records.status_counts import course_counts, headlines
from player.records.urgency import DUE, NOT_REQUIRED

KEPT, COUNT, STANDING = table(PersonStatusRow), table(StatusCountRow), table(StandingCountRow)
BY_NAME = (STAY.c.plain_name, STAY.c.person_id)
UNFINISHED, NO_COURSE = "unfinished", "none"  # filters beside the keys


@dataclass(frozen=True, slots=True)
class WantedPeople:
    """The people who are asked for; an empty filter lets everybody through, no limit is all of them."""

    course: str = ""
    status: str = ""
    team: str = ""
    search: str = ""
    gone: bool = False
    first: int = 0
    limit: int | None = None

    @property
    def narrows(self) -> bool:
        """True where the counts are those of some people."""
        return bool(self.team or self.search)


class StatusCounts(NamedTuple):
    """The number of people in each status, by its place in `KEYS`, and of how many the course is required."""

    of: Mapping[int, int]
    required: int = 0


class PersonStatus(NamedTuple):
    """A person's headline: the place of the status, and how many of the courses that count are done."""

    person: str
    name: str
    status: int
    courses: int
    done: int


class ToDo(NamedTuple):
    """A course that a person still has to do."""

    title: str
    status: int


class PeopleStatuses:
    """A school on a day. Where it requires anything, only what is required makes a headline."""

    def __init__(self, tx: Transaction, school: str, on: date, *, is_counted: bool) -> None:
        """`is_counted` where what is kept is of that day."""
        self._tx, self._school, self._on, self._is_counted = tx, school, on, is_counted
        self.requires = self._requires()
        self._prefix = "required_" if self.requires else ""
        self._searched: dict[str, list[ColumnElement[bool]]] = {}

    def _requires(self) -> bool:
        asked = select(DUE.c.course_id).where(
            DUE.c.school_id == self._school, DUE.c.required_since <= self._on
        )
        if self._is_counted:
            asked = select(STANDING.c.course_id).where(
                STANDING.c.school_id == self._school, STANDING.c.urgency < NOT_REQUIRED
            )
        return self._tx.execute(asked.limit(1)).first() is not None

    def titles(self) -> dict[str, str]:
        """The titles of the courses in which somebody has an enrolment that is open and can be taken,
        by their ids."""
        taken = (
            select(ENROLMENT.c.id)
            .outerjoin(REGISTRATION, REGISTRATION.c.enrolment_id == ENROLMENT.c.id)
            .where(ENROLMENT.c.school_id == self._school, ENROLMENT.c.course_id == COURSE.c.id)
            .where(ENROLMENT.c.ended.is_(None), is_offered())
            .correlate(COURSE)
        )
        rows = self._tx.execute(select(COURSE.c.id, COURSE.c.title).where(taken.exists())).all()
        return dict(sorted(map(tuple, rows), key=lambda row: plain(row[1])))

    def by_course(self) -> dict[str, StatusCounts]:
        """The counts of each course, of who is at the school."""
        asked = select(COUNT.c.course_id, COUNT.c.status, COUNT.c.people, COUNT.c.required)
        asked = asked.where(COUNT.c.school_id == self._school)
        if not self._is_counted:
            rows = course_counts(self._school, self._on).subquery()
            asked = select(rows.c.course_id, rows.c.status, rows.c.people, rows.c.required)
        counted: dict[str, list[tuple[int, int, int]]] = {}
        for course, *numbers in self._tx.execute(asked):
            counted.setdefault(course, []).append((numbers[0], numbers[1], numbers[2]))
        return {course: _counts(rows) for course, rows in counted.items()}

    def counts(self, wanted: WantedPeople) -> StatusCounts:
        """The people by status, of those whom the filters leave, whatever status is wanted."""
        if wanted.course and not wanted.narrows and not wanted.gone:
            return self.by_course().get(wanted.course, StatusCounts({}))
        if wanted.course:
            asked = self._of_course(
                wanted, status(self._on).label("status"), func.count(), func.sum(required(self._on))
            )
            return _counts(self._tx.execute(asked.group_by("status")))
        kept = self._kept()
        place = kept.c[f"{self._prefix}status"]
        asked = select(place, func.count(), literal(0)).where(kept.c.school_id == self._school)
        asked = asked.where(kept.c.is_here.is_not(wanted.gone))
        if wanted.narrows:
            asked = asked.where(kept.c.person_id.in_(self._stays(wanted, STAY.c.person_id)))
        return _counts(self._tx.execute(asked.group_by(place)))

    def rows(self, wanted: WantedPeople) -> Sequence[PersonStatus]:
        """The people by name, with their headline."""
        return [PersonStatus(*row) for row in self._tx.execute(_paged(self._people(wanted), wanted))]

    def matching(self, wanted: WantedPeople) -> Select[Any]:
        """The ids of these people, for another question."""
        if wanted.course:
            asked = self._of_course(wanted, STAY.c.person_id).where(_has(status(self._on), wanted.status))
            asked = asked.order_by(*BY_NAME)
        else:
            asked = self._people(wanted)
        return select(_paged(asked, wanted).subquery().c.person_id)

    def to_do(self, persons: Collection[str]) -> dict[str, list[ToDo]]:
        """The courses that these people still have to do, of those that count."""
        place = status(self._on)
        asked = enrolled(self._school, ENROLMENT.c.person_id, COURSE.c.title, place)
        asked = asked.where(ENROLMENT.c.person_id.in_(persons), place.not_in(DONE))
        if self.requires:
            asked = asked.where(is_required(self._on))
        left: dict[str, list[ToDo]] = {}
        for person, title, at in self._tx.execute(asked.order_by(ENROLMENT.c.since)):
            left.setdefault(person, []).append(ToDo(title, at))
        return {person: sorted(these, key=lambda one: plain(one.title)) for person, these in left.items()}

    def _kept(self) -> Any:
        return KEPT if self._is_counted else headlines(self._school, self._on).subquery()

    def _people(self, wanted: WantedPeople) -> Select[Any]:
        kept, names = self._kept(), ("status", "courses", "done")
        place, courses, done = (kept.c[f"{self._prefix}{name}"] for name in names)
        is_theirs = and_(kept.c.school_id == STAY.c.school_id, kept.c.person_id == STAY.c.person_id)
        asked = self._stays(wanted, STAY.c.person_id, STAY.c.name, place, courses, done).join(kept, is_theirs)
        return asked.where(_has(place, wanted.status)).order_by(*BY_NAME)

    def _stays(self, wanted: WantedPeople, *columns: Any) -> Select[Any]:
        return self._fitting(select(*columns).select_from(STAY).where(is_latest()), wanted)

    def _of_course(self, wanted: WantedPeople, *columns: Any) -> Select[Any]:
        asked = enrolled(self._school, *columns).where(ENROLMENT.c.course_id == wanted.course, is_latest())
        is_theirs = and_(STAY.c.person_id == ENROLMENT.c.person_id, STAY.c.school_id == ENROLMENT.c.school_id)
        return self._fitting(asked.join(STAY, is_theirs), wanted)

    def _fitting(self, asked: Select[Any], wanted: WantedPeople) -> Select[Any]:
        """Those who are at the school, or have left, as far as the filters leave them."""
        is_wanted = not_(is_here(self._on)) if wanted.gone else is_here(self._on)
        if wanted.search not in self._searched:
            self._searched[wanted.search] = found_once(self._tx, self._school, wanted.search)
        asked = asked.join(PERSON, PERSON.c.id == STAY.c.person_id)
        return asked.where(is_wanted, *self._searched[wanted.search], *in_team(wanted.team))


def _counts(rows: Iterable[Any]) -> StatusCounts:
    told = list(rows)
    return StatusCounts({at: people for at, people, _ in told}, sum(must for *_, must in told))


def _has(place: Any, wanted: str) -> ColumnElement[bool]:
    if wanted == UNFINISHED:
        return and_(place.not_in(DONE), place != NOTHING)
    if wanted == NO_COURSE:
        return place == NOTHING  # type: ignore[no-any-return]
    if wanted in KEYS:
        return place == KEYS.index(wanted)  # type: ignore[no-any-return]
    return false() if wanted else true()


def _paged(asked: Select[Any], wanted: WantedPeople) -> Select[Any]:
    return asked if wanted.limit is None else asked.offset(wanted.first).limit(wanted.limit)
