"""A registration read from its rows and written back: four rows by key, however long its log."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    Column,
    Connection,
    ScalarSelect,
    Select,
    Table,
    and_,
    bindparam,
    func,
    insert,
    select,
    update,
)

from player.playing.values import ActivityResult, Attempt, Registration, Session
from player.records import play_tables, tables
from player.records.columns import length, table
from player.records.direct import Direct
from player.records.result_columns import RESULT, result_of, result_values

REGISTRATION, ATTEMPT = table(play_tables.RegistrationRow), table(play_tables.AttemptRow)
ACTIVITY, SESSION = table(play_tables.ActivityRow), table(play_tables.SessionRow)
ENROLMENT, MEMBERSHIP = table(tables.Enrolment), table(tables.Membership)


def _columns(of: Table, *names: str) -> list[Column[Any]]:
    return [of.c[name] for name in names]


_OF_REGISTRATION = ("version_id", "state", "started", "completed", "tree", "stores", "attempts", "sessions")
_OF_ATTEMPT = ("id", "number", "state", "started", "ended")
_OF_SESSION = (
    *("id", "attempt_id", "version_id", "item", "page", "ordinal", "started", "launch", "values", "draws"),
    *("cause", "have", "first_commit", "last_commit", "objectives", "awarded", "notes"),
)
_OF_ACTIVITY = ("item", "title")
_R, _A, _S = len(_OF_REGISTRATION), len(_OF_ATTEMPT), len(_OF_SESSION)
_RESULT_ = len(RESULT)
T = TypeVar("T")
NOBODY: Mapping[str, Any] = {}


def membership_of_enrolment() -> ScalarSelect[Any]:
    """The id of the learner's latest stay at the school that has enrolled them."""
    stay = MEMBERSHIP.alias()
    same = (stay.c.person_id == ENROLMENT.c.person_id) & (stay.c.school_id == ENROLMENT.c.school_id)
    latest = select(stay.c.id).where(same).order_by(stay.c.since.desc()).limit(1)
    return latest.correlate(ENROLMENT).scalar_subquery()


