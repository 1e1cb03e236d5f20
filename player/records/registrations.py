"""A registration read from its rows: four by key, and the records of its session, however long its log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec.structs import replace
from sqlalchemy import (
    Column,
    Connection,
    ScalarSelect,
    Select,
    Table,
    and_,
    bindparam,
    func,
    select,
)

from player.playing.values import ActivityResult, Attempt, Registration, Session
from player.records import play_tables, session_records, tables
from player.records.columns import length, table
from player.records.result_columns import RESULT, result_of

REGISTRATION, ATTEMPT = table(play_tables.RegistrationRow), table(play_tables.AttemptRow)
ACTIVITY, SESSION = table(play_tables.ActivityRow), table(play_tables.SessionRow)
ENROLMENT, MEMBERSHIP = table(tables.Enrolment), table(tables.Membership)


def _columns(of: Table, *names: str) -> list[Column[Any]]:
    return [of.c[name] for name in names]


OF_REGISTRATION = ("version_id", "state", "started", "completed", "tree", "stores", "attempts", "sessions")
OF_ATTEMPT = ("id", "number", "state", "started", "ended")
OF_SESSION = (
    *("id", "attempt_id", "version_id", "item", "page", "ordinal", "started", "launch", "values", "draws"),
    *("cause", "have", "first_commit", "last_commit", "objectives", "awarded", "notes"),
)
OF_ACTIVITY = ("item", "title")
_R, _A, _S = len(OF_REGISTRATION), len(OF_ATTEMPT), len(OF_SESSION)
_RESULT_ = len(RESULT)
NOBODY: Mapping[str, Any] = {}


def membership_of_enrolment() -> ScalarSelect[Any]:
    """The id of the learner's latest stay at the school that has enrolled them."""
    stay = MEMBERSHIP.alias()
    same = (stay.c.person_id == ENROLMENT.c.person_id) & (stay.c.school_id == ENROLMENT.c.school_id)
    latest = select(stay.c.id).where(same).order_by(stay.c.since.desc()).limit(1)
    return latest.correlate(ENROLMENT).scalar_subquery()


_REGISTRATION: Select[Any] = (
    select(
        *_columns(REGISTRATION, "id", "session_id", *OF_REGISTRATION, *RESULT),
        *_columns(MEMBERSHIP, "staff_id", "name"),
        *_columns(SESSION, *OF_SESSION),
        *_columns(ATTEMPT, *OF_ATTEMPT, *RESULT),
        *_columns(ACTIVITY, "session_id", *OF_ACTIVITY, *RESULT),
    )
    .select_from(REGISTRATION)
    .join(ENROLMENT, ENROLMENT.c.id == REGISTRATION.c.enrolment_id)
    .join(MEMBERSHIP, MEMBERSHIP.c.id == membership_of_enrolment())
    .outerjoin(
        SESSION,
        and_(SESSION.c.id == bindparam("session"), SESSION.c.registration_id == REGISTRATION.c.id),
    )
    .outerjoin(ATTEMPT, ATTEMPT.c.id == SESSION.c.attempt_id)
    .outerjoin(ACTIVITY, and_(ACTIVITY.c.attempt_id == ATTEMPT.c.id, ACTIVITY.c.item == SESSION.c.item))
    .where(REGISTRATION.c.id == bindparam("registration"))
)
_CURRENT = (
    select(REGISTRATION.c.session_id).where(REGISTRATION.c.id == bindparam("registration")).with_for_update()
)
_ACTIVITIES = select(*_columns(ACTIVITY, "session_id", *OF_ACTIVITY, *RESULT)).where(
    ACTIVITY.c.attempt_id == bindparam("attempt")
)
_SIZES = select(SESSION.c.id, length(SESSION.c["values"]) + session_records.characters()).where(
    SESSION.c.attempt_id == bindparam("attempt")
)
_ONE_SESSION = select(*_columns(SESSION, *OF_SESSION)).where(SESSION.c.id == bindparam("session"))


def load(tx: Connection, registration: str) -> Registration:
    """A registration with its latest session.

    Nobody else can change it until the transaction ends: SQLite has one writer, PostgreSQL locks the row, in
    a statement of its own, because a join would still show the other tables as they were before the wait.
    """
    session = tx.execute(_CURRENT, {"registration": registration}).scalar()
    known = _load(tx, registration, session)
    if known is None:
        raise LookupError(f"there is no registration {registration}")
    return known


def load_session(tx: Connection, registration: str, session: str) -> Registration | None:
    """A registration with a session of it, under the same lock; `session` is None where it has no such
    one."""
    if tx.dialect.name != "sqlite":
        tx.execute(_CURRENT, {"registration": registration})
    return _load(tx, registration, session)


