"""Flow (SB.2.1 to SB.2.3): the next activity in a direction that can be delivered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .rules import check_activity, rules_check
from .state import State
from .trace import Refusal
from .tree import Activity

Direction = Literal["forward", "backward"]


@dataclass(frozen=True, slots=True)
class Traversed:
    """SB.2.1: where the traversal came to, and the direction it goes on in."""

    activity: Activity
    direction: Direction


@dataclass(frozen=True, slots=True)
class Ends:
    """The traversal walked off the tree: the session ends (SB.2.1 3.1)."""


@dataclass(frozen=True, slots=True)
class Found:
    """SB.2.3: an activity that can be delivered."""

    activity: Activity


def flow_subprocess(
    state: State, activity: Activity, direction: Direction, *, consider_children: bool
) -> Found | Ends | Refusal:
    """SB.2.3."""
    step = flow_tree_traversal(state, activity, direction, None, consider_children=consider_children)
    if not isinstance(step, Traversed):
        return step
    return flow_activity_traversal(state, step.activity, direction)


def flow_activity_traversal(state: State, activity: Activity, direction: Direction) -> Found | Ends | Refusal:
    """SB.2.2, as a loop: a long run of skipped activities is no deep recursion."""
    previous: Direction | None = None
    while True:
        if activity.parent is not None and not activity.parent.control.flow:
            title = activity.parent.title
            return Refusal("SB.2.2-1", activity.identifier, f"“{title}” does not allow flow.")
        skipped = rules_check(state, activity, activity.rules("skip")) is not None
        if not skipped and check_activity(state, activity):
            return Refusal("SB.2.2-2", activity.identifier, f"“{activity.title}” cannot be tried now.")
        if not skipped and activity.is_leaf:
            return Found(activity)
        before = previous if skipped else None
        step = flow_tree_traversal(state, activity, direction, before, consider_children=not skipped)
        if not isinstance(step, Traversed):
            return step
        direction, previous = _next_directions(direction, before, step.direction, skipped=skipped)
        activity = step.activity


def _next_directions(
    direction: Direction, previous: Direction | None, found: Direction, *, skipped: bool
) -> tuple[Direction, Direction | None]:
    """SB.2.2 2.2 and 4.2: a forward-only cluster met on the way back turns the way round for a while."""
    if skipped:
        return (found, None) if previous == found == "backward" else (direction, previous)
    if direction == "backward" and found == "forward":
        return "forward", "backward"
    return direction, None


def flow_tree_traversal(
    state: State,
    activity: Activity,
    direction: Direction,
    previous: Direction | None,
    *,
    consider_children: bool,
) -> Traversed | Ends | Refusal:
    """SB.2.1: one step; `previous` is the direction in which a forward-only cluster was met."""
    if previous == "backward" and activity.parent is not None and _is_last(state, activity):
        activity = state.children(activity.parent)[0]
        return _backward(state, activity, consider_children=consider_children, turned=True)
    if direction == "forward":
        return _forward(state, activity, consider_children=consider_children)
    return _backward(state, activity, consider_children=consider_children, turned=False)


def _forward(state: State, activity: Activity, *, consider_children: bool) -> Traversed | Ends | Refusal:
    """SB.2.1 3."""
    if not activity.is_leaf and consider_children:
        children = state.children(activity)
        return Traversed(children[0], "forward") if children else _childless(activity)
    here = activity
    while here.parent is not None:
        following = sibling(state, here, 1)
        if following is not None:
            return Traversed(following, "forward")
        here = here.parent
    state.note("SB.2.1", activity, f"“{activity.title}” is the last: flowing on ends the session.")
    return Ends()


def _backward(
    state: State, activity: Activity, *, consider_children: bool, turned: bool
) -> Traversed | Ends | Refusal:
    """SB.2.1 4."""
    if activity.parent is None:
        return Refusal("SB.2.1-3", activity.identifier, "Nothing comes before the root.")
    if not activity.is_leaf and consider_children:
        return _into_backward(state, activity)
    here = activity
    while here.parent is not None:
        if here.parent.control.forward_only and not turned:
            title = here.parent.title
            return Refusal("SB.2.1-4", here.identifier, f"“{title}” can be taken forward only.")
        preceding = sibling(state, here, -1)
        if preceding is not None:
            return Traversed(preceding, "backward")
        here, turned = here.parent, False
    return Refusal("SB.2.1-3", activity.identifier, f"Nothing comes before “{activity.title}”.")


def _into_backward(state: State, cluster: Activity) -> Traversed | Refusal:
    """SB.2.1 4.3: a forward-only cluster is entered at its first child even on the way back."""
    children = state.children(cluster)
    if not children:
        return _childless(cluster)
    if cluster.control.forward_only:
        return Traversed(children[0], "forward")
    return Traversed(children[-1], "backward")


def sibling(state: State, activity: Activity, offset: int) -> Activity | None:
    """The next (1) or the one before (-1) among the parent's available children."""
    if activity.parent is None:
        return None
    place = state.place(activity)
    children = state.children(activity.parent)
    if place is None or not 0 <= place + offset < len(children):
        return None
    return children[place + offset]


def _is_last(state: State, activity: Activity) -> bool:
    return sibling(state, activity, 1) is None


def _childless(cluster: Activity) -> Refusal:
    return Refusal("SB.2.1-2", cluster.identifier, f"“{cluster.title}” offers no children.")
