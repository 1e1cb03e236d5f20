"""The log: what browsers sent, in order, until it is folded; rows are never changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from player.playing.values import Commit, Log
from player.records import play_tables, registrations, snapshots
from player.records.columns import length, table
from player.records.direct import Direct


@dataclass(frozen=True, slots=True)
class Note:
    """The notes of a launch or a commit of a session."""

    at: datetime
    session: str
    sentences: tuple[str, ...]


COMMIT, SESSION = table(play_tables.CommitRow), table(play_tables.SessionRow)
_INSERT = Direct(
    insert(COMMIT),
    ("session_id", "number", "received", "calls", "draws", "outcome", "notes", "objectives"),
)


def append(tx: Connection, commit: Commit) -> None:
    """Add a commit; its number is new, because the caller holds the lock under which it was compared."""
    row = {
        "session_id": commit.session,
        "number": commit.number,
        "received": commit.received,
        "calls": commit.calls,
        "draws": commit.draws,
        "outcome": commit.outcome,
        "notes": commit.notes,
        "objectives": commit.objectives,
    }
    _INSERT.run(tx, row)


def read(tx: Connection, registration: str) -> Log:
    """The log of a registration, from its snapshot on where it has been folded."""
    sessions = registrations.sessions(tx, registration)
    commits = [commit for session in sessions for commit in of_session(tx, session.id)]
    return Log(tuple(sessions), tuple(commits), snapshots.snapshot(tx, registration))


def of_session(tx: Connection, session: str) -> list[Commit]:
    """A session's commits, in order."""
    rows = tx.execute(select(COMMIT).where(COMMIT.c.session_id == session).order_by(COMMIT.c.number))
    return [Commit(*row) for row in rows]


def notes(tx: Connection, registration: str) -> list[Note]:
    """The notes of launches and of commits that counted, in order; those of folded commits have gone."""
    of = SESSION.c.registration_id == registration
    launched = select(SESSION.c.started, SESSION.c.ordinal, SESSION.c.id, SESSION.c.notes)
    sent = (
        select(COMMIT.c.received, SESSION.c.ordinal, SESSION.c.id, COMMIT.c.notes)
        .join(SESSION, SESSION.c.id == COMMIT.c.session_id)
        .where(COMMIT.c.outcome == "applied")
    )
    rows = [
        *tx.execute(launched.where(of, SESSION.c.notes != "[]")),
        *tx.execute(sent.where(of, COMMIT.c.notes != "[]")),
    ]
    rows.sort(key=lambda row: (row[0], row[1]))
    return [Note(at, session, tuple(json.loads(kept))) for at, _, session, kept in rows]


def superseded_length(tx: Connection, registration: str) -> int:
    """The characters of the superseded commits that are kept."""
    wanted = (
        select(func.coalesce(func.sum(length(COMMIT.c.calls)), 0))
        .join(SESSION, SESSION.c.id == COMMIT.c.session_id)
        .where(SESSION.c.registration_id == registration, COMMIT.c.outcome == "superseded")
    )
    return int(tx.execute(wanted).scalar_one())


def superseded(tx: Connection, registration: str) -> list[Commit]:
    """The commits that came after a later session had committed: kept for a manager to see."""
    wanted = (
        select(COMMIT)
        .join(SESSION, SESSION.c.id == COMMIT.c.session_id)
        .where(SESSION.c.registration_id == registration, COMMIT.c.outcome == "superseded")
        .order_by(COMMIT.c.received, SESSION.c.ordinal, COMMIT.c.number)
    )
    return [Commit(*row) for row in tx.execute(wanted)]
