"""The records of sessions' run-time data, such as interactions: a row each, so that a commit writes those
that it has changed (decision 31)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, Connection, bindparam, exists, func, select, text

from player.playing.values import Session
from player.records import play_tables
from player.records.columns import length, table
from player.records.direct import Direct

RECORD, SESSION = table(play_tables.SessionRecordRow), table(play_tables.SessionRow)

_OF_SESSION = Direct(
    select(RECORD.c.name, RECORD.c.elements).where(RECORD.c.session_id == bindparam("session"))
)
_KEEP = Direct(
    text(
        "INSERT INTO session_record (session_id, name, elements) VALUES (:session_id, :name, :elements) "
        "ON CONFLICT (session_id, name) DO UPDATE SET elements = excluded.elements"
    )
)


def of_session(tx: Connection, session: str) -> dict[str, str]:
    """The records of a session by name."""
    return dict(_OF_SESSION.all(tx, {"session": session}))


def of_registration(tx: Connection, registration: str) -> dict[str, dict[str, str]]:
    """The records of all sessions of a registration, by session and name."""
    these = RECORD.c.session_id.in_(select(SESSION.c.id).where(SESSION.c.registration_id == registration))
    return _by_session(tx, these)


def of_sessions(tx: Connection, sessions: Collection[str]) -> dict[str, dict[str, str]]:
    """The records of these sessions, by session and name."""
    return _by_session(tx, RECORD.c.session_id.in_(sessions)) if sessions else {}


def _by_session(tx: Connection, these: ColumnElement[bool]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for session, name, elements in tx.execute(
        select(RECORD.c.session_id, RECORD.c.name, RECORD.c.elements).where(these)
    ):
        found.setdefault(session, {})[name] = elements
    return found


def characters() -> ColumnElement[int]:
    """The characters of a session's records, within a query of sessions."""
    total = select(func.sum(length(RECORD.c.elements))).where(RECORD.c.session_id == SESSION.c.id)
    return func.coalesce(total.correlate(SESSION).scalar_subquery(), 0)


def has_record(name: str) -> ColumnElement[bool]:
    """Condition: a session has a record of this name, within a query of sessions."""
    return exists().where(RECORD.c.session_id == SESSION.c.id, RECORD.c.name == name).correlate(SESSION)


def save(tx: Connection, before: Session | None, after: Session) -> None:
    """Write the records that have changed."""
    known: Mapping[str, str] = before.records if before is not None else {}
    if known is after.records:
        return
    changed = [
        {"session_id": after.id, "name": name, "elements": elements}
        for name, elements in after.records.items()
        if known.get(name) != elements
    ]
    _KEEP.run_many(tx, changed)
