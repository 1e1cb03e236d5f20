"""Objective information through its maps (SN 3.10.3): what global objectives give and take."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from courseware.package import ObjectiveMap

from .state import UNKNOWN, Progress, Record, State
from .tree import Activity

FIELDS = tuple(f.name for f in fields(Progress))
_READS = {
    "satisfied": "read_satisfied_status",
    "measure": "read_normalized_measure",
    "raw": "read_raw_score",
    "minimum": "read_min_score",
    "maximum": "read_max_score",
    "completed": "read_completion_status",
    "progress": "read_progress_measure",
}
_WRITES = {name: flag.replace("read", "write") for name, flag in _READS.items()}


def position(activity: Activity, identifier: str | None) -> int:
    """Where an objective stands; a rule that names none, or one that is not there, means the primary one."""
    if identifier is not None:
        for index, objective in enumerate(activity.objectives):
            if objective.identifier == identifier:
                return index
    return 0


def read(state: State, activity: Activity, index: int = 0) -> Progress:
    """An objective's progress for sequencing rules; a known progress measure decides on completion."""
    return _completed_by_measure(activity, index, shown(state, activity, index))


def read_current(state: State, activity: Activity, index: int = 0) -> Progress:
    """An objective's progress for rollup: without what precedes the parent's current attempt (SN 3.2.7)."""
    seen = _seen(state, activity, index, _without_stale(state.record(activity), index))
    return _completed_by_measure(activity, index, seen)


def shown(state: State, activity: Activity, index: int = 0) -> Progress:
    """An objective's progress as its SCO sees it, completion as whoever wrote it judged it."""
    return _seen(state, activity, index, state.record(activity).objective(index))


def _seen(state: State, activity: Activity, index: int, seen: Progress) -> Progress:
    """A known global value stands before the activity's own."""
    for mapping in activity.objectives[index].maps:
        known = _read_through(state, mapping)
        if known:
            seen = replace(seen, **known)
    return _judged(state, activity, index, seen)


def _completed_by_measure(activity: Activity, index: int, seen: Progress) -> Progress:
    """CAM 5.1.2.1, SN 4.6.3."""
    threshold = activity.threshold
    if index == 0 and threshold.completed_by_measure and seen.progress is not None:
        return replace(seen, completed=seen.progress >= threshold.min_progress_measure)
    return seen


def _judged(state: State, activity: Activity, index: int, seen: Progress) -> Progress:
    """A known measure outweighs a status where the manifest says so (SN 3.10.1)."""
    objective = activity.objectives[index]
    if objective.satisfied_by_measure and seen.measure is not None:
        satisfied = seen.measure >= objective.minimum_normalized_measure
        return replace(seen, satisfied=satisfied if _may_judge(state, activity) else None)
    return seen


def _may_judge(state: State, activity: Activity) -> bool:
    """RB.1.2.a 1.2: a cluster may have its measure judged only once its attempt has ended."""
    judged = activity.sequencing.rollup_controls.measure_satisfaction_if_active
    return judged or activity.is_leaf or not state.record(activity).active


def satisfied_by_measure(state: State, activity: Activity, index: int) -> bool | None:
    """RB.1.2.a: unknown where the measure is, or where it is too early to judge."""
    seen = read(state, activity, index)
    return None if seen.measure is None else seen.satisfied


def written(activity: Activity) -> set[str]:
    """The global objectives that an activity writes to."""
    maps = (mapping for objective in activity.objectives for mapping in objective.maps)
    return {m.target for m in maps if any(getattr(m, flag) for flag in _WRITES.values())}


def _without_stale(record: Record, index: int) -> Progress:
    local = record.objective(index)
    if record.stale_objectives:
        local = replace(local, satisfied=None, measure=None, raw=None, minimum=None, maximum=None)
    if record.stale_progress:
        local = replace(local, completed=None, progress=None)
    return local


def _read_through(state: State, mapping: ObjectiveMap) -> dict[str, Any]:
    shared = state.global_objectives.get(mapping.target)
    if shared is None:
        return {}
    values = {n: getattr(shared, n) for n in FIELDS if getattr(mapping, _READS[n])}
    return {name: value for name, value in values.items() if value is not None}


def write(state: State, activity: Activity, index: int = 0, **values: Any) -> None:
    """Record values of an objective, and pass them on to the global objectives it writes."""
    record = state.record(activity)
    local = replace(record.objective(index), **values)
    state.put(activity, record.with_objective(index, local))
    for mapping in activity.objectives[index].maps:
        passed = {n: v for n, v in values.items() if getattr(mapping, _WRITES[n])}
        if passed:
            shared = state.global_objectives.get(mapping.target, UNKNOWN)
            state.global_objectives[mapping.target] = replace(shared, **passed)
