"""The records as they are told: registrations with their attempts, activities and answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction

from player.records import tables
from player.records.tables import Activity, Attempt, Enrolment, Person, Registration, Session, Version


@dataclass(frozen=True, slots=True)
class Entry:
    """One registration, with whose it is and which version it is on."""

    registration: Registration
    enrolment: Enrolment
    person: Person
    version: Version


def registrations(
    tx: Transaction,
    *,
    course: str | None = None,
    learner: str | None = None,
    ids: Iterable[str] | None = None,
) -> list[Entry]:
    """The registrations of a course, of a learner, or of both; by course, learner and start."""
    wanted = (
        select(Registration, Enrolment, Person, Version)
        .join(Enrolment, Enrolment.id == Registration.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Version, Version.id == Registration.version_id)
        .order_by(Enrolment.course_id, Person.learner_id, Enrolment.since, Registration.id)
    )
    if course is not None:
        wanted = wanted.where(Enrolment.course_id == course)
    if learner is not None:
        wanted = wanted.where(Person.learner_id == learner)
    if ids is not None:
        wanted = wanted.where(Registration.id.in_(list(ids)))
    return [Entry(*row) for row in tx.execute(wanted)]


def attempts(tx: Transaction, registration: str) -> list[Attempt]:
    """All tries, the first one first."""
    wanted = select(Attempt).where(Attempt.registration_id == registration).order_by(Attempt.number)
    return list(tx.scalars(wanted))


def activities(tx: Transaction, attempt: str) -> list[tuple[Activity, str]]:
    """What an attempt has touched, with the run-time data of the session that spoke last for each."""
    wanted = (
        select(Activity, Session.values)
        .outerjoin(Session, Session.id == Activity.session_id)
        .where(Activity.attempt_id == attempt)
    )
    return [(activity, values or "{}") for activity, values in tx.execute(wanted)]


def sessions(tx: Transaction, registration: str) -> list[tables.Session]:
    """Every launch of a registration, the first one first."""
    wanted = select(Session).where(Session.registration_id == registration).order_by(Session.ordinal)
    return list(tx.scalars(wanted))
