"""Attempts begin and end (UP.3, UP.4, TB.2.3 6, and the part of DB.2 that starts an attempt)."""

from __future__ import annotations

from msgspec.structs import replace

from courseware.package import ControlMode, Standard

from . import objectives
from .rollup import overall_rollup
from .state import FRESH, Progress, Record, State
from .tree import Activity, common_ancestor


def begin_attempt(state: State, activity: Activity) -> None:
    """DB.2 5.1.1: a suspended attempt goes on; otherwise a new one begins, with nothing recorded."""
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
    """SN 3.2.7: the child has recorded its values before the current attempt on its parent."""
    record = state.record(child)
    if record != FRESH:
        objectives_too = record.stale_objectives or control.use_current_attempt_objective_info
        progress_too = record.stale_progress or control.use_current_attempt_progress_info
        state.put(child, replace(record, stale_objectives=objectives_too, stale_progress=progress_too))


def end_attempt(state: State, activity: Activity) -> None:
    """UP.4: the attempt is completed and satisfied automatically where that is due, then it rolls up."""
    if activity.is_leaf:
        _settle(state, activity)
    else:
        suspended = any(state.record(child).suspended for child in activity.children)
        state.change(activity, suspended=suspended, spent=not suspended)
    state.change(activity, active=False)
    roll_up_attempt(state, activity, suspended=state.record(activity).suspended)


def roll_up_attempt(state: State, activity: Activity, *, suspended: bool) -> None:
    """RB.1.5. The reports of an ended attempt stay; those of a suspended one may still be abandoned."""
    record = state.record(activity)
    if activity.is_leaf and not suspended and (record.overwritten or record.clusters_before):
        state.change(activity, overwritten=(), clusters_before=())
    elif activity.is_leaf and suspended and not record.clusters_before:
        above = activity.path()[:-1]
        state.change(
            activity, clusters_before=tuple((a.identifier, state.record(a).objective(0)) for a in above)
        )
    overall_rollup(state, activity)


def abandon_attempt(state: State, activity: Activity) -> None:
    """TB.2.3 6: nothing that the attempt reported counts, in this session or in an earlier one.

    SCORM 1.2 has no attempts: there the activity is left and keeps its values.
    """
    record = state.record(activity)
    state.change(activity, active=False)
    if not activity.is_leaf or not record.active or state.tree.standard is Standard.SCORM_12:
        return
    state.note("TB.2.3", activity, f"The attempt on “{activity.title}” is abandoned: nothing of it counts.")
    objectives.put_back(state, activity)
    state.put(activity, Record(attempts=record.attempts))
    for identifier, before in record.clusters_before:
        _put_back(state, state.tree.get(identifier), before)
    if record.clusters_before:
        overall_rollup(state, activity)


def _put_back(state: State, cluster: Activity | None, before: Progress) -> None:
    if cluster is None:
        return
    now = state.record(cluster).objective(0)
    changed = {n: getattr(before, n) for n in objectives.FIELDS if getattr(now, n) != getattr(before, n)}
    if changed:
        objectives.write(state, cluster, **changed)


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
        state.note("UP.4", leaf, f"“{leaf.title}” reported no completion status: completed.")
        objectives.write(state, leaf, completed=True)
    satisfies = not controls.objective_set_by_content and "satisfied" not in decided
    if satisfies and seen.satisfied is None and not record.success_told:
        state.note("UP.4", leaf, f"“{leaf.title}” reported no success status: satisfied.")
        objectives.write(state, leaf, satisfied=True)


def terminate_descendent_attempts(state: State, activity: Activity) -> None:
    """UP.3: attempts end from the current activity up to the common ancestor, both excluded."""
    if state.current is None:
        return
    top = common_ancestor(state.current, activity)
    for ended in state.current.upwards():
        if ended is top:
            return
        if ended is not state.current:
            end_attempt(state, ended)
