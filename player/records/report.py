"""The records as they are told: registrations with their attempts, activities and answers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction

from player.records.tables import Activity, Attempt, Enrolment, Person, Registration, School, Session, Version

ANSWERED = '%"cmi.interactions.0.id":%'  # the key as our own text has it, which no value can hold unescaped


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
    school: str | None = None,
) -> list[Entry]:
    """The registrations of a course, a learner, a school of that name; by course, learner and start."""
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
    if school is not None:
        wanted = wanted.join(School, School.id == Person.school_id).where(School.name == school)
    return [Entry(*row) for row in tx.execute(wanted)]


def attempts(tx: Transaction, registration: str) -> list[Attempt]:
    """All tries, the first one first."""
    wanted = select(Attempt).where(Attempt.registration_id == registration).order_by(Attempt.number)
    return list(tx.scalars(wanted))


def activities(tx: Transaction, attempt: str) -> list[tuple[Activity, list[str]]]:
    """What an attempt has touched, each with the run-time data that hold its answers: last those of the
    session that spoke last, before them those of each session that the next one did not go on from."""
    wanted = (
        select(Activity, Session.values)
        .outerjoin(Session, Session.id == Activity.session_id)
        .where(Activity.attempt_id == attempt)
    )
    earlier = _left_behind(tx, attempt)
    return [
        (activity, [*earlier.get(activity.item, ()), values or "{}"])
        for activity, values in tx.execute(wanted)
    ]


def _left_behind(tx: Transaction, attempt: str) -> dict[str | None, list[str]]:
    """SCORM 2004 begins an activity anew with nothing: what was answered before stays in its sessions."""
    asked = (Session.item, Session.id, Session.launch.like(ANSWERED), Session.values.like(ANSWERED))
    spoke = select(*asked).where(
        Session.attempt_id == attempt, Session.item.is_not(None), Session.first_commit.is_not(None)
    )
    by_item: dict[str | None, list[tuple[str, bool, bool]]] = {}
    for item, session, at_first, at_last in tx.execute(spoke.order_by(Session.ordinal)):
        by_item.setdefault(item, []).append((session, at_first, at_last))
    left = [
        before
        for sessions in by_item.values()
        for (before, _, answered), (_, goes_on, _) in pairwise(sessions)
        if answered and not goes_on
    ]
    found: dict[str | None, list[str]] = {}
    wanted = select(Session.item, Session.values).where(Session.id.in_(left)).order_by(Session.ordinal)
    for item, values in tx.execute(wanted) if left else ():
        found.setdefault(item, []).append(values)
    return found
