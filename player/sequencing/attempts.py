"""How attempts begin and end (UP.3, UP.4, and the part of DB.2 that starts an attempt)."""

from __future__ import annotations

from dataclasses import replace

from courseware.package import ControlMode

from . import objectives
from .rollup import overall_rollup
from .state import FRESH, Record, State
from .tree import Activity, common_ancestor


def begin_attempt(state: State, activity: Activity) -> None:
    """DB.2 5.1.1: a suspended attempt goes on, any other is a new one that knows nothing yet."""
    record = state.record(activity)
    if not activity.tracked or record.suspended:
        state.change(activity, active=True, suspended=False)
        return
    for child in activity.children:
        _outdate(state, child, activity.control)
    state.note("DB.2", activity, f"Attempt {record.attempts + 1} on “{activity.title}” begins.")
    fresh = Record(attempts=record.attempts + 1, active=True, available=record.available)
    state.put(activity, fresh)


def _outdate(state: State, child: Activity, control: ControlMode) -> None:
    """SN 3.2.7: what the child recorded precedes the current attempt on its parent."""
    record = state.record(child)
    if record != FRESH:
        objectives_too = record.stale_objectives or control.use_current_attempt_objective_info
        progress_too = record.stale_progress or control.use_current_attempt_progress_info
        state.put(child, replace(record, stale_objectives=objectives_too, stale_progress=progress_too))


def end_attempt(state: State, activity: Activity) -> None:
    """UP.4: what the content left unsaid is settled, then it rolls up."""
    if activity.is_leaf:
        _settle(state, activity)
    else:
        suspended = any(state.record(child).suspended for child in activity.children)
        state.change(activity, suspended=suspended, spent=not suspended)
    state.change(activity, active=False)
    overall_rollup(state, activity)


def _settle(state: State, leaf: Activity) -> None:
    """UP.4 1.1.1: completed and satisfied, unless the content sets these, a measure decides, or it is
    suspended."""
    record = state.record(leaf)
    if not leaf.tracked or record.suspended:
        return
    controls = leaf.sequencing.delivery_controls
    seen, decided = objectives.read(state, leaf), objectives.decided_by_measure(leaf)
    completes = not controls.completion_set_by_content and "completed" not in decided
    if completes and seen.completed is None and not record.completion_told:
        state.note("UP.4", leaf, f"“{leaf.title}” said nothing of completion: completed.")
        objectives.write(state, leaf, completed=True)
    satisfies = not controls.objective_set_by_content and "satisfied" not in decided
    if satisfies and seen.satisfied is None and not record.success_told:
        state.note("UP.4", leaf, f"“{leaf.title}” said nothing of success: satisfied.")
        objectives.write(state, leaf, satisfied=True)


def terminate_descendent_attempts(state: State, activity: Activity) -> None:
    """UP.3: attempts between the current activity and what it has in common with this one end."""
    if state.current is None:
        return
    top = common_ancestor(state.current, activity)
    for ended in state.current.upwards():
        if ended is top:
            return
        if ended is not state.current:
            end_attempt(state, ended)
