"""Choice (SB.2.4, SB.2.9, SB.2.9.1, SB.2.9.2): a chosen activity is reached, or refused."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from .attempts import end_attempt, terminate_descendent_attempts
from .flow import Direction, Found, flow_subprocess, sibling
from .rules import rules_check
from .state import State
from .trace import Refusal
from .tree import Activity, common_ancestor


def choice_sequencing_request(state: State, target: Activity | None) -> Found | Refusal:
    """SB.2.9: a cluster that leads to nothing becomes the current activity all the same (step 12)."""
    if target is None:
        return Refusal("SB.2.9-1", None, "A choice needs a target.")
    found = reach(state, target)
    if isinstance(found, Refusal) and found.code == "SB.2.9-9":
        top = state.tree.root if state.current is None else common_ancestor(state.current, target)
        terminate_descendent_attempts(state, top)
        end_attempt(state, top)
        state.current = target
    return found


def reach(state: State, target: Activity) -> Found | Refusal:
    """SB.2.9 without its one side effect, so that a look-ahead may call it for every activity."""
    refusal = _offered(state, target) or _path_refusal(state, target)
    if refusal is not None:
        return refusal
    if target.is_leaf:
        return Found(target)
    found = flow_subprocess(state, target, "forward", consider_children=True)
    if isinstance(found, Found):
        return found
    return Refusal("SB.2.9-9", target.identifier, f"“{target.title}” leads to nothing that can be delivered.")


def _offered(state: State, target: Activity) -> Refusal | None:
    """SB.2.9 2 to 4: available, not hidden from choice, and its parent lets one choose."""
    for activity in target.path():
        if not state.is_available(activity):
            return Refusal("SB.2.9-2", activity.identifier, f"“{activity.title}” is not available.")
        if rules_check(state, activity, activity.rules("hiddenFromChoice")):
            return Refusal("SB.2.9-3", activity.identifier, f"“{activity.title}” is hidden from choice.")
    if target.parent is not None and not target.parent.control.choice:
        return Refusal(
            "SB.2.9-4", target.identifier, f"“{target.parent.title}” does not let learners choose from it."
        )
    return None


def _path_refusal(state: State, target: Activity) -> Refusal | None:
    """SB.2.9 8, by the target's place seen from the current activity; no path is ever empty (SB.2.9-5)."""
    current = state.current
    if current is target:
        return None
    if current is not None and target.parent is not None and current.parent is target.parent:
        return _among_siblings(state, target.parent, current, target)
    top = state.tree.root if current is None else common_ancestor(current, target)
    if current is None or current is top:
        return _downwards(state, top, target)
    if target is top:
        return _upwards(current, target)
    return _constrained(state, current, top, target) or _across(state, current, top, target)


def _among_siblings(state: State, parent: Activity, current: Activity, target: Activity) -> Refusal | None:
    """SB.2.9 8.2: every sibling on the way must let the learner pass."""
    if _position(state, target) < _position(state, current):
        return choice_activity_traversal(state, current, "backward")
    stop = _first_stop(state, parent, current)
    if stop is None or _position(state, stop) >= _position(state, target):
        return None
    return choice_activity_traversal(state, stop, "forward")


def _first_stop(state: State, parent: Activity, current: Activity) -> Activity | None:
    """The first sibling, from the current one on, that stops the way forward; a look-ahead finds it once."""
    if state.stops is not None and parent.identifier in state.stops:
        return state.stops[parent.identifier]
    here = _position(state, current)
    ahead = [a for a in parent.stoppers if state.is_available(a) and _position(state, a) >= here]
    ahead.sort(key=lambda a: _position(state, a))
    found = next((a for a in ahead if choice_activity_traversal(state, a, "forward")), None)
    if state.stops is not None:
        state.stops[parent.identifier] = found
    return found


def _position(state: State, activity: Activity) -> int:
    place = state.place(activity)
    return activity.index if place is None else place


def _downwards(state: State, top: Activity, target: Activity) -> Refusal | None:
    """SB.2.9 8.3: from an ancestor, or from the root where nothing is current, down to the target."""
    return _first(
        choice_activity_traversal(state, a, "forward") or _prevented(state, a, top)
        for a in _below(top, target)
    )


