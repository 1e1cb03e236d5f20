"""A registration made again from its log: the same inputs take the same steps, without tables.

A difference from the tables is a fault of ours.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from player import registration
from player.playing.global_objectives import Incoming, Values
from player.playing.run_time_state import read_runtime
from player.playing.snapshot import Snapshot, unpacked
from player.playing.step import Step, read_state
from player.playing.values import Commit, Log, Registration, Session
from player.records.versions import Versions

LEARNER = {
    "cmi.learner_id": "learner_id",
    "cmi.core.student_id": "learner_id",
    "cmi.learner_name": "learner_name",
    "cmi.core.student_name": "learner_name",
}


def replay(versions: Versions, log: Log, beginning: Registration) -> Snapshot:
    """Take every step of the log again, from its snapshot, or from a registration before its first
    delivery."""
    snapshot = unpacked(log.snapshot, log.sessions) if log.snapshot else Snapshot(beginning)
    _to_latest_session(snapshot)
    ids = _Ids(log, snapshot.registration.sessions)
    learners = {session.ordinal: _learner(session) for session in log.sessions}
    for event in [event for event in _in_order(log) if not _is_in(snapshot, event)]:
        known = snapshot.registration
        snapshot.registration = replace(known, **learners.get(known.sessions + 1, {}))
        if isinstance(event, Session):
            _deliver(versions, snapshot, event, ids)
        elif event.outcome == "applied":
            _commit(versions, snapshot, event, ids)
        else:
            late = snapshot.sessions[event.session]
            snapshot.sessions[late.id] = replace(late, have=max(late.have, event.number))
    return snapshot


def _is_in(snapshot: Snapshot, event: Session | Commit) -> bool:
    """True where the snapshot stands for the event: a fold that was cut off leaves such commits behind."""
    if isinstance(event, Session):
        return event.ordinal <= snapshot.registration.sessions
    session = snapshot.sessions.get(event.session)
    return session is not None and event.number <= session.have


def _learner(session: Session) -> dict[str, Any]:
    """The learner's id and name at a launch: they come from outside, so the log has them in its launches
    only."""
    values = json.loads(session.launch).get("values", {})
    return {LEARNER[name]: value for name, value in values.items() if name in LEARNER}


class _Ids:
    """The ids of attempts and sessions that were drawn, in the order in which they began."""

    def __init__(self, log: Log, begun: int) -> None:
        self._ids = _ids(log, begun)

    def __call__(self) -> str:
        return next(self._ids)


def _ids(log: Log, begun: int) -> Iterator[str]:
    attempt = ""
    for session in log.sessions:
        if session.ordinal > begun:
            if session.attempt != attempt:
                yield session.attempt
            yield session.id
        attempt = session.attempt


def _in_order(log: Log) -> list[Session | Commit]:
    """By time; at the same time a launch comes before its session's commits and after those of sessions
    before."""
    ordinals = {session.id: session.ordinal for session in log.sessions}
    launches = [session for session in log.sessions if session.cause != "commit"]

    def key(event: Session | Commit) -> tuple[object, int, int]:
        if isinstance(event, Session):
            return event.started, event.ordinal, 0
        return event.received, ordinals[event.session], event.number

    return sorted([*launches, *log.commits], key=key)


def _deliver(versions: Versions, snapshot: Snapshot, session: Session, ids: _Ids) -> None:
    step = _step(versions, snapshot, snapshot.registration, json.loads(session.draws), ids, session)
    newest = versions.get(session.version)
    registration.deliver(step, newest, session.page, again=session.cause == "again")
    _keep(snapshot, step)


def _commit(versions: Versions, snapshot: Snapshot, commit: Commit, ids: _Ids) -> None:
    session = snapshot.sessions[commit.session]
    attempt = snapshot.attempts[session.attempt]
    known = snapshot.activities.get(attempt.id, {})
    own = {session.item: known[session.item]} if session.item in known else {}
    before = replace(snapshot.registration, session=session, attempt=attempt, activities=own)
    step = _step(versions, snapshot, before, json.loads(commit.draws), ids, commit)
    registration.commit(step, commit.number, json.loads(commit.calls))
    _keep(snapshot, step)


def _step(
    versions: Versions,
    snapshot: Snapshot,
    before: Registration,
    draws: list[float],
    ids: _Ids,
    event: Session | Commit,
) -> Step:
    version = versions.get(before.version)
    waiting = iter(draws)
    return Step(
        version=version,
        registration=before,
        state=read_state(version, before.tree),
        runtime=read_runtime(before.session),
        now=event.started if isinstance(event, Session) else event.received,
        draw=lambda: next(waiting),
        new_id=ids,
        session_of=snapshot.sessions.get,
        activities_of=lambda attempt: snapshot.activities.get(attempt, {}),
        sizes_of=lambda attempt: _sizes(snapshot, attempt),
        incoming=_received(event),
    )


def _sizes(snapshot: Snapshot, attempt: str) -> dict[str, int]:
    sessions = snapshot.sessions.values()
    return {session.id: session.size for session in sessions if session.attempt == attempt}


def _received(event: Session | Commit) -> Incoming:
    values: Values = json.loads(event.objectives)
    return lambda _state, _anew: values


def _keep(snapshot: Snapshot, step: Step) -> None:
    after = step.registration
    snapshot.sessions |= {session.id: session for session in (step.left, after.session) if session}
    snapshot.attempts |= {attempt.id: attempt for attempt in (step.finished, after.attempt) if attempt}
    if after.attempt is not None:
        snapshot.activities.setdefault(after.attempt.id, {}).update(after.activities)
    snapshot.registration = after
    _to_latest_session(snapshot)


def _to_latest_session(snapshot: Snapshot) -> None:
    """The registration goes on from its latest session, whichever committed last."""
    known = snapshot.registration
    if known.current is None:
        return
    session = snapshot.sessions[known.current]
    attempt = snapshot.attempts[session.attempt]
    activities = dict(snapshot.activities.get(attempt.id, {}))
    snapshot.registration = replace(known, session=session, attempt=attempt, activities=activities)
