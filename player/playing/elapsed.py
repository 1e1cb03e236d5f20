"""How long a session took: what the SCO says, and where it says nothing the time that went by."""

from __future__ import annotations

from datetime import datetime

from player.playing.values import Session
from player.runtime import Runtime, Timespan
from player.runtime.outcome import times
from player.runtime.timespan import parse


def reports_time(runtime: Runtime, session: Session) -> bool:
    """Whether the SCO keeps time itself; one that began anew may have done so before."""
    name, roles = runtime.standard.name, runtime.standard.roles
    if runtime.get(roles["session_time"]) is not None:
        return True
    return parse(name, runtime.get(roles["total_time"])) != _total_before(runtime, session.launch)


def elapsed(session: Session, until: datetime | None) -> Timespan:
    """What went by on the server's clock."""
    seconds = ((until or session.started) - session.started).total_seconds()
    return Timespan(0, max(0, round(seconds * 100)))


def spent(runtime: Runtime | None, session: Session, until: datetime | None) -> float:
    """The session's time in seconds, up to a commit: of all that the SCO began and ended in it."""
    if runtime is None:
        return 0.0
    if reports_time(runtime, session):
        return times(runtime)[1].seconds - _total_before(runtime, session.launch).seconds
    return elapsed(session, until).seconds


def _total_before(runtime: Runtime, launch: str) -> Timespan:
    """Looked up in the launch's text, which may be long: no value can hold the name unescaped."""
    key = f'"{runtime.standard.roles["total_time"]}": "'
    begin = launch.find(key) + len(key)
    if begin < len(key):
        return Timespan()
    return parse(runtime.standard.name, launch[begin : launch.index('"', begin)])
