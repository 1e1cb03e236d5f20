"""One step of a registration, from what it was to what it becomes: `registrar` takes it on the tables,
`replay` on the log.

Everything that the log does not hold comes in as a value or a function: time, random numbers, ids, earlier
sessions.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from player.playing.ascii_json import ascii_json
from player.playing.global_objectives import Incoming, Values
from player.playing.values import ActivityResult, Attempt, Registration, Session
from player.playing.version import Version
from player.runtime import Runtime
from player.sequencing import State, Tree, View, looks_alike
from player.sequencing.rollup import receive_objectives


class MarkedView(Struct, frozen=True):
    """Contents and controls, with the mark by which a page says that it shows these, and the state that they
    were judged on."""

    mark: str
    view: View
    state: State

    def shows(self, state: State) -> bool:
        """True where a state would be shown in the same way."""
        return state is self.state or looks_alike(self.state, state)


def no_objectives(_state: State, _anew: bool) -> Values:
    """The learner's global objectives of a course that has none."""
    return {}


@dataclass(slots=True)
class Step:
    """A registration under way; `left` and `finished` are the earlier session and attempt where the step
    begins others."""

    version: Version
    registration: Registration
    state: State
    runtime: Runtime | None
    now: datetime
    draw: Callable[[], float]
    new_id: Callable[[], str]
    session_of: Callable[[str], Session | None]
    activities_of: Callable[[str], Mapping[str, ActivityResult]]
    sizes_of: Callable[[str], Mapping[str, int]]  # characters of the data of an attempt's sessions
    incoming: Incoming = no_objectives
    view: MarkedView | None = None  # of the tree before the step, where this process has computed it already
    left: Session | None = None
    finished: Attempt | None = None
    passed_parts: tuple[str, ...] = ()  # the courses that its optional parts are and that the step has passed
    is_abandoned: bool = False  # what the present session has done for its activity counts no longer
    draws: list[float] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    received: Values = field(default_factory=dict)  # global objectives that other courses have written
    written: list[Values] = field(default_factory=list)  # those of this one; the first before it began anew
    before: Registration = field(init=False)
    parsed: State = field(init=False)  # that of the registration's tree before the step

    def __post_init__(self) -> None:
        self.before, self.parsed = self.registration, self.state

    @property
    def session(self) -> Session:
        """The session under way."""
        if self.registration.session is None:
            raise LookupError("nothing has been delivered yet")
        return self.registration.session

    @property
    def is_present(self) -> bool:
        """True where the learner still has the page of this session before them."""
        return self.registration.current == self.session.id and self.registration.state == "running"

    def load_activities(self) -> None:
        """Read all activities of the attempt; a plain commit needs the session's own only."""
        attempt, known = self.registration.attempt, self.before.attempt
        if attempt is None or known is None or attempt.id != known.id:
            return
        activities = self.activities_of(attempt.id)
        self.before = replace(self.before, activities={**activities, **self.before.activities})
        self.change(activities={**activities, **self.registration.activities})

    def receive(self, *, anew: bool = False) -> None:
        """Let the tree find the learner's global objectives as they are now; `anew` without what this course
        has written."""
        if anew:
            self._pass_on()
        self.received = self.incoming(self.state, anew)
        if self.received:
            self.state = self.state.fork()
            receive_objectives(self.state, self.received)

    def keep_tree(self) -> None:
        """Write the tree's tracking information into the registration, and what it has written to global
        objectives into the step."""
        self._pass_on()
        if self.state is not self.parsed or not self.registration.tree:
            self.change(tree=ascii_json(self.state.to_json()))

    def begin_tree(self, tree: Tree) -> None:
        """A tree that has tracked nothing yet."""
        self.state = State(tree, written=self.state.written)

    def _pass_on(self) -> None:
        shared = self.state.tree.objectives_global_to_system
        self.written.append(self.state.written if shared else {})
        if self.state.written:
            self.state = replace(self.state, written={})

    def drawn(self) -> float:
        """A random number, kept for the log."""
        self.draws.append(self.draw())
        return self.draws[-1]

    def note(self, sentence: str) -> None:
        """Add a sentence to the notes that the log keeps beside the calls."""
        self.notes.append(sentence)

    def change(self, **changes: Any) -> None:
        """Replace fields of the registration."""
        self.registration = replace(self.registration, **changes)

    def list_activity(self, activity: ActivityResult) -> None:
        """Add an activity to the attempt's, or replace it."""
        self.change(activities={**self.registration.activities, activity.item: activity})


def read_state(version: Version, tree: str) -> State:
    """The tree's tracking information from its JSON; items that the version does not have are passed over."""
    return State.from_json(version.tree, json.loads(tree) if tree else {})
