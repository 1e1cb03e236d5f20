"""Snapshots, from which a folded log begins, and the commits that a snapshot stands for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import Connection, delete, func, insert, or_, select, tuple_, update

from player.playing.snapshot import Snapshot
from player.playing.values import Registration
from player.records import play_tables, registrations
from player.records.columns import length, table

COMMIT, SESSION = table(play_tables.CommitRow), table(play_tables.SessionRow)
REGISTRATION, SNAPSHOT = table(play_tables.RegistrationRow), table(play_tables.SnapshotRow)


def snapshot(tx: Connection, registration: str) -> bytes | None:
    """The snapshot of a registration, packed; None where the whole log is there."""
    wanted = select(SNAPSHOT.c.packed).where(SNAPSHOT.c.registration_id == registration)
    return tx.execute(wanted).scalar()


def keep(tx: Connection, registration: str, packed: bytes) -> None:
    """Write a snapshot: the log begins with it from now on."""
    known = update(SNAPSHOT).where(SNAPSHOT.c.registration_id == registration).values(packed=packed)
    if tx.execute(known).rowcount == 0:
        tx.execute(insert(SNAPSHOT), {"registration_id": registration, "packed": packed})


def taken(tx: Connection, registration: Registration) -> Snapshot:
    """A snapshot of the tables as they are now; of the sessions it holds those that may still change."""
    attempts = registrations.attempts(tx, registration.id)
    return Snapshot(
        replace(registration, session=None, attempt=None, activities={}),
        {session.id: session for session in registrations.open_sessions(tx, registration.id)},
        {attempt.id: attempt for attempt in attempts},
        {attempt.id: registrations.activities(tx, attempt.id) for attempt in attempts},
    )


def forget(tx: Connection, registration: str, most: int) -> int:
    """Delete the oldest applied commits and return how many went; superseded ones are in nothing else."""
    oldest = (
        select(COMMIT.c.session_id, COMMIT.c.number)
        .join(SESSION, SESSION.c.id == COMMIT.c.session_id)
        .where(SESSION.c.registration_id == registration, COMMIT.c.outcome == "applied")
        .order_by(SESSION.c.ordinal, COMMIT.c.number)
        .limit(most)
    )
    return tx.execute(delete(COMMIT).where(tuple_(COMMIT.c.session_id, COMMIT.c.number).in_(oldest))).rowcount


def following(tx: Connection, registration: str, most: int) -> Sequence[str]:
    """The ids of the next registrations after this one, at most so many."""
    wanted = select(REGISTRATION.c.id).where(REGISTRATION.c.id > registration)
    return tx.scalars(wanted.order_by(REGISTRATION.c.id).limit(most)).all()


def old(
    tx: Connection, ids: Sequence[str], before: datetime, most: int, most_characters: int
) -> Sequence[str]:
    """Those of these registrations that have commits to fold: none since `before`, or more than so many, or
    of more characters."""
    is_applied = COMMIT.c.outcome == "applied"
    applied = func.count().filter(is_applied)
    characters = func.sum(length(COMMIT.c.calls)).filter(is_applied)
    wanted = (
        select(SESSION.c.registration_id)
        .join(COMMIT, COMMIT.c.session_id == SESSION.c.id)
        .where(SESSION.c.registration_id.in_(ids))
        .group_by(SESSION.c.registration_id)
        .having(
            applied > 0,
            or_(func.max(COMMIT.c.received) < before, applied > most, characters > most_characters),
        )
    )
    return tx.scalars(wanted).all()
