"""Where a folded log begins: what it amounted to until then, and the commits that this stands for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, or_, select, tuple_, update

from player.records import tables
from player.records.columns import table

COMMIT, SESSION = table(tables.CommitRow), table(tables.SessionRow)
REGISTRATION, SNAPSHOT = table(tables.RegistrationRow), table(tables.SnapshotRow)


def snapshot(tx: Connection, registration: str) -> bytes | None:
    """As it was kept; None where the whole log is there."""
    wanted = select(SNAPSHOT.c.told).where(SNAPSHOT.c.registration_id == registration)
    return tx.execute(wanted).scalar()


def keep(tx: Connection, registration: str, told: bytes) -> None:
    """The log begins here from now on."""
    known = update(SNAPSHOT).where(SNAPSHOT.c.registration_id == registration).values(told=told)
    if tx.execute(known).rowcount == 0:
        tx.execute(insert(SNAPSHOT), {"registration_id": registration, "told": told})


def forget(tx: Connection, registration: str, most: int) -> int:
    """Let the oldest applied commits go, and say how many went; superseded ones are in nothing else."""
    oldest = (
        select(COMMIT.c.session_id, COMMIT.c.number)
        .join(SESSION, SESSION.c.id == COMMIT.c.session_id)
        .where(SESSION.c.registration_id == registration, COMMIT.c.outcome == "applied")
        .order_by(SESSION.c.ordinal, COMMIT.c.number)
        .limit(most)
    )
    return tx.execute(delete(COMMIT).where(tuple_(COMMIT.c.session_id, COMMIT.c.number).in_(oldest))).rowcount


def following(tx: Connection, registration: str, most: int) -> Sequence[str]:
    """So many registrations in the order of their ids, after this one."""
    wanted = select(REGISTRATION.c.id).where(REGISTRATION.c.id > registration)
    return tx.scalars(wanted.order_by(REGISTRATION.c.id).limit(most)).all()


def old(tx: Connection, registrations: Sequence[str], before: datetime, most: int) -> Sequence[str]:
    """Those of them that have commits to fold, and whose log says nothing since then or holds more of them
    than so many."""
    applied = func.count().filter(COMMIT.c.outcome == "applied")
    wanted = (
        select(SESSION.c.registration_id)
        .join(COMMIT, COMMIT.c.session_id == SESSION.c.id)
        .where(SESSION.c.registration_id.in_(registrations))
        .group_by(SESSION.c.registration_id)
        .having(applied > 0, or_(func.max(COMMIT.c.received) < before, applied > most))
    )
    return tx.scalars(wanted).all()
