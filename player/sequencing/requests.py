"""Sequencing requests (SB.2.5 to SB.2.8, SB.2.10 to SB.2.13): each identifies an activity to deliver."""

from __future__ import annotations

from collections.abc import Callable

from courseware.package import Standard

from .choice import choice_sequencing_request
from .flow import Direction, Ends, Found, flow_subprocess
from .state import State
from .trace import Refusal
from .tree import Activity


class Nothing:
    """The session goes on with nothing delivered (SB.2.11 4)."""


SequencingResult = Found | Ends | Nothing | Refusal


def sequencing_request_process(state: State, sequencing: str, target: Activity | None) -> SequencingResult:
    """SB.2.12."""
    if sequencing == "choice":
        return choice_sequencing_request(state, target)
    if sequencing == "jump":
        return _jump(state, target)
    handler = _HANDLERS.get(sequencing)
    if handler is None:
        return Refusal("SB.2.12-1", None, f"“{sequencing}” is no sequencing request.")
    return handler(state)


def _start(state: State) -> SequencingResult:
    """SB.2.5; a course of one item is delivered although its root has no flow.

    SCORM 1.2 has no attempts: a course that was ended starts afresh.
    """
    root = state.tree.root
    if state.current is not None:
        return Refusal("SB.2.5-1", state.current.identifier, "The session has begun already.")
    if state.tree.standard is Standard.SCORM_12 and state.suspended is None:
        state.records.clear()
    if root.is_leaf:
        return Found(root)
    if len(state.tree.leaves) == 1 and not root.control.flow:
        return Found(state.tree.leaves[0])
    return flow_subprocess(state, root, "forward", consider_children=True)


def _resume_all(state: State) -> SequencingResult:
    """SB.2.6; a cluster that was suspended between two activities cannot be delivered (DB.1.1-1)."""
    if state.current is not None:
        return Refusal("SB.2.6-1", state.current.identifier, "The session has begun already.")
    if state.suspended is None:
        return Refusal("SB.2.6-2", None, "Nothing is suspended that could be resumed.")
    return Found(state.suspended)


def _flowing(direction: Direction, code: str) -> Callable[[State], SequencingResult]:
    """SB.2.7 and SB.2.8."""

    def handler(state: State) -> SequencingResult:
        current = state.current
        if current is None:
            return Refusal(f"{code}-1", None, "The session has not begun: nothing is current.")
        if current.parent is not None and not current.parent.control.flow:
            return Refusal(f"{code}-2", current.identifier, f"“{current.parent.title}” does not allow flow.")
        return flow_subprocess(state, current, direction, consider_children=False)

    return handler


def _retry(state: State) -> SequencingResult:
    """SB.2.10; a new attempt on the root forgets the objectives that are the course's own (CAM 5.1.1)."""
    current = state.current
    if current is None:
        return Refusal("SB.2.10-1", None, "Nothing is current that could be tried again.")
    record = state.record(current)
    if record.active or record.suspended:
        title = current.title
        return Refusal("SB.2.10-2", current.identifier, f"The attempt on “{title}” has not ended.")
    if current.parent is None and not state.tree.objectives_global_to_system:
        state.global_objectives.clear()
    if current.is_leaf:
        return Found(current)
    found = flow_subprocess(state, current, "forward", consider_children=True)
    if isinstance(found, Found):
        return found
    return Refusal("SB.2.10-3", current.identifier, f"“{current.title}” leads to nothing to try again.")


def _exit(state: State) -> SequencingResult:
    """SB.2.11: the session ends at the root only."""
    current = state.current
    if current is None:
        return Refusal("SB.2.11-1", None, "Nothing is current that could be left.")
    if state.record(current).active:
        return Refusal("SB.2.11-2", current.identifier, f"The attempt on “{current.title}” has not ended.")
    return Ends() if current.parent is None else Nothing()


def _jump(state: State, target: Activity | None) -> SequencingResult:
    """SB.2.13."""
    if state.current is None or target is None:
        return Refusal("SB.2.13-1", None, "The session has not begun: nothing is current.")
    return Found(target)


_HANDLERS: dict[str, Callable[[State], SequencingResult]] = {
    "start": _start,
    "resumeAll": _resume_all,
    "continue": _flowing("forward", "SB.2.7"),
    "previous": _flowing("backward", "SB.2.8"),
    "retry": _retry,
    "exit": _exit,
}
