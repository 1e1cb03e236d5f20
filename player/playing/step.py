"""One step of a registration, free of any database: `registration` runs it on tables, `replay` on the log.

All that the log does not say comes in from outside: the time, random draws, new ids, the sessions before.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from player.playing.values import ActivityResult, Attempt, Session, Standing
from player.playing.versions import Version
from player.runtime import Runtime
from player.sequencing import State, View


@dataclass(frozen=True, slots=True)
class MarkedView:
    """A view, under a mark of its own by which a page says that it shows this one."""

    mark: str
    view: View


@dataclass(slots=True)
class Step:
    """A registration under way from one standing to the next; `left` and `finished` are
    the session and the attempt that were, where it began others."""

    version: Version
    standing: Standing
    state: State
    runtime: Runtime | None
    now: datetime
    draw: Callable[[], float]
    new_id: Callable[[], str]
    session_of: Callable[[str], Session | None]
    activities_of: Callable[[str], Mapping[str, ActivityResult]]
    judged: MarkedView | None = None  # of the tree as it was before, where this process has judged it already
    left: Session | None = None
    finished: Attempt | None = None
    draws: list[float] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    before: Standing = field(init=False)

    def __post_init__(self) -> None:
        self.before = self.standing

    @property
    def session(self) -> Session:
        """The session under way."""
        if self.standing.session is None:
            raise LookupError("nothing has been delivered yet")
        return self.standing.session

    def load_activities(self) -> None:
        """All that this attempt has touched; a plain commit needs no more than the session's own."""
        attempt, known = self.standing.attempt, self.before.attempt
        if attempt is None or known is None or attempt.id != known.id:
            return
        found = self.activities_of(attempt.id)
        self.before = replace(self.before, activities={**found, **self.before.activities})
        self.standing = replace(self.standing, activities={**found, **self.standing.activities})

    def keep_tree(self) -> None:
        """The tree's tracking as text, as it is kept."""
        self.change(tree=json.dumps(self.state.to_json()))

    def drawn(self) -> float:
        """A random number, kept for the log."""
        self.draws.append(self.draw())
        return self.draws[-1]

    def note(self, sentence: str) -> None:
        """Something that the log should say beside its calls."""
        self.notes.append(sentence)

    def change(self, **changes: Any) -> None:
        """The registration's own columns."""
        self.standing = replace(self.standing, **changes)


def read_state(version: Version, tree: str) -> State:
    """The tree's tracking as it was kept; a new version passes over what it no longer has."""
    return State.from_json(version.tree, json.loads(tree) if tree else {})


def read_runtime(session: Session | None) -> Runtime | None:
    """The run-time data of a session as of its last commit; None on the contents page."""
    if session is None or session.item is None or session.values == "{}":
        return None
    return Runtime(json.loads(session.values))
