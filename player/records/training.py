"""Training records: an enrolment with its membership, its course and its registration, a row each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session as Transaction
from sqlalchemy.orm import defer

from player.alphabet import plain
from player.records.memberships import is_latest
from player.records.play_tables import RegistrationRow, SessionRow
from player.records.tables import Course, Enrolment, Membership, VersionRow


@dataclass(frozen=True, slots=True)
class TrainingRecord:
    """An enrolment with the person's membership of its school, its course, and its registration if any."""

    membership: Membership
    course: Course
    enrolment: Enrolment
    registration: RegistrationRow | None
    saved: datetime | None  # when the latest session last committed

    @property
    def is_begun(self) -> bool:
        """Whether anything has been delivered: a link that nobody has opened is no beginning."""
        return self.registration is not None and self.registration.attempts > 0

    @property
    def is_offered(self) -> bool:
        """Whether it can be taken: a retired course can be finished, and not begun."""
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
    """The records that match, by person and course; of enrolments that have ended only with `ended`."""
    wanted = (
        select(Membership, Course, Enrolment, RegistrationRow, SessionRow.last_commit)
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
    for column, value in (
        (Enrolment.school_id, school),
        (Enrolment.person_id, person),
        (Course.id, course),
        (RegistrationRow.id, registration),
    ):
        if value is not None:
            wanted = wanted.where(column == value)
    if not ended:
        wanted = wanted.where(Enrolment.ended.is_(None))
    return sorted((TrainingRecord(*row) for row in tx.execute(wanted)), key=_place)


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