def _upwards(current: Activity, target: Activity) -> Refusal | None:
    """SB.2.9 8.4: up to an ancestor, out of all activities in between."""
    return _first(_held(left) for left in _left(current, target))


def _constrained(state: State, current: Activity, top: Activity, target: Activity) -> Refusal | None:
    """SB.2.9 8.5.1 to 8.5.5: what is left must allow it; a constraint allows neighbours only."""
    constraint: Activity | None = None
    for left in _left(current, top):
        if not left.control.choice_exit:
            return _held(left)
        if constraint is None and _constrains(left):
            constraint = left
    if constraint is None:
        return None
    direction: Direction = "forward" if _is_ahead(state, top, constraint, target) else "backward"
    consider = choice_flow_subprocess(state, constraint, direction)
    if consider.contains(target):
        return None
    title = constraint.title
    return Refusal("SB.2.9-8", target.identifier, f"“{title}” constrains choice to what stands next to it.")


def _constrains(activity: Activity) -> bool:
    """SN 3.3: a cluster may constrain the choice of activities outside it; a leaf does not."""
    return not activity.is_leaf and activity.sequencing.constrained_choice.constrain_choice


def _across(state: State, current: Activity, top: Activity, target: Activity) -> Refusal | None:
    """SB.2.9 8.5.6 and after: down the other branch."""
    path = tuple(_below(top, target))
    if _is_ahead(state, top, current, target):
        return _first(
            choice_activity_traversal(state, a, "forward") or _prevented(state, a, top) for a in path
        )
    return _first(_prevented(state, a, top) for a in path)


def choice_activity_traversal(state: State, activity: Activity, direction: Direction) -> Refusal | None:
    """SB.2.4."""
    if direction == "forward":
        if rules_check(state, activity, activity.rules("stopForwardTraversal")):
            return Refusal("SB.2.4-1", activity.identifier, f"“{activity.title}” stops the way forward.")
        return None
    if activity.parent is None:
        return Refusal("SB.2.4-3", activity.identifier, "Nothing comes before the root.")
    if activity.parent.control.forward_only:
        title = activity.parent.title
        return Refusal("SB.2.4-2", activity.identifier, f"“{title}” can be taken forward only.")
    return None


def choice_flow_subprocess(state: State, activity: Activity, direction: Direction) -> Activity:
    """SB.2.9.1: the neighbour in that direction, or the activity itself where it has none."""
    return choice_flow_tree_traversal(state, activity, direction) or activity


def choice_flow_tree_traversal(state: State, activity: Activity, direction: Direction) -> Activity | None:
    """SB.2.9.2."""
    offset = 1 if direction == "forward" else -1
    return next(filter(None, map(partial(_sibling_at, state, offset), activity.upwards())), None)


def _sibling_at(state: State, offset: int, activity: Activity) -> Activity | None:
    return sibling(state, activity, offset)


def _prevented(state: State, activity: Activity, top: Activity) -> Refusal | None:
    """SB.2.9-6: a cluster may refuse to be entered by a choice from outside."""
    if activity is top or state.record(activity).active:
        return None
    if not activity.sequencing.constrained_choice.prevent_activation:
        return None
    return Refusal(
        "SB.2.9-6", activity.identifier, f"“{activity.title}” is not entered by a choice below it."
    )


def _held(activity: Activity) -> Refusal | None:
    if activity.control.choice_exit:
        return None
    return Refusal("SB.2.9-7", activity.identifier, f"“{activity.title}” may not be left by a choice.")


def _left(current: Activity, top: Activity) -> Iterable[Activity]:
    """The activities from the current one up to the common ancestor, without it."""
    for activity in current.upwards():
        if activity is top:
            return
        yield activity


def _below(top: Activity, target: Activity) -> Iterable[Activity]:
    """The activities from the common ancestor down to the target, without the target."""
    return (a for a in target.path()[:-1] if top.contains(a))


def _is_ahead(state: State, top: Activity, current: Activity, target: Activity) -> bool:
    """True where the target's branch below the common ancestor comes after the current activity's."""
    ours, theirs = (next(a for a in x.upwards() if a.parent is top) for x in (current, target))
    return _position(state, ours) < _position(state, theirs)


def _first(refusals: Iterable[Refusal | None]) -> Refusal | None:
    return next((r for r in refusals if r is not None), None)
