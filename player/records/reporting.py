"""Registrations with their attempts, activities, sessions and answers, as pages and reports show them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import and_, select
from sqlalchemy.orm import Session as Transaction
from sqlalchemy.orm import defer

from player.playing.run_time_state import StateTexts
from player.records import session_records
from player.records.memberships import is_latest
from player.records.play_tables import ActivityRow, AttemptRow, FreshStart, RegistrationRow, SessionRow
from player.records.tables import Enrolment, Membership, Person, School, VersionRow


def attempts(tx: Transaction, registration: str) -> Sequence[AttemptRow]:
    """All attempts, the latest first."""
    wanted = (
        select(AttemptRow)
        .where(AttemptRow.registration_id == registration)
        .order_by(AttemptRow.number.desc())
    )
    return tx.scalars(wanted).all()


def attempts_of(tx: Transaction, registrations: Collection[str]) -> dict[str, list[AttemptRow]]:
    """All attempts of these registrations, the latest first."""
    wanted = select(AttemptRow).where(AttemptRow.registration_id.in_(registrations))
    found: dict[str, list[AttemptRow]] = {one: [] for one in registrations}
    for row in tx.scalars(wanted.order_by(AttemptRow.number.desc())):
        found[row.registration_id].append(row)
    return found


def current_item(tx: Transaction, registration: RegistrationRow) -> str | None:
    """The item that the latest session was in."""
    return tx.scalar(select(SessionRow.item).where(SessionRow.id == registration.session_id))


def sessions(tx: Transaction, registration: str) -> list[SessionRow]:
    """All sessions, the first one first, without the data that only replay needs."""
    wanted = select(SessionRow).where(SessionRow.registration_id == registration).order_by(SessionRow.ordinal)
    return list(tx.scalars(wanted.options(defer(SessionRow.launch), defer(SessionRow.values))))


def fresh_starts(tx: Transaction, registration: str) -> list[tuple[datetime, str]]:
    """The fresh starts of a registration, the first one first: when each was given, and by whom."""
    wanted = select(FreshStart.given, Person.name).join(Person, Person.id == FreshStart.person_id)
    rows = tx.execute(wanted.where(FreshStart.registration_id == registration).order_by(FreshStart.given))
    return [(given, name) for given, name in rows]


FIRST_ANSWER = "cmi.interactions.0"
ANSWERED = f'%"{FIRST_ANSWER}.id":%'  # the key as our own text has it, which no value can hold unescaped
NO_STATE = StateTexts("{}")
Activities = list[tuple[ActivityRow, list[StateTexts]]]


@dataclass(frozen=True, slots=True)
class ReportedRegistration:
    """A registration with its enrolment, its learner's membership and the version that it is on."""

    registration: RegistrationRow
    enrolment: Enrolment
    membership: Membership
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
        select(RegistrationRow, Enrolment, Membership, VersionRow)
        .join(Enrolment, Enrolment.id == RegistrationRow.enrolment_id)
        .join(
            Membership,
            and_(Membership.person_id == Enrolment.person_id, Membership.school_id == Enrolment.school_id),
        )
        .join(VersionRow, VersionRow.id == RegistrationRow.version_id)
        .where(is_latest())
        .order_by(Enrolment.course_id, Membership.staff_id, Enrolment.since, RegistrationRow.id)
    )
    if course is not None:
        wanted = wanted.where(Enrolment.course_id == course)
    if learner is not None:
        wanted = wanted.where(Membership.staff_id == learner)
    if school is not None:
        wanted = wanted.join(School, School.id == Enrolment.school_id).where(School.name == school)
    return [ReportedRegistration(*row) for row in tx.execute(wanted)]


def activities(tx: Transaction, attempt: str) -> Activities:
    """The activities of an attempt, each with the run-time data that hold its answers: those of the session
    that spoke last, and before them those of each session that the next one did not go on from."""
    return activities_of(tx, [attempt])[attempt]


def activities_of(tx: Transaction, attempts: Collection[str]) -> dict[str, Activities]:
    """The same of these attempts, in four queries."""
    rows = tx.scalars(select(ActivityRow).where(ActivityRow.attempt_id.in_(attempts))).all()
    earlier = _left_behind(tx, attempts)
    latest = [row.session_id for row in rows if row.session_id is not None]
    states = _states(tx, [*latest, *(session for of_item in earlier.values() for session in of_item)])
    found: dict[str, Activities] = {attempt: [] for attempt in attempts}
    for row in rows:
        spoke = (*earlier.get((row.attempt_id, row.item), ()), row.session_id or "")
        found[row.attempt_id].append((row, [states.get(session, NO_STATE) for session in spoke]))
    return found


def _states(tx: Transaction, sessions: Collection[str]) -> dict[str, StateTexts]:
    records = session_records.of_sessions(tx.connection(), sessions)
    wanted = select(SessionRow.id, SessionRow.values).where(SessionRow.id.in_(sessions))
    return {
        session: StateTexts(values, records.get(session, {}).values())
        for session, values in (tx.execute(wanted) if sessions else ())
    }


def _left_behind(tx: Transaction, attempts: Collection[str]) -> dict[tuple[str, str | None], list[str]]:
    """Earlier sessions with answers, by attempt and item: SCORM 2004 begins an activity anew with nothing, so
    its answers stay there."""
    asked = (
        SessionRow.attempt_id,
        SessionRow.item,
        SessionRow.id,
        SessionRow.launch.like(ANSWERED),
        session_records.has_record(FIRST_ANSWER),
    )
    spoke = select(*asked).where(
        SessionRow.attempt_id.in_(attempts),
        SessionRow.item.is_not(None),
        SessionRow.first_commit.is_not(None),
    )
    by_item: dict[tuple[str, str | None], list[tuple[str, bool, bool]]] = {}
    for attempt, item, session, at_first, at_last in tx.execute(spoke.order_by(SessionRow.ordinal)):
        by_item.setdefault((attempt, item), []).append((session, at_first, at_last))
    return {
        key: [
            before
            for (before, _, answered), (_, goes_on, _) in pairwise(sessions)
            if answered and not goes_on
        ]
        for key, sessions in by_item.items()
    }