def _load(tx: Connection, registration: str, session: str | None) -> Registration | None:
    row: Any = tx.execute(_REGISTRATION, {"registration": registration, "session": session}).first()
    if row is None:
        return None
    known = _registration(row)
    return replace(known, session=_with_records(tx, known.session)) if known.session else known


def _registration(row: Sequence[Any]) -> Registration:
    at = 2 + _R + _RESULT_
    own = dict(zip(OF_REGISTRATION, row[2 : 2 + _R], strict=True))
    session_row = row[at + 2 : at + 2 + _S]
    at += 2 + _S
    attempt_row, activity_row = row[at : at + _A + _RESULT_], row[at + _A + _RESULT_ :]
    session = _session(session_row) if session_row[0] is not None else None
    activity = _activity(activity_row) if activity_row[1] is not None else None
    return Registration(
        id=row[0],
        current=row[1],
        version=own.pop("version_id"),
        learner_id=row[at - 2 - _S],
        learner_name=row[at - 1 - _S],
        result=result_of(row[2 + _R : 2 + _R + _RESULT_]),
        session=session,
        attempt=_attempt(attempt_row) if session else None,
        activities={activity.item: activity} if activity else {},
        **own,
    )


def activities(tx: Connection, attempt: str) -> dict[str, ActivityResult]:
    """Every activity that an attempt has touched, by item."""
    rows = tx.execute(_ACTIVITIES, {"attempt": attempt})
    return {activity.item: activity for activity in map(_activity, rows)}


def one_session(tx: Connection, session: str) -> Session | None:
    """A session by its id."""
    row = tx.execute(_ONE_SESSION, {"session": session}).first()
    return _with_records(tx, _session(row)) if row else None


def _with_records(tx: Connection, session: Session) -> Session:
    return replace(session, records=session_records.of_session(tx, session.id))


def sizes(tx: Connection, attempt: str) -> dict[str, int]:
    """The characters of each session's data in an attempt, by id; no text is read for it."""
    rows: Any = tx.execute(_SIZES, {"attempt": attempt})
    return dict(rows.all())


def sessions(tx: Connection, registration: str) -> list[Session]:
    """All sessions of a registration, oldest first."""
    wanted = select(*_columns(SESSION, *OF_SESSION)).where(SESSION.c.registration_id == registration)
    records = session_records.of_registration(tx, registration)
    return [_session(row, records) for row in tx.execute(wanted.order_by(SESSION.c.ordinal))]


def open_sessions(tx: Connection, registration: str) -> list[Session]:
    """Those whose commits still count: the last that has spoken, and all that have begun since."""
    spoke = select(func.max(SESSION.c.ordinal)).where(
        SESSION.c.registration_id == registration, SESSION.c.first_commit.is_not(None)
    )
    wanted = select(*_columns(SESSION, *OF_SESSION)).where(
        SESSION.c.registration_id == registration, SESSION.c.ordinal >= spoke.scalar_subquery()
    )
    rows = tx.execute(wanted).all()
    records = session_records.of_sessions(tx, [row.id for row in rows])
    return [_session(row, records) for row in rows]


def attempts(tx: Connection, registration: str) -> list[Attempt]:
    """All tries of a registration."""
    wanted = select(*_columns(ATTEMPT, *OF_ATTEMPT, *RESULT)).where(ATTEMPT.c.registration_id == registration)
    return [_attempt(row) for row in tx.execute(wanted)]


def superseded_since(tx: Connection, registration: Registration) -> datetime | None:
    """The time of the first commit of a later session than the one at hand: from then on nothing of this one
    is merged."""
    session = registration.session
    if session is None or registration.current == session.id:
        return None
    wanted = select(SESSION.c.first_commit).where(
        SESSION.c.registration_id == registration.id,
        SESSION.c.ordinal > session.ordinal,
        SESSION.c.first_commit.is_not(None),
    )
    return tx.execute(wanted.order_by(SESSION.c.ordinal).limit(1)).scalar()


def latest_event(tx: Connection, registration: str) -> datetime:
    """The time of the latest launch or commit in a registration that has been delivered."""
    wanted = select(func.max(SESSION.c.started), func.max(SESSION.c.last_commit))
    begun, sent = tx.execute(wanted.where(SESSION.c.registration_id == registration)).one()
    latest: datetime = begun if sent is None else max(begun, sent)
    return latest


def _session(row: Sequence[Any], records: Mapping[str, Mapping[str, str]] = NOBODY) -> Session:
    return replace(Session(*row), records=records.get(row[0], NOBODY))


def _attempt(row: Sequence[Any]) -> Attempt:
    id_, number, state, started, ended = row[:_A]
    return Attempt(id_, number, state, started, ended, result_of(row[_A:]))


def _activity(row: Sequence[Any]) -> ActivityResult:
    return ActivityResult(item=row[1], title=row[2], session=row[0], result=result_of(row[3:]))
