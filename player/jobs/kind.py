"""A kind of job: the function that does it, and the rule by which it is tried again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from player.records.database import Database
from player.records.jobs import Job
from player.settings import Settings

Retry = Callable[[Job, datetime], datetime | None]  # the time of the next try, or None: it is given up
SHORTEST = timedelta(minutes=1)
LEASE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Again:
    """The job runs again at that time. With an error it has failed this time, and its tries are counted."""

    at: datetime
    payload: Mapping[str, Any] | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """The job is given up."""

    error: str


Outcome = Again | Failed | None  # None: the job is done


@dataclass(frozen=True, slots=True)
class Task:
    """A claimed job and what it needs. `stop` is set when the worker is asked to end."""

    database: Database
    settings: Settings
    job: Job
    clock: Callable[[], datetime]
    stop: threading.Event


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of job. No run of it takes longer than the lease, or it extends the lease."""

    name: str
    run: Callable[[Task], Outcome]
    retry: Retry
    lease: timedelta = LEASE


def growing(longest: timedelta, given_up_after: timedelta | None = None) -> Retry:
    """Each pause is as long as all tries until now, from a minute to `longest`."""

    def next_try(job: Job, now: datetime) -> datetime | None:
        tried_for = now - job.first_tried
        if given_up_after is not None and tried_for >= given_up_after:
            return None
        pause = min(max(tried_for, SHORTEST), longest)
        if given_up_after is not None:
            pause = min(pause, max(given_up_after - tried_for, SHORTEST))
        return now + pause

    return next_try
