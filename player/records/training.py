"""Who takes which course and how it stands: one row an enrolment, for learners, managers and exports."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session as Transaction
from sqlalchemy.orm import defer

from player.records.alphabet import plain
from player.records.tables import (
    AttemptRow,
    Course,
    Enrolment,
    FreshStart,
    Person,
    RegistrationRow,
    SessionRow,
    VersionRow,
)


@dataclass(frozen=True, slots=True)
class TrainingRecord:
    """An enrolment with its person and course, and the registration where it has been started."""

    person: Person
    course: Course
    enrolment: Enrolment
    registration: RegistrationRow | None
    saved: datetime | None  # when the latest session last committed

    @property
    def is_begun(self) -> bool:
        """A link that nobody has opened is no beginning."""
        return self.registration is not None and self.registration.attempts > 0

    @property
    def is_offered(self) -> bool:
        """A retired course can be finished, and not begun."""
        return self.course.retired is None or self.is_begun


def records(
    tx: Transaction,
    *,
    school: str | None = None,
    person: str | None = None,
    course: str | None = None,
    registration: str | None = None,
    ended: bool = False,
) -> list[TrainingRecord]:
    """By person and course; enrolments that have ended only where they are asked for."""
    wanted = (
        select(Person, Course, Enrolment, RegistrationRow, SessionRow.last_commit)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .join(Course, Course.id == Enrolment.course_id)
        .outerjoin(RegistrationRow, RegistrationRow.enrolment_id == Enrolment.id)
        .outerjoin(SessionRow, SessionRow.id == RegistrationRow.session_id)
        .options(defer(RegistrationRow.tree), defer(RegistrationRow.stores))
    )
    for column, value in (
        (Person.school_id, school),
        (Person.id, person),
        (Course.id, course),
        (RegistrationRow.id, registration),
    ):
        if value is not None:
            wanted = wanted.where(column == value)
    if not ended:
        wanted = wanted.where(Enrolment.ended.is_(None))
    found = [TrainingRecord(*row) for row in tx.execute(wanted)]
    return sorted(found, key=_place)


def _place(record: TrainingRecord) -> tuple[str, str, str, datetime]:
    return plain(record.person.name), record.person.id, plain(record.course.title), record.enrolment.since


def minutes(tx: Transaction) -> dict[str, int]:
    """How long each course's newest version takes, where its package says so."""
    newest = select(VersionRow.course_id, func.max(VersionRow.number).label("number")).group_by(
        VersionRow.course_id
    )
    latest = newest.subquery()
    wanted = select(VersionRow.course_id, VersionRow.minutes).join(
        latest, (latest.c.course_id == VersionRow.course_id) & (latest.c.number == VersionRow.number)
    )
    return {course: length for course, length in tx.execute(wanted) if length}


def attempts(tx: Transaction, registration: str) -> Sequence[AttemptRow]:
    """All tries, the latest first."""
    wanted = (
        select(AttemptRow)
        .where(AttemptRow.registration_id == registration)
        .order_by(AttemptRow.number.desc())
    )
    return tx.scalars(wanted).all()


def current_item(tx: Transaction, registration: RegistrationRow) -> str | None:
    """The item that the latest session was in."""
    return tx.scalar(select(SessionRow.item).where(SessionRow.id == registration.session_id))


def sessions(tx: Transaction, registration: str) -> list[SessionRow]:
    """Every launch, the first one first, without what is only there to replay it."""
    wanted = select(SessionRow).where(SessionRow.registration_id == registration).order_by(SessionRow.ordinal)
    return list(tx.scalars(wanted.options(defer(SessionRow.launch), defer(SessionRow.values))))


def fresh_starts(tx: Transaction, registration: str) -> list[tuple[datetime, str]]:
    """When every try was given again, and by whom; the first one first."""
    wanted = select(FreshStart.given, Person.name).join(Person, Person.id == FreshStart.person_id)
    found = tx.execute(wanted.where(FreshStart.registration_id == registration).order_by(FreshStart.given))
    return [(given, name) for given, name in found]


def entitled(tx: Transaction, courses: Collection[str]) -> set[tuple[str, str]]:
    """Who may take which of these courses now: person and course."""
    wanted = select(Enrolment.person_id, Enrolment.course_id)
    wanted = wanted.where(Enrolment.course_id.in_(courses), Enrolment.ended.is_(None))
    return {(person, course) for person, course in tx.execute(wanted)}


def enrolled(tx: Transaction) -> dict[str, int]:
    """How many people are enrolled on each course now."""
    wanted = select(Enrolment.course_id, func.count()).where(Enrolment.ended.is_(None))
    return dict(tx.execute(wanted.group_by(Enrolment.course_id)).all())
