"""Where one registration stands: the values that a commit is folded into, free of any database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Result:
    """What an activity, an attempt and a registration alike say of themselves."""

    completion_status: str = "unknown"
    success_status: str = "unknown"
    score_scaled: float | None = None
    score_raw: float | None = None
    score_min: float | None = None
    score_max: float | None = None
    progress_measure: float | None = None
    total_time: float = 0.0


@dataclass(frozen=True, slots=True)
class ActivityResult:
    """An item within an attempt; `session` is the last that spoke for it: the next starts from its data."""

    item: str
    title: str
    result: Result = Result()
    session: str | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try."""

    id: str
    number: int
    state: str
    started: datetime
    ended: datetime | None = None
    result: Result = Result()


@dataclass(frozen=True, slots=True)
class Session:
    """One launch of one SCO, or of the contents with nothing delivered (`item` is None)."""

    id: str
    attempt: str
    version: int
    item: str | None
    page: str
    ordinal: int
    started: datetime
    launch: str  # JSON
    values: str  # JSON: the run-time state after `have` commits
    draws: str = "[]"  # JSON: the random numbers that its launch consumed; those of a commit are the commit's
    cause: str = "launch"  # or "again", where it starts afresh, or "commit", where another led to it
    have: int = 0
    ended: datetime | None = None
    first_commit: datetime | None = None
    last_commit: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A registration with one session of it and that session's attempt.

    `activities` holds the session's own item, or the whole attempt where that was asked for; `current` is the
    latest session's id, which is another's where the session here has been taken over.
    """

    registration: str
    version: int
    learner_id: str
    learner_name: str
    state: str = "not attempted"
    result: Result = Result()
    started: datetime | None = None
    completed: datetime | None = None
    tree: str = ""
    stores: str = "{}"
    attempts: int = 0
    sessions: int = 0
    current: str | None = None
    attempt: Attempt | None = None
    session: Session | None = None
    activities: Mapping[str, ActivityResult] = field(default_factory=dict)
