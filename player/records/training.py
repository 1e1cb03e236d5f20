"""Training records: an enrolment with its membership, its course and its registration, a row each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, false, func, or_, select
from sqlalchemy.orm import Session as Transaction
from sqlalchemy.orm import defer

from player.alphabet import plain
from player.records.due_tables import DueRow
from player.records.memberships import is_latest
from player.records.play_tables import RegistrationRow, SessionRow
from player.records.tables import Course, Enrolment, Membership, VersionRow


@dataclass(frozen=True, slots=True)
class TrainingRecord:
    """An enrolment with the person's membership of its school, its course, and its registration if any.

    `counts` is the day of the latest evidence that the school sees, while it holds (as the table of due days
    has it): also an external record, and what the person shows from another school.
    """

    membership: Membership
    course: Course
    enrolment: Enrolment
    registration: RegistrationRow | None
    saved: datetime | None  # when the latest session last committed
    counts: date | None = None

    @property
    def is_begun(self) -> bool:
        """Whether anything has been delivered: a link that nobody has opened is no beginning."""
        return self.registration is not None and self.registration.attempts > 0

    @property
    def elsewhere(self) -> date | None:
        """The day of evidence that holds, where the enrolment itself is not completed."""
        is_done_here = self.registration is not None and self.registration.completed is not None
        return None if is_done_here else self.counts

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
    on: date | None = None,
) -> list[TrainingRecord]:
    """The records that match, by person and course; of enrolments that have ended only with `ended`, and with
    the evidence that holds on a day only where it is named."""
    holds = and_(
        DueRow.school_id == Enrolment.school_id,
        DueRow.person_id == Enrolment.person_id,
        DueRow.course_id == Enrolment.course_id,
        or_(DueRow.due.is_(None), DueRow.due >= on) if on is not None else false(),
    )
    wanted = (
        select(Membership, Course, Enrolment, RegistrationRow, SessionRow.last_commit, DueRow.done)
        .join(
            Enrolment,
            and_(Enrolment.person_id == Membership.person_id, Enrolment.school_id == Membership.school_id),
        )
        .join(Course, Course.id == Enrolment.course_id)
        .outerjoin(RegistrationRow, RegistrationRow.enrolment_id == Enrolment.id)
        .outerjoin(SessionRow, SessionRow.id == RegistrationRow.session_id)
        .outerjoin(DueRow, holds)
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
