"""The time of a session: what the SCO reports, else the time on the server's clock."""

from __future__ import annotations

from datetime import datetime

from player.playing.values import Session
from player.runtime import Runtime, Timespan
from player.runtime.outcome import times
from player.runtime.timespan import parse


def reports_time(runtime: Runtime, session: Session) -> bool:
    """True where the SCO reports its time; one that began anew may have reported it before."""
    name, roles = runtime.standard.name, runtime.standard.roles
    if runtime.get(roles["session_time"]) is not None:
        return True
    return parse(name, runtime.get(roles["total_time"])) != _total_before(runtime, session.launch)


def elapsed(session: Session, until: datetime | None) -> Timespan:
    """The time from the session's start on the server's clock."""
    seconds = ((until or session.started) - session.started).total_seconds()
    return Timespan(0, max(0, round(seconds * 100)))


def spent(runtime: Runtime | None, session: Session, until: datetime | None) -> float:
    """The seconds that the session has taken up to a commit, also of documents that have ended in it."""
    if runtime is None:
        return 0.0
    if reports_time(runtime, session):
        return times(runtime)[1].seconds - _total_before(runtime, session.launch).seconds
    return elapsed(session, until).seconds


def _total_before(runtime: Runtime, launch: str) -> Timespan:
    """The total time that the session began with. It is searched for in the launch's text, which may be long:
    no value can hold the name unescaped."""
    key = f'"{runtime.standard.roles["total_time"]}": "'
    begin = launch.find(key) + len(key)
    if begin < len(key):
        return Timespan()
    return parse(runtime.standard.name, launch[begin : launch.index('"', begin)])
