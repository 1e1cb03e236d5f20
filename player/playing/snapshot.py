"""What a registration amounts to at one moment: replay goes on from it, and what led to it may go."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache

from pydantic import TypeAdapter
from sqlalchemy import Connection

from player.playing.values import ActivityResult, Attempt, Session, Standing
from player.records import registrations

FORMAT = b"x"  # how zlib begins, which stands for this format; another will begin with another byte


class UnknownSnapshotError(Exception):
    """It was kept by a later version of the player."""


@dataclass(slots=True)
class Snapshot:
    """Its standing, with every session, attempt and activity by id."""

    standing: Standing
    sessions: dict[str, Session] = field(default_factory=dict)
    attempts: dict[str, Attempt] = field(default_factory=dict)
    activities: dict[str, dict[str, ActivityResult]] = field(default_factory=dict)


def taken(tx: Connection, standing: Standing) -> Snapshot:
    """As the tables are now, with those sessions only that may still change."""
    attempts = registrations.attempts(tx, standing.registration)
    return Snapshot(
        replace(standing, session=None, attempt=None, activities={}),
        {session.id: session for session in registrations.open_sessions(tx, standing.registration)},
        {attempt.id: attempt for attempt in attempts},
        {attempt.id: registrations.activities(tx, attempt.id) for attempt in attempts},
    )


def packed(snapshot: Snapshot) -> bytes:
    """As it is kept; a session's launch never changes and stays where it is."""
    sessions = {
        key: replace(each, launch="", values="" if each.values == each.launch else each.values)
        for key, each in snapshot.sessions.items()
    }
    whole = replace(snapshot, sessions=sessions)
    return zlib.compress(_codec().dump_json(whole, exclude_defaults=True))


def unpacked(kept: bytes, sessions: Iterable[Session]) -> Snapshot:
    """As it was taken; of sessions that could not change any more, what the tables say of them now."""
    if not kept.startswith(FORMAT):
        raise UnknownSnapshotError(f"a snapshot of format {kept[:1]!r} is not known to this version")
    snapshot = _codec().validate_json(zlib.decompress(kept))
    for now in sessions:
        if now.ordinal <= snapshot.standing.sessions:
            then = snapshot.sessions.get(now.id, now)
            values = then.values or now.launch
            snapshot.sessions[now.id] = replace(then, launch=now.launch, values=values)
    return snapshot


@cache
def _codec() -> TypeAdapter[Snapshot]:
    return TypeAdapter(Snapshot)
