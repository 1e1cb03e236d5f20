"""The time of a delivery and of a commit: within a registration the log is read in the order of its times.

A clock may be set back, and is looked at before the wait for a lock; nothing may be dated before what it
follows.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from player.playing.values import Registration
from player.records import registrations
from player.records.database import Connection


def delivery_time(tx: Connection, registration: Registration, now: datetime) -> datetime:
    """Later than everything before: whether an earlier attempt completed the course is told by the times."""
    if registration.session is None:
        return now
    return max(now, registrations.latest_event(tx, registration.id) + timedelta.resolution)


def commit_time(tx: Connection, registration: Registration, now: datetime) -> datetime:
    """Not before the commit that it follows; once a session has committed, no other session's commits
    count."""
    session = registration.session
    if session is None:
        return now
    is_current = registration.current == session.id
    if is_current and session.first_commit and session.last_commit:
        return max(now, session.last_commit)
    latest = registrations.latest_event(tx, registration.id)
    return max(now, latest if is_current else latest + timedelta.resolution)
