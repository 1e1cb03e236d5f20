"""A snapshot of a registration: replay goes on from it, so the commits that led to it may go."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec.structs import replace

from player.playing.run_time_state import separated
from player.playing.values import ActivityResult, Attempt, Registration, Session

FIRST_FORMAT = b"x"  # the first byte that zlib writes: the first format had no byte of its own
FORMAT = b"2"
SCORE = ("score_scaled", "score_raw", "score_min", "score_max")  # of the first format


class UnknownSnapshotError(Exception):
    """A later version of the player has written the snapshot."""


@dataclass(slots=True)
class Snapshot:
    """A registration with its sessions, attempts and activities by id."""

    registration: Registration
    sessions: dict[str, Session] = field(default_factory=dict)
    attempts: dict[str, Attempt] = field(default_factory=dict)
    activities: dict[str, dict[str, ActivityResult]] = field(default_factory=dict)


def packed(snapshot: Snapshot) -> bytes:
    """The bytes that are kept; a session's launch never changes, so it stays in its row."""
    sessions = {key: _packed(session) for key, session in snapshot.sessions.items()}
    whole = Snapshot(snapshot.registration, sessions, snapshot.attempts, snapshot.activities)
    return FORMAT + zlib.compress(msgspec.json.encode(whole))


def _packed(session: Session) -> Session:
    is_as_launched = separated(session.launch) == (session.values, session.records)
    said = replace(session, values="", records={}) if is_as_launched else session
    return replace(said, launch="")


def unpacked(kept: bytes, sessions: Iterable[Session]) -> Snapshot:
    """The snapshot as it was taken; `sessions` are those of the tables, for the ones that could not change.

    Earlier players kept a session's records within its values.
    """
    snapshot = _read(kept)
    for now in sessions:
        if now.ordinal <= snapshot.registration.sessions:
            then = snapshot.sessions.get(now.id, now)
            values, records = separated(then.values or now.launch)
            records |= then.records
            snapshot.sessions[now.id] = replace(then, launch=now.launch, values=values, records=records)
    return snapshot


def _read(kept: bytes) -> Snapshot:
    if kept.startswith(FORMAT):
        return msgspec.json.decode(zlib.decompress(kept[len(FORMAT) :]), type=Snapshot)
    if kept.startswith(FIRST_FORMAT):
        return msgspec.convert(_from_first_format(json.loads(zlib.decompress(kept))), Snapshot)
    raise UnknownSnapshotError(f"a snapshot of format {kept[:1]!r} is not known to this version")


def _from_first_format(kept: dict[str, Any]) -> dict[str, Any]:
    """The first format called the registration `standing`, its id `registration`, and kept a score's figures
    flat."""
    registration = kept["standing"]
    return {
        "registration": _with_score({"id": registration.pop("registration"), **registration}),
        "sessions": kept["sessions"],
        "attempts": {key: _with_score(attempt) for key, attempt in kept["attempts"].items()},
        "activities": {
            attempt: {item: _with_score(activity) for item, activity in activities.items()}
            for attempt, activities in kept["activities"].items()
        },
    }


def _with_score(value: dict[str, Any]) -> dict[str, Any]:
    result = value.get("result", {})
    figures = {key.removeprefix("score_"): result.pop(key) for key in SCORE if key in result}
    return value | {"result": result | {"score": figures}}
