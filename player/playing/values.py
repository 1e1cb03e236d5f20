"""The frozen values of one registration: what a commit is folded into, and the log that it is folded from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct, field

from player.tracking import Result

NO_RESULT = Result()


class ActivityResult(Struct, frozen=True, omit_defaults=True):
    """An activity within an attempt; `session` is the last that spoke for it: the next starts from its
    data."""

    item: str
    title: str
    result: Result = NO_RESULT
    session: str | None = None


class Attempt(Struct, frozen=True, omit_defaults=True):
    """One try within a registration."""

    id: str
    number: int
    state: str
    started: datetime
    ended: datetime | None = None
    result: Result = NO_RESULT


class Session(Struct, frozen=True, omit_defaults=True):
    """One launch of one SCO, or of the contents with nothing delivered (`item` is None)."""

    id: str
    attempt: str
    version: int
    item: str | None
    page: str
    ordinal: int
    started: datetime
    launch: str  # JSON
    values: str  # JSON: the run-time state after `have` commits, without the records of collections
    draws: str = "[]"  # JSON: the random numbers that its launch consumed; those of a commit are the commit's
    cause: str = "launch"  # or "again", where it starts afresh, or "commit", where another led to it
    have: int = 0
    first_commit: datetime | None = None
    last_commit: datetime | None = None
    objectives: str = "{}"  # JSON: global objectives that other courses had written when it was launched
    awarded: str | None = None  # JSON: what counted for the registration before it; None where none was kept
    notes: str = (
        "[]"  # JSON: sentences of why its launch led where it did; those of a commit are the commit's
    )
    records: Mapping[str, str] = field(
        default_factory=dict
    )  # JSON of each, by a name such as cmi.objectives.0

    @property
    def size(self) -> int:
        """The characters of its run-time state."""
        return len(self.values) + sum(map(len, self.records.values()))


class Registration(Struct, frozen=True, omit_defaults=True):
    """One learner in one course, with one of its sessions and that session's attempt.

    `activities` holds the session's own activity, or all of the attempt where they were asked for. `current`
    is the id of the latest session: another than `session` where the page of this one has been taken over.
    """

    id: str
    version: int
    learner_id: str
    learner_name: str
    state: str = "not attempted"
    result: Result = NO_RESULT
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


class Commit(Struct, frozen=True):
    """One numbered commit of a session, with the random numbers that it consumed and notes of what was
    passed over."""

    session: str
    number: int
    received: datetime
    calls: str  # JSON
    draws: str = "[]"  # JSON
    outcome: str = "applied"
    notes: str = "[]"  # JSON
    objectives: str = "{}"  # JSON: global objectives that other courses had written since the step before


class Log(Struct, frozen=True):
    """All inputs of a registration: its launches, as its sessions have them, and its commits, from the
    snapshot on where it has been folded."""

    sessions: tuple[Session, ...]
    commits: tuple[Commit, ...]
    snapshot: bytes | None = None
