"""The record made again from its log: same inputs, same steps, no tables. A difference is a fault of ours."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from player.playing import commit, sessions
from player.playing.snapshot import Snapshot, unpacked
from player.playing.step import Step, read_runtime, read_state
from player.playing.values import ActivityResult, Session, Standing
from player.playing.versions import Version, Versions
from player.records import commits, registrations, snapshots
from player.records.commits import Commit
from player.sequencing import State

LEARNER = {
    "cmi.learner_id": "learner_id",
    "cmi.core.student_id": "learner_id",
    "cmi.learner_name": "learner_name",
    "cmi.core.student_name": "learner_name",
}


@dataclass(frozen=True, slots=True)
class Log:
    """All inputs of a registration: its launches, as its sessions tell them, and its commits, from the
    snapshot on where it has been folded."""

    sessions: tuple[Session, ...]
    commits: tuple[Commit, ...]
    snapshot: bytes | None = None


def read_log(tx: Connection, registration: str) -> Log:
    """The log of a registration, as the tables keep it."""
    sessions = registrations.sessions(tx, registration)
    sent = [each for session in sessions for each in commits.of_session(tx, session.id)]
    return Log(tuple(sessions), tuple(sent), snapshots.snapshot(tx, registration))


def replay(versions: Versions, log: Log, beginning: Standing) -> Snapshot:
    """Take every step of the log once more, from its snapshot or from a registration that nothing has
    happened to."""
    told = unpacked(log.snapshot, log.sessions) if log.snapshot else Snapshot(beginning)
    _go_on(told)
    ids = _Ids(log, told.standing.sessions)
    learners = {session.ordinal: _learner_told(session) for session in log.sessions}
    for event in [event for event in _in_order(log) if not _is_in(told, event)]:
        told.standing = replace(told.standing, **learners.get(told.standing.sessions + 1, {}))
        if isinstance(event, Session):
            _deliver(versions, told, event, ids)
        elif event.outcome == "applied":
            _commit(versions, told, event, ids)
        else:
            late = told.sessions[event.session]
            told.sessions[late.id] = replace(late, have=max(late.have, event.number))
    return told


def _is_in(told: Snapshot, event: Session | Commit) -> bool:
    """Whether the snapshot knows of it: a fold that has not come to its end leaves commits behind."""
    if isinstance(event, Session):
        return event.ordinal <= told.standing.sessions
    session = told.sessions.get(event.session)
    return session is not None and event.number <= session.have


def _learner_told(session: Session) -> dict[str, Any]:
    """Who the learner was then: it comes from outside, so the log's launch is where it is known."""
    values = json.loads(session.launch).get("values", {})
    return {LEARNER[name]: value for name, value in values.items() if name in LEARNER}


class _Ids:
    """The ids that were drawn then: of attempts and of sessions, in the order in which they began."""

    def __init__(self, log: Log, begun: int) -> None:
        self._names = _names(log, begun)

    def __call__(self) -> str:
        return next(self._names)


def _names(log: Log, begun: int) -> Iterator[str]:
    attempt = ""
    for session in log.sessions:
        if session.ordinal > begun:
            if session.attempt != attempt:
                yield session.attempt
            yield session.id
        attempt = session.attempt


def _in_order(log: Log) -> list[Session | Commit]:
    """By time; at one time a launch comes before its session's commits and after those of sessions before."""
    ordinals = {session.id: session.ordinal for session in log.sessions}
    launches = [session for session in log.sessions if session.cause != "commit"]

    def key(event: Session | Commit) -> tuple[object, int, int]:
        if isinstance(event, Session):
            return event.started, event.ordinal, 0
        return event.received, ordinals[event.session], event.number

    return sorted([*launches, *log.commits], key=key)


def _deliver(versions: Versions, told: Snapshot, session: Session, ids: _Ids) -> None:
    standing = told.standing
    step = _step(versions, told, standing, json.loads(session.draws), ids, session)
    sessions.deliver(step, versions.get(session.version), session.page, again=session.cause == "again")
    _keep(told, step)


def _commit(versions: Versions, told: Snapshot, sent: Commit, ids: _Ids) -> None:
    session = told.sessions[sent.session]
    attempt = told.attempts[session.attempt]
    known = told.activities.get(attempt.id, {})
    own = {session.item: known[session.item]} if session.item in known else {}
    standing = replace(told.standing, session=session, attempt=attempt, activities=own)
    step = _step(versions, told, standing, json.loads(sent.draws), ids, sent)
    commit.commit(step, sent.number, json.loads(sent.calls))
    _keep(told, step)


def _step(
    versions: Versions,
    told: Snapshot,
    standing: Standing,
    draws: list[float],
    ids: _Ids,
    event: Session | Commit,
) -> Step:
    version = versions.get(standing.version)
    waiting = iter(draws)
    return Step(
        version=version,
        standing=standing,
        state=_state(version, standing),
        runtime=read_runtime(standing.session),
        now=event.started if isinstance(event, Session) else event.received,
        draw=lambda: next(waiting),
        new_id=ids,
        session_of=told.sessions.get,
        activities_of=lambda attempt: told.activities.get(attempt, {}),
    )


def _state(version: Version, standing: Standing) -> State:
    return read_state(version, standing.tree)


def _keep(told: Snapshot, step: Step) -> None:
    standing = step.standing
    told.sessions |= {each.id: each for each in (step.left, standing.session) if each}
    told.attempts |= {each.id: each for each in (step.finished, standing.attempt) if each}
    if standing.attempt is not None:
        touched: Mapping[str, ActivityResult] = standing.activities
        told.activities.setdefault(standing.attempt.id, {}).update(touched)
    told.standing = standing
    _go_on(told)


def _go_on(told: Snapshot) -> None:
    """The registration goes on from its latest session, whichever spoke last."""
    if told.standing.current is None:
        return
    session = told.sessions[told.standing.current]
    attempt = told.attempts[session.attempt]
    known = told.activities.get(attempt.id, {})
    told.standing = replace(told.standing, session=session, attempt=attempt, activities=dict(known))
