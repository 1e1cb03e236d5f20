"""How long a session took: what the SCO says, and where it says nothing the time that went by."""

from __future__ import annotations

from datetime import datetime

from player.records.standing import Session
from player.runtime import Runtime, Timespan
from player.runtime.outcome import times


def reports_time(runtime: Runtime) -> bool:
    """Whether the SCO keeps time itself."""
    return runtime.get(runtime.standard.roles["session_time"]) is not None


def elapsed(session: Session, until: datetime | None) -> Timespan:
    """What went by on the server's clock."""
    seconds = ((until or session.started) - session.started).total_seconds()
    return Timespan(0, max(0, round(seconds * 100)))


def spent(runtime: Runtime | None, session: Session, until: datetime | None) -> float:
    """The session's time in seconds, up to a commit."""
    if runtime is None:
        return 0.0
    if reports_time(runtime):
        return times(runtime)[0].seconds
    return elapsed(session, until).seconds
