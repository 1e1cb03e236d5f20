"""Training records: an enrolment with its membership, its course and its registration, a row each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Select, and_, func, literal, null, select
from sqlalchemy.orm import Session as Transaction
from sqlalchemy.orm import defer

from player.alphabet import plain
from player.compliance import Standing
from player.compliance.view import URGENCY
from player.records.due_tables import DueRow
from player.records.memberships import is_latest
from player.records.play_tables import RegistrationRow, SessionRow
from player.records.tables import Course, Enrolment, Membership, VersionRow
from player.records.urgency import NOT_REQUIRED, urgency

STREAMED = 500  # rows that a download reads at a time


@dataclass(frozen=True, slots=True)
class TrainingRecord:
    """An enrolment with the person's membership of its school, its course, and its registration if any.

    `standing`, `done` and `due` are those of the table of due days, where the record was asked for a day:
    `done` is the day of the latest evidence that the school sees, also an external record, what the person
    shows from another school, and a refresher.
    """

    membership: Membership
    course: Course
    enrolment: Enrolment
    registration: RegistrationRow | None
    saved: datetime | None  # when the latest session last committed
    done: date | None = None
    due: date | None = None
    standing: Standing = Standing.NOT_REQUIRED
    holds: bool = False  # on that day

    @property
    def is_begun(self) -> bool:
        """True where anything has been delivered: a link that nobody has opened is no beginning."""
        return self.registration is not None and self.registration.attempts > 0

    @property
    def is_required(self) -> bool:
        return self.standing is not Standing.NOT_REQUIRED

    @property
    def elsewhere(self) -> date | None:
        """The day of evidence that holds, where the enrolment itself is not completed."""
        is_done_here = self.registration is not None and self.registration.completed is not None
        return self.done if self.holds and not is_done_here else None

    @property
    def is_offered(self) -> bool:
        """True where it can be taken: a retired course can be finished, and not begun."""
        return self.course.retired is None or self.is_begun


def records(
    tx: Transaction,
    *,
    school: str | None = None,
    person: str | None = None,
    persons: Select[Any] | None = None,
    course: str | None = None,
    registration: str | None = None,
    ended: bool = False,
    on: date | None = None,
) -> list[TrainingRecord]:
    """The records that match, by person and course; `persons` is a question for their ids. Of enrolments
    that have ended only with `ended`, and with the standing of a day only where it is named."""
    wanted = _asked(on, school=school, course=course, persons=persons, ended=ended)
    for column, value in ((Enrolment.person_id, person), (RegistrationRow.id, registration)):
        if value is not None:
            wanted = wanted.where(column == value)
    return sorted((_record(*row, on=on) for row in tx.execute(wanted)), key=_place)


def stream(
    tx: Transaction,
    school: str,
    *,
    persons: Select[Any] | None = None,
    course: str | None = None,
    ended: bool = False,
    on: date | None = None,
) -> Iterator[TrainingRecord]:
    """The same of a school, a person at a time, for a download: no more than some people are in memory."""
    wanted = _asked(on, school=school, course=course, persons=persons, ended=ended)
    wanted = wanted.order_by(Membership.plain_name, Membership.person_id)
    rows = (_record(*row, on=on) for row in tx.execute(wanted.execution_options(yield_per=STREAMED)))
    for _, of_person in groupby(rows, lambda record: record.membership.person_id):
        yield from sorted(of_person, key=_place)


def _asked(
    on: date | None, *, school: str | None, course: str | None, persons: Select[Any] | None, ended: bool
) -> Select[Any]:
    is_its = and_(
        DueRow.school_id == Enrolment.school_id,
        DueRow.person_id == Enrolment.person_id,
        DueRow.course_id == Enrolment.course_id,
    )
    stands: tuple[Any, ...] = (null(), null(), literal(NOT_REQUIRED))
    if on is not None:
        stands = (DueRow.done, DueRow.due, urgency(on))
    wanted: Select[Any] = (
        select(Membership, Course, Enrolment, RegistrationRow, SessionRow.last_commit)
        .add_columns(*stands)
        .join(
            Enrolment,
            and_(Enrolment.person_id == Membership.person_id, Enrolment.school_id == Membership.school_id),
        )
        .join(Course, Course.id == Enrolment.course_id)
        .outerjoin(RegistrationRow, RegistrationRow.enrolment_id == Enrolment.id)
        .outerjoin(SessionRow, SessionRow.id == RegistrationRow.session_id)
        .where(is_latest())
        .options(defer(RegistrationRow.tree), defer(RegistrationRow.stores))
    )
    if on is not None:
        wanted = wanted.outerjoin(DueRow, is_its)
    if not ended:
        wanted = wanted.where(Enrolment.ended.is_(None))
    if school is not None:
        wanted = wanted.where(Enrolment.school_id == school)
    if course is not None:
        wanted = wanted.where(Course.id == course)
    return wanted if persons is None else wanted.where(Enrolment.person_id.in_(persons))


def _record(*row: Any, on: date | None) -> TrainingRecord:
    membership, course, enrolment, registration, saved, done, due, place = row
    holds = done is not None and (due is None or on is None or due >= on)
    return TrainingRecord(
        membership, course, enrolment, registration, saved, done, due, URGENCY[place], holds
    )


def _place(record: TrainingRecord) -> tuple[str, str, str, datetime]:
    return (
        plain(record.membership.name),
        record.membership.person_id,
        plain(record.course.title),
        record.enrolment.since,
    )


def minutes(tx: Transaction) -> dict[str, int]:
    """The minutes that each course's newest version takes, where its package says so."""
    newest = select(VersionRow.course_id, func.max(VersionRow.number).label("number")).group_by(
        VersionRow.course_id
    )
    latest = newest.subquery()
    wanted = select(VersionRow.course_id, VersionRow.minutes).join(
        latest, (latest.c.course_id == VersionRow.course_id) & (latest.c.number == VersionRow.number)
    )
    return {course: length for course, length in tx.execute(wanted) if length}
