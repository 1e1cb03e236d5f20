"""The table of contents, the controls and the valid requests of the learner's screen, found by looking ahead.

The processes decide as if the current attempt ended now: it is ended in one copy of the state, and every
request is judged on that copy, which none of them changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Literal

from courseware.package import Standard

from .choice import reach
from .delivery import delivery_request_process
from .flow import Ends, Found
from .navigation import Asked, Request, navigation_request_process
from .objectives import read
from .requests import Nothing, SequencingResult, sequencing_request_process
from .rules import rules_check
from .state import Record, State
from .termination import termination_request_process
from .trace import Refusal
from .tree import Activity

_beside_objectives = attrgetter(*(name for name in Record.__struct_fields__ if name != "objectives"))
Control = Literal["enabled", "disabled", "hidden"]
CONTROLS = ("previous", "continue", "exit", "exitAll", "abandon", "abandonAll", "suspendAll")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents; a hidden one has `visible` false."""

    item: str
    title: str
    level: int  # 0 is the organization
    cluster: bool  # nothing of its own is delivered: it has children, or is only a title
    current: bool
    visible: bool
    selectable: bool
    completion_status: str  # "completed", "incomplete", "not attempted", "unknown"
    success_status: str  # "passed", "failed", "unknown"


@dataclass(frozen=True, slots=True)
class View:
    """All that a screen needs, computed once."""

    contents: tuple[Entry, ...]
    controls: dict[str, Control]
    validity: dict[str, Any]


def view(state: State) -> View:
    """Contents, controls and validity of one moment."""
    ahead = LookAhead(state)
    choices = {a.identifier: ahead.leads(Request("choice", a.identifier)) for a in _activities(state)}
    return View(_contents(state, ahead, choices), _controls(state, ahead), _validity(state, ahead, choices))


def contents(state: State) -> tuple[Entry, ...]:
    return view(state).contents


def controls(state: State) -> dict[str, Control]:
    return _controls(state, LookAhead(state))


def validity(state: State) -> dict[str, Any]:
    """`adl.nav.request_valid` for every request: "true" or "false", choice and jump by item."""
    return view(state).validity


def looks_alike(one: State, other: State) -> bool:
    """True where the views of two states are the same, found without judging either. Most of what a SCO
    reports is a number: it changes nothing that the learner sees until a status follows from it."""
    if one.tree is not other.tree or one.current is not other.current or one.suspended is not other.suspended:
        return False
    if one.global_objectives != other.global_objectives or len(one.records) != len(other.records):
        return False
    changed = [key for key, record in other.records.items() if one.records.get(key) is not record]
    return all(_differs_in_numbers(one, other, one.tree[key]) for key in changed)


def _differs_in_numbers(one: State, other: State, activity: Activity) -> bool:
    was, now = one.record(activity), other.record(activity)
    if was == now:
        return True
    if one.tree.weighs or _beside_objectives(was) != _beside_objectives(now):
        return False
    places = range(max(len(was.objectives), len(now.objectives)))
    return all(_status(one, activity, at) == _status(other, activity, at) for at in places)


def _status(state: State, activity: Activity, at: int) -> tuple[bool | None, bool | None]:
    seen = read(state, activity, at)
    return seen.satisfied, seen.completed


class LookAhead:
    """Judges requests on a state that stays unchanged: does one deliver something, or end the session?"""

    def __init__(self, state: State) -> None:
        self.state = state.fork()
        self.ended = state.fork()
        self.override: str | None = None
        self.stuck = False
        current = self.ended.current
        if current is not None and state.record(current).active:
            done = termination_request_process(self.ended, "exit")
            self.stuck = isinstance(done, Refusal)
            self.override = None if isinstance(done, Refusal) else done.sequencing
        self.ended.stops = {}
        self._instead = self._overridden()

    def leads(self, request: Request) -> bool:
        """True where the request would deliver an activity now, or end the session."""
        asked = navigation_request_process(self.state, request)
        if isinstance(asked, Refusal):
            return False
        if asked.termination in (None, "exit"):
            return not self.stuck and self._settled(asked)
        return self._terminates(asked.termination)

    def _terminates(self, termination: str) -> bool:
        """A request that ends the session is always valid while an attempt is under way."""
        current = self.state.current
        if current is not None and self.state.record(current).active:
            return True
        return not isinstance(termination_request_process(self.state.fork(), termination), Refusal)

    def _settled(self, asked: Asked) -> bool:
        if asked.termination is not None and self._instead is not None:
            return self._instead
        if asked.sequencing == "choice" and asked.target is not None:
            return self._delivers(reach(self.ended, asked.target))
        return self._delivers(self._sequenced(asked.sequencing, asked.target))

    def _overridden(self) -> bool | None:
        """A request of a post-condition rule replaces every other, so all of them lead where it leads."""
        if self.override is None:
            return None
        return self._delivers(self._sequenced(self.override, None))

    def _sequenced(self, sequencing: str, target: Activity | None) -> SequencingResult:
        return sequencing_request_process(self.ended, sequencing, target)

    def _delivers(self, result: SequencingResult) -> bool:
        if isinstance(result, Found):
            return delivery_request_process(self.ended, result.activity) is None
        return isinstance(result, Ends | Nothing)


