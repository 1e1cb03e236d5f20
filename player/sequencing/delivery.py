"""Delivery (DB.1.1, DB.2, DB.2.1): a last check, then the activity's attempt begins or goes on."""

from __future__ import annotations

from .attempts import begin_attempt, terminate_descendent_attempts
from .rules import check_activity
from .state import State
from .trace import Refusal
from .tree import Activity, common_ancestor


def delivery_request_process(state: State, activity: Activity) -> Refusal | None:
    """DB.1.1; the path to the root is never empty, so DB.1.1-2 cannot arise."""
    if not activity.is_leaf:
        return Refusal("DB.1.1-1", activity.identifier, f"“{activity.title}” has no content of its own.")
    for ancestor in activity.path():
        if check_activity(state, ancestor):
            title = ancestor.title
            return Refusal("DB.1.1-3", ancestor.identifier, f"“{title}” cannot be tried now.")
    return None


def content_delivery_environment_process(state: State, activity: Activity) -> Refusal | bool:
    """DB.2: true where a suspended attempt goes on, false where a new one begins."""
    if state.current is not None and state.record(state.current).active:
        title = state.current.title
        return Refusal("DB.2-1", state.current.identifier, f"The attempt on “{title}” has not ended.")
    if state.suspended is not activity:
        clear_suspended_activity(state, activity)
    resumed = state.record(activity).suspended
    terminate_descendent_attempts(state, activity)
    for ancestor in activity.path():
        if not state.record(ancestor).active:
            begin_attempt(state, ancestor)
    state.current = activity
    state.suspended = None
    state.note("DB.2", activity, f"“{activity.title}” is delivered.")
    return resumed


def clear_suspended_activity(state: State, activity: Activity) -> None:
    """DB.2.1: another activity is delivered, so the suspended one is given up."""
    suspended = state.suspended
    if suspended is None:
        return
    top = common_ancestor(suspended, activity)
    for ancestor in suspended.upwards():
        still = any(state.record(child).suspended for child in ancestor.children)
        state.change(ancestor, suspended=still)
        if ancestor is top:
            break
    state.suspended = None
