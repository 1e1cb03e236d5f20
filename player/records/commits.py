"""The log: what browsers sent, in order, as it was, until it is folded; rows are never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from player.records import tables
from player.records.columns import table

COMMIT, SESSION = table(tables.CommitRow), table(tables.SessionRow)
_INSERT = insert(COMMIT)


@dataclass(frozen=True, slots=True)
class Commit:
    """One numbered commit of a session, with what the server drew and what it passed over."""

    session: str
    number: int
    received: datetime
    calls: str  # JSON
    draws: str = "[]"  # JSON
    outcome: str = "applied"
    notes: str = "[]"  # JSON


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
    }
    tx.execute(_INSERT, row)


def of_session(tx: Connection, session: str) -> list[Commit]:
    """A session's commits, in order."""
    rows = tx.execute(select(COMMIT).where(COMMIT.c.session_id == session).order_by(COMMIT.c.number))
    return [Commit(*row) for row in rows]


def superseded(tx: Connection, registration: str) -> list[Commit]:
    """What came too late to count: kept for a manager to see."""
    wanted = (
        select(COMMIT)
        .join(SESSION, SESSION.c.id == COMMIT.c.session_id)
        .where(SESSION.c.registration_id == registration, COMMIT.c.outcome == "superseded")
        .order_by(COMMIT.c.received, SESSION.c.ordinal, COMMIT.c.number)
    )
    return [Commit(*row) for row in tx.execute(wanted)]
