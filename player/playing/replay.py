"""The record made again from its log: same inputs, same steps, no tables. A difference is a fault of ours."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from player.playing import commit, delivery
from player.playing.step import Step, read_runtime, read_state
from player.playing.versions import Version, Versions
from player.records import commits, registrations
from player.records.commits import Commit
from player.records.standing import Activity, Attempt, Session, Standing
from player.sequencing import State


@dataclass(slots=True)
class Replayed:
    """What the log amounts to."""

    standing: Standing
    sessions: dict[str, Session] = field(default_factory=dict)
    attempts: dict[str, Attempt] = field(default_factory=dict)
    activities: dict[str, dict[str, Activity]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Log:
    """All inputs of a registration: its launches, as its sessions tell them, and its commits."""

    sessions: tuple[Session, ...]
    commits: tuple[Commit, ...]
    attempts: tuple[str, ...]  # ids, in order


def read_log(tx: Connection, registration: str) -> Log:
    """The log of a registration, as the tables keep it."""
    sessions = registrations.sessions(tx, registration)
    sent = [each for session in sessions for each in commits.of_session(tx, session.id)]
    return Log(tuple(sessions), tuple(sent), tuple(dict.fromkeys(s.attempt for s in sessions)))


def replay(versions: Versions, log: Log, beginning: Standing) -> Replayed:
    """Take every step of the log once more, from a registration that nothing has happened to."""
    told = Replayed(beginning)
    ids = _Ids(log)
    names = {session.ordinal: _name_told(session) for session in log.sessions}
    for event in _in_order(log):
        name = names.get(told.standing.sessions + 1)
        if name is not None:
            told.standing = replace(told.standing, learner_name=name)
        if isinstance(event, Session):
            _deliver(versions, told, event, ids)
        elif event.outcome == "applied":
            _commit(versions, told, event, ids)
        else:
            late = told.sessions[event.session]
            told.sessions[late.id] = replace(late, have=event.number)
    return told


def _name_told(session: Session) -> str | None:
    """What the learner was called then: it comes from outside, so the log's launch is where it is known."""
    values = json.loads(session.launch).get("values", {})
    found = values.get("cmi.learner_name", values.get("cmi.core.student_name"))
    return found if isinstance(found, str) else None


class _Ids:
    """The ids that were drawn then: of attempts and of sessions, in the order in which they began."""

    def __init__(self, log: Log) -> None:
        self._names = iter(_names(log))

    def __call__(self) -> str:
        return next(self._names)


def _names(log: Log) -> Iterator[str]:
    attempt = ""
    for session in log.sessions:
        if session.attempt != attempt:
            yield session.attempt
        attempt = session.attempt
        yield session.id


def _in_order(log: Log) -> list[Session | Commit]:
    """By time; at one time a launch comes before its session's commits and after those of sessions before."""
    ordinals = {session.id: session.ordinal for session in log.sessions}
    launches = [session for session in log.sessions if session.cause != "commit"]

    def key(event: Session | Commit) -> tuple[object, int, int]:
        if isinstance(event, Session):
            return event.started, event.ordinal, 0
        return event.received, ordinals[event.session], event.number

    return sorted([*launches, *log.commits], key=key)


def _deliver(versions: Versions, told: Replayed, session: Session, ids: _Ids) -> None:
    standing = told.standing
    step = _step(versions, told, standing, json.loads(session.draws), ids, session)
    delivery.deliver(step, versions.get(session.version), session.page, again=session.cause == "again")
    _keep(told, step)


def _commit(versions: Versions, told: Replayed, sent: Commit, ids: _Ids) -> None:
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
    told: Replayed,
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


def _keep(told: Replayed, step: Step) -> None:
    standing = step.standing
    told.sessions |= {each.id: each for each in (step.left, standing.session) if each}
    told.attempts |= {each.id: each for each in (step.finished, standing.attempt) if each}
    if standing.attempt is not None:
        touched: Mapping[str, Activity] = standing.activities
        told.activities.setdefault(standing.attempt.id, {}).update(touched)
    told.standing = replace(standing, session=told.sessions[standing.current] if standing.current else None)
    _restore_attempt(told)


def _restore_attempt(told: Replayed) -> None:
    """The registration goes on from its latest session, whichever spoke last."""
    session = told.standing.session
    if session is None:
        return
    attempt = told.attempts[session.attempt]
    known = told.activities.get(attempt.id, {})
    told.standing = replace(told.standing, attempt=attempt, activities=dict(known))