def _activities(state: State) -> tuple[Activity, ...]:
    return tuple(state.tree.activities.values())


def _contents(state: State, ahead: LookAhead, choices: dict[str, bool]) -> tuple[Entry, ...]:
    """The available activities in document order."""
    usable = _is_usable(state)
    entries: list[Entry] = []
    waiting = [(state.tree.root, True)]
    while waiting:
        activity, shown = waiting.pop()
        shown = shown and not _is_hidden(ahead.ended, activity)
        selectable = usable and shown and activity.visible and choices[activity.identifier]
        entries.append(_entry(state, activity, visible=shown and activity.visible, selectable=selectable))
        waiting.extend((child, shown) for child in reversed(state.children(activity)))
    return tuple(entries)


def _entry(state: State, activity: Activity, *, visible: bool, selectable: bool) -> Entry:
    completion, success = statuses(state, activity)
    return Entry(
        item=activity.identifier,
        title=activity.title,
        level=activity.depth,
        cluster=not activity.is_leaf or activity.is_heading,
        current=activity is state.current,
        visible=visible,
        selectable=selectable,
        completion_status=completion,
        success_status=success,
    )


def statuses(state: State, activity: Activity) -> tuple[str, str]:
    """Completion and success status in the words of the run-time data model."""
    seen = read(state, activity)
    verdict = seen.satisfied if verdict_given(state, activity) else None
    success = {True: "passed", False: "failed", None: "unknown"}[verdict]
    if seen.completed is None:
        return ("unknown" if state.record(activity).attempts else "not attempted"), success
    return ("completed" if seen.completed else "incomplete"), success


def verdict_given(state: State, activity: Activity) -> bool:
    """In SCORM 1.2 completion alone is no pass, although it rolls up as one: a SCO must have reported it."""
    if state.tree.standard is not Standard.SCORM_12:
        return True
    return any(state.record(leaf).success_told for leaf in state.tree.leaves if activity.contains(leaf))


def _is_usable(state: State) -> bool:
    """The contents of a course of one item are no control, unless nothing is delivered."""
    return len(state.tree.leaves) > 1 or state.tree.root.control.flow or state.current is None


def _is_hidden(state: State, activity: Activity) -> bool:
    return rules_check(state, activity, activity.rules("hiddenFromChoice")) is not None


def _controls(state: State, ahead: LookAhead) -> dict[str, Control]:
    """Continue is usable wherever it is shown, also where flow would find nothing (SN 5.6.3, NB.2.1 3)."""
    current = state.current
    hidden = current.item.hide_lms_ui if current is not None and current.item is not None else frozenset()
    if current is None or current.parent is None or not current.parent.control.flow or _is_alone(state):
        hidden |= {"previous", "continue"}
    return {name: "hidden" if name in hidden else _control(ahead, name) for name in CONTROLS}


def _is_alone(state: State) -> bool:
    """A SCORM 1.2 course of one part turns its own pages: Continue would end its attempt."""
    return state.tree.standard is Standard.SCORM_12 and len(state.tree.leaves) == 1


def _control(ahead: LookAhead, name: str) -> Control:
    return "enabled" if name == "continue" or ahead.leads(Request(name)) else "disabled"


def _validity(state: State, ahead: LookAhead, choices: dict[str, bool]) -> dict[str, Any]:
    jumps = {a.identifier: ahead.leads(Request("jump", a.identifier)) for a in _activities(state)}
    return {
        **{name: _word(ahead.leads(Request(name))) for name in CONTROLS},
        "choice": {item: _word(valid) for item, valid in choices.items()},
        "jump": {item: _word(valid) for item, valid in jumps.items()},
    }


def _word(valid: bool) -> str:
    return "true" if valid else "false"
