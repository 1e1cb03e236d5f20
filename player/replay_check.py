"""The log of a registration is replayed, and compared with its record field by field."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace

from player.playing.run_time_state import joined
from player.playing.snapshot import Snapshot
from player.playing.values import Log, Registration, Session
from player.records import log, registrations, snapshots
from player.records.database import Database
from player.records.versions import Versions
from player.replay import replay

LOOK = 100  # registrations a query
NOTES = ("notes",)  # of sessions: another version of the player may word them otherwise
OUTSIDE = ("learner_id", "learner_name")  # come from outside the registration, and may have changed since


@dataclass(frozen=True, slots=True)
class Difference:
    """A field whose value in the record is another than the one that its log comes to."""

    where: str
    field: str
    record: Any
    log: Any

    def __str__(self) -> str:
        return f"{self.where}: {self.field} is {_text(self.record)}, and the log comes to {_text(self.log)}"


@dataclass(frozen=True, slots=True)
class ReplayCheck:
    """A registration, and the differences between its record and its log."""

    registration: str
    course: str
    learner: str
    differences: tuple[Difference, ...]


def check_all(database: Database, versions: Versions) -> Iterator[ReplayCheck]:
    """Every registration, in the order of their ids."""
    last = ""
    while True:
        with database.connecting() as tx:
            ids = list(snapshots.following(tx, last, LOOK))
        if not ids:
            return
        for registration in ids:
            yield check(database, versions, registration)
        last = ids[-1]


def check(database: Database, versions: Versions, registration: str) -> ReplayCheck:
    """One registration; LookupError where there is none of that id."""
    with database.connecting() as tx:  # on PostgreSQL the registration waits for it, so that both agree
        known = registrations.load(tx, registration)
        whole = log.read(tx, registration)
        attempts = {attempt.id: attempt for attempt in registrations.attempts(tx, registration)}
        activities = {attempt: registrations.activities(tx, attempt) for attempt in attempts}
    record = Snapshot(
        replace(known, session=None, attempt=None, activities={}),
        {session.id: session for session in whole.sessions},
        attempts,
        activities,
    )
    course = versions.get(known.version).course
    return ReplayCheck(registration, course, known.learner_id, _differences(versions, record, whole))


def _differences(versions: Versions, record: Snapshot, whole: Log) -> tuple[Difference, ...]:
    known = record.registration
    first = whole.sessions[0].version if whole.sessions else known.version
    beginning = Registration(known.id, first, known.learner_id, known.learner_name)
    try:
        replayed = replay(versions, whole, beginning)
    except Exception as error:  # noqa: BLE001 - whatever stops a replay is a finding
        return (Difference("registration", "replay", "possible", f"stopped by {error!r}"),)
    after = replace(replayed.registration, session=None, attempt=None, activities={})
    differences = list(_compared("registration", _registration_fields(known), _registration_fields(after)))
    for session in record.sessions.values():
        without = NOTES if session.awarded is not None else (*NOTES, "awarded")  # an earlier player kept none
        ours, theirs = (_session_fields(one, without) for one in (session, replayed.sessions.get(session.id)))
        differences += _compared(f"session {session.ordinal}", ours, theirs)
    for attempt in record.attempts.values():
        where = f"attempt {attempt.number}"
        differences += _compared(where, _fields(attempt), _fields(replayed.attempts.get(attempt.id)))
        known_activities = record.activities.get(attempt.id, {})
        again_activities = replayed.activities.get(attempt.id, {})
        for item in known_activities | again_activities:
            listed, replayed_as = known_activities.get(item), again_activities.get(item)
            differences += _compared(f"{where}, {item}", _fields(listed), _fields(replayed_as))
    return tuple(differences)


def _compared(where: str, record: Mapping[str, Any], log: Mapping[str, Any]) -> Iterator[Difference]:
    if not record or not log:
        if record or log:
            yield Difference(where, "whole", "there" if record else "missing", "there" if log else "missing")
        return
    for name, value in record.items():
        if value != log[name]:
            yield Difference(where, name, _plain(value), _plain(log[name]))


def _fields(value: Any, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """A value's fields; none where it is missing."""
    return {n: v for n, v in asdict(value).items() if n not in without} if value is not None else {}


def _registration_fields(known: Registration) -> dict[str, Any]:
    """The spaces in a tree's JSON say nothing: earlier players wrote some."""
    return _fields(known, OUTSIDE) | {"tree": json.loads(known.tree or "null")}


def _session_fields(session: Session | None, without: tuple[str, ...]) -> dict[str, Any]:
    """The order of values within a launch and a state says nothing: other players wrote them in another."""
    fields = _fields(session, (*without, "records"))
    if session is not None:
        fields |= {
            "launch": json.loads(session.launch),
            "values": joined(session.values, session.records.values()),
        }
    return fields


def _plain(value: Any) -> Any:
    if isinstance(value, Struct):
        return {name: _plain(one) for name, one in asdict(value).items()}
    return value.isoformat() if isinstance(value, datetime) else value


def _text(value: Any) -> str:
    text = json.dumps(value)
    return text if len(text) <= 200 else f"{text[:200]}… ({len(text)} characters)"