_REGISTRATION: Select[Any] = (
    select(
        *_columns(REGISTRATION, "id", "session_id", *_OF_REGISTRATION, *RESULT),
        *_columns(MEMBERSHIP, "staff_id", "name"),
        *_columns(SESSION, *_OF_SESSION),
        *_columns(ATTEMPT, *_OF_ATTEMPT, *RESULT),
        *_columns(ACTIVITY, "session_id", *_OF_ACTIVITY, *RESULT),
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
_ACTIVITIES = select(*_columns(ACTIVITY, "session_id", *_OF_ACTIVITY, *RESULT)).where(
    ACTIVITY.c.attempt_id == bindparam("attempt")
)
_SIZES = select(SESSION.c.id, length(SESSION.c["values"])).where(SESSION.c.attempt_id == bindparam("attempt"))
_ONE_SESSION = select(*_columns(SESSION, *_OF_SESSION)).where(SESSION.c.id == bindparam("session"))


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
    return None if row is None else _registration(row)


def _registration(row: Sequence[Any]) -> Registration:
    at = 2 + _R + _RESULT_
    own = dict(zip(_OF_REGISTRATION, row[2 : 2 + _R], strict=True))
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
    return _session(row) if row else None


def sizes(tx: Connection, attempt: str) -> dict[str, int]:
    """The characters of each session's data in an attempt, by id; no text is read for it."""
    rows: Any = tx.execute(_SIZES, {"attempt": attempt})
    return dict(rows.all())


def sessions(tx: Connection, registration: str) -> list[Session]:
    """All sessions of a registration, oldest first."""
    wanted = select(*_columns(SESSION, *_OF_SESSION)).where(SESSION.c.registration_id == registration)
    return [_session(row) for row in tx.execute(wanted.order_by(SESSION.c.ordinal))]


def open_sessions(tx: Connection, registration: str) -> list[Session]:
    """Those whose commits still count: the last that has spoken, and all that have begun since."""
    spoke = select(func.max(SESSION.c.ordinal)).where(
        SESSION.c.registration_id == registration, SESSION.c.first_commit.is_not(None)
    )
    wanted = select(*_columns(SESSION, *_OF_SESSION)).where(
        SESSION.c.registration_id == registration, SESSION.c.ordinal >= spoke.scalar_subquery()
    )
    return [_session(row) for row in tx.execute(wanted)]


def attempts(tx: Connection, registration: str) -> list[Attempt]:
    """All tries of a registration."""
    wanted = select(*_columns(ATTEMPT, *_OF_ATTEMPT, *RESULT)).where(
        ATTEMPT.c.registration_id == registration
    )
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


def _session(row: Sequence[Any]) -> Session:
    return Session(*row)


def _attempt(row: Sequence[Any]) -> Attempt:
    id_, number, state, started, ended = row[:_A]
    return Attempt(id_, number, state, started, ended, result_of(row[_A:]))


def _activity(row: Sequence[Any]) -> ActivityResult:
    return ActivityResult(item=row[1], title=row[2], session=row[0], result=result_of(row[3:]))


def save(
    tx: Connection,
    before: Registration,
    after: Registration,
    left: Session | None = None,
    finished: Attempt | None = None,
) -> None:
    """Write what has changed; `left` and `finished` are what was there where another has begun."""
    known, tried = before.session, before.attempt
    owner = {"registration_id": after.id}
    for attempt in filter(None, (finished, after.attempt)):
        old = tried if tried is not None and tried.id == attempt.id else None
        _write(tx, ATTEMPT, _ATTEMPT_ROW, {"id": attempt.id}, old, attempt, owner)
    for session in filter(None, (left, after.session)):
        was = known if known is not None and known.id == session.id else None
        _write(tx, SESSION, _SESSION_ROW, {"id": session.id}, was, session, owner)
    _save_activities(tx, before, after)
    _write(tx, REGISTRATION, _REGISTRATION_ROW, {"id": after.id}, before, after)


def _save_activities(tx: Connection, before: Registration, after: Registration) -> None:
    if after.attempt is None:
        return
    same = before.attempt is not None and before.attempt.id == after.attempt.id
    known = before.activities if same else {}
    for item, activity in after.activities.items():
        key = {"attempt_id": after.attempt.id, "item": item}
        _write(tx, ACTIVITY, _ACTIVITY_ROW, key, known.get(item), activity)


@dataclass(frozen=True, slots=True)
class _Row(Generic[T]):
    """The columns of a row, and their values in a value of the core."""

    columns: tuple[str, ...]
    values_of: Callable[[T], tuple[Any, ...]]


def _with_result(names: tuple[str, ...], columns: tuple[str, ...] = ()) -> _Row[Any]:
    read = attrgetter(*names)
    return _Row((*(columns or names), *RESULT), lambda value: (*read(value), *result_values(value.result)))


_ATTEMPT_ROW: _Row[Attempt] = _with_result(_OF_ATTEMPT)
_ACTIVITY_ROW: _Row[ActivityResult] = _with_result(("title", "session"), ("title", "session_id"))
_REGISTRATION_ROW: _Row[Registration] = _with_result(
    ("version", "current", *_OF_REGISTRATION[1:]), ("version_id", "session_id", *_OF_REGISTRATION[1:])
)
_SESSION_ROW: _Row[Session] = _Row(_OF_SESSION, attrgetter(*(field.name for field in fields(Session))))


def _write(
    tx: Connection,
    of: Table,
    row: _Row[T],
    key: dict[str, Any],
    old: T | None,
    new: T,
    owner: Mapping[str, Any] = NOBODY,
) -> None:
    """Update the columns that have changed, or add a row where there was none."""
    if old is new:
        return
    values = row.values_of(new)
    if old is None:
        whole = {**dict(zip(row.columns, values, strict=True)), **key, **owner}
        _insert_into(of, tuple(whole)).run(tx, whole)
        return
    pairs = zip(row.columns, row.values_of(old), values, strict=True)
    changed = {name: value for name, was, value in pairs if was is not value and was != value}
    if changed:
        names = {f"key_{name}": value for name, value in key.items()}
        _update_of(of, tuple(key), tuple(changed)).run(tx, {**names, **changed})


@cache
def _insert_into(of: Table, columns: tuple[str, ...]) -> Direct:
    return Direct(insert(of), columns)


@cache
def _update_of(of: Table, key: tuple[str, ...], columns: tuple[str, ...]) -> Direct:
    """Built once for each set of columns: building costs more than running."""
    where = [of.c[name] == bindparam(f"key_{name}") for name in key]
    return Direct(update(of).where(*where).values({name: bindparam(name) for name in columns}))
