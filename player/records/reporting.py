"""The records as they are told: registrations with their attempts, activities and answers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction

from player.records.tables import (
    ActivityRow,
    AttemptRow,
    Enrolment,
    Person,
    RegistrationRow,
    School,
    SessionRow,
    VersionRow,
)

ANSWERED = '%"cmi.interactions.0.id":%'  # the key as our own text has it, which no value can hold unescaped


@dataclass(frozen=True, slots=True)
class ReportedRegistration:
    """One registration, with whose it is and which version it is on."""

    registration: RegistrationRow
    enrolment: Enrolment
    person: Person
    version: VersionRow


def registrations(
    tx: Transaction,
    *,
    course: str | None = None,
    learner: str | None = None,
    school: str | None = None,
) -> list[ReportedRegistration]:
    """The registrations of a course, a learner, a school of that name; by course, learner and start."""
    wanted = (
        select(RegistrationRow, Enrolment, Person, VersionRow)
        .join(Enrolment, Enrolment.id == RegistrationRow.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .join(VersionRow, VersionRow.id == RegistrationRow.version_id)
        .order_by(Enrolment.course_id, Person.learner_id, Enrolment.since, RegistrationRow.id)
    )
    if course is not None:
        wanted = wanted.where(Enrolment.course_id == course)
    if learner is not None:
        wanted = wanted.where(Person.learner_id == learner)
    if school is not None:
        wanted = wanted.join(School, School.id == Person.school_id).where(School.name == school)
    return [ReportedRegistration(*row) for row in tx.execute(wanted)]


def attempts(tx: Transaction, registration: str) -> list[AttemptRow]:
    """All tries, the first one first."""
    wanted = select(AttemptRow).where(AttemptRow.registration_id == registration).order_by(AttemptRow.number)
    return list(tx.scalars(wanted))


def activities(tx: Transaction, attempt: str) -> list[tuple[ActivityRow, list[str]]]:
    """What an attempt has touched, each with the run-time data that hold its answers: last those of the
    session that spoke last, before them those of each session that the next one did not go on from."""
    wanted = (
        select(ActivityRow, SessionRow.values)
        .outerjoin(SessionRow, SessionRow.id == ActivityRow.session_id)
        .where(ActivityRow.attempt_id == attempt)
    )
    earlier = _left_behind(tx, attempt)
    return [
        (activity, [*earlier.get(activity.item, ()), values or "{}"])
        for activity, values in tx.execute(wanted)
    ]


def _left_behind(tx: Transaction, attempt: str) -> dict[str | None, list[str]]:
    """SCORM 2004 begins an activity anew with nothing: what was answered before stays in its sessions."""
    asked = (
        SessionRow.item,
        SessionRow.id,
        SessionRow.launch.like(ANSWERED),
        SessionRow.values.like(ANSWERED),
    )
    spoke = select(*asked).where(
        SessionRow.attempt_id == attempt, SessionRow.item.is_not(None), SessionRow.first_commit.is_not(None)
    )
    by_item: dict[str | None, list[tuple[str, bool, bool]]] = {}
    for item, session, at_first, at_last in tx.execute(spoke.order_by(SessionRow.ordinal)):
        by_item.setdefault(item, []).append((session, at_first, at_last))
    left = [
        before
        for sessions in by_item.values()
        for (before, _, answered), (_, goes_on, _) in pairwise(sessions)
        if answered and not goes_on
    ]
    found: dict[str | None, list[str]] = {}
    wanted = (
        select(SessionRow.item, SessionRow.values).where(SessionRow.id.in_(left)).order_by(SessionRow.ordinal)
    )
    for item, values in tx.execute(wanted) if left else ():
        found.setdefault(item, []).append(values)
    return found
