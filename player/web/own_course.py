"""A course of the learner's with all that its row and its page say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from player.playing.awards import is_done
from player.records import evidence, reporting, training
from player.records.database import Transaction
from player.records.training import TrainingRecord
from player.school import refreshers, statuses
from player.school.attempt_progress import attempt_progress
from player.school.optional_parts import OptionalPart, optional_parts
from player.school.progress import CourseProgress
from player.school.refreshers import Offer, Refreshers, Renewed
from player.school.report import objectives
from player.school.tries import UNLIMITED, Tries, tries
from player.web.context import registrar, today
from player.web.signing import has_left


@dataclass(frozen=True, slots=True)
class OwnCourse:
    """A course of the learner's, with the data of its row and its panel.

    `refresher` renews it, and `renews` are the courses that it renews itself; `renewed_on` is the day on
    which a refresher was what renewed it last.
    """

    record: TrainingRecord
    minutes: int | None
    progress: CourseProgress | None = None
    tries: Tries = UNLIMITED
    is_attempt_done: bool = False  # of an attempt that is open
    school: str | None = None  # in its address, for somebody of several schools
    refresher: Offer | None = None
    is_refresher_open: bool = False  # an attempt at it
    renewed_on: date | None = None
    renews: Sequence[Renewed] = ()
    optional: Sequence[OptionalPart] = ()
    has_left: bool = False  # the school
    is_optional: bool = False  # at a school that requires other courses of the learner

    @property
    def status(self) -> statuses.Status:
        return statuses.status_of_record(self.record)

    @property
    def is_done(self) -> bool:
        return self.status in statuses.DONE

    @property
    def is_urgent(self) -> bool:
        """Due soon, or overdue: it is to be taken again, or renewed."""
        return self.status in (statuses.DUE_SOON, statuses.OVERDUE)

    @property
    def is_taken_back(self) -> bool:
        """The school has taken the course back from the learner."""
        return self.record.enrolment.ended is not None

    @property
    def is_overdue(self) -> bool:
        return self.status is statuses.OVERDUE

    @property
    def is_renewable(self) -> bool:
        """True where a refresher renews it at present."""
        return self.refresher is not None and self.refresher.is_open

    @property
    def is_to_do(self) -> bool:
        """Not done, or to be taken again."""
        return self.is_urgent or not self.is_done

    @property
    def status_here(self) -> statuses.Status:
        """The status in the course itself, whatever was completed elsewhere."""
        return statuses.status_of(self.record.registration)

    @property
    def done(self) -> date | datetime | None:
        """The day on which it was completed last."""
        registration = self.record.registration
        return self.record.done or (registration.completed if registration else None)

    @property
    def is_open(self) -> bool:
        """True where an attempt has begun that the learner can continue."""
        registration = self.record.registration
        return registration is not None and registration.state in ("running", "suspended")

    @property
    def is_under_way(self) -> bool:
        """An attempt is open that can still complete it."""
        return self.is_open and not self.is_attempt_done and not self.tries.used_up

    @property
    def starts_anew(self) -> bool:
        """True where taking it again needs a new attempt: this one can complete nothing more."""
        is_over = not self.is_open or self.is_attempt_done
        return self.status_here is statuses.COMPLETED and is_over


def own_courses(tx: Transaction, records: Sequence[TrainingRecord]) -> list[OwnCourse]:
    """The courses of these records of one person; of somebody of several schools with the school."""
    minutes = training.minutes(tx)
    at = {record.membership.school_id: record.membership.school for record in records}
    known = {id_: refreshers.at_school(tx, id_, today(school)) for id_, school in at.items()}
    return [
        own_course(tx, record, minutes, records, known[record.membership.school_id], several=len(at) > 1)
        for record in records
    ]


def own_course(
    tx: Transaction,
    record: TrainingRecord,
    minutes: dict[str, int],
    records: Sequence[TrainingRecord],
    known: Refreshers,
    *,
    several: bool,
) -> OwnCourse:
    """The course of one of a person's records; `known` are the refreshers of its school."""
    there = {
        each.course.id: each for each in records if each.enrolment.school_id == record.enrolment.school_id
    }
    is_gone = has_left(record.membership)
    offer = None if is_gone or record.enrolment.ended is not None else known.of(record)
    taken = there.get(offer.refresher.id) if offer else None
    is_renewed = taken is not None and taken.done is not None and taken.done == record.done
    renews = [
        Renewed(each.course, told.until)
        for each in there.values()
        if (told := known.of(each)) and told.is_open and told.refresher.id == record.course.id
    ]
    counted, progress, is_done = _attempt(tx, record, minutes)
    return OwnCourse(
        record,
        minutes.get(record.course.id),
        progress,
        counted,
        is_done,
        record.membership.school_id if several else None,
        offer,
        taken is not None and _is_under_way(tx, taken),
        record.done if is_renewed else None,
        renews,
        _optional(tx, record),
        is_gone,
        not record.is_required and not renews and any(each.is_required for each in there.values()),
    )


def _attempt(
    tx: Transaction, record: TrainingRecord, minutes: dict[str, int]
) -> tuple[Tries, CourseProgress | None, bool]:
    """The tries of a registration, and of an open attempt its progress and whether it is done."""
    registration = record.registration
    if registration is None:
        return UNLIMITED, None, False
    version = registrar().versions.get(registration.version_id)
    counted = tries(tx, version, registration)
    if registration.state not in ("running", "suspended"):
        return counted, None, False
    latest = reporting.attempts(tx, registration.id)[0]
    progress = attempt_progress(tx, version, registration, latest, minutes.get(record.course.id))
    return counted, progress, is_done(latest.result)


def _optional(tx: Transaction, record: TrainingRecord) -> tuple[OptionalPart, ...]:
    """The optional parts of the course, as far as they have come."""
    registration = record.registration
    version = registrar().versions.get(registration.version_id) if registration else None
    if registration is None or version is None or not version.optional_parts:
        return ()
    attempts = reporting.attempts(tx, registration.id)
    states = [states for _, states in reporting.activities(tx, attempts[0].id)] if attempts else []
    done = evidence.days_of(tx, registration.id, [part.optional for part in version.optional_parts])
    return optional_parts(version.parts, objectives(states[0]) if states else (), done)


def _is_under_way(tx: Transaction, record: TrainingRecord) -> bool:
    registration = record.registration
    if registration is None or registration.state not in ("running", "suspended"):
        return False
    return not is_done(reporting.attempts(tx, registration.id)[0].result)
