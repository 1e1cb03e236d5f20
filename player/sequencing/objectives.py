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
    """An objective's progress as the activity sees it: a known global value stands before its own."""
    seen = _local(state.record(activity), index)
    for mapping in activity.objectives[index].maps:
        known = _read_through(state, mapping)
        if known:
            seen = replace(seen, **known)
    return seen


def _local(record: Record, index: int) -> Progress:
    """Without what precedes the parent's attempt, where the parent looks at that only (SN 3.2.7)."""
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
    local = replace(_local(record, index), **values)
    record = replace(record, stale_objectives=False, stale_progress=False)
    state.put(activity, record.with_objective(index, local))
    for mapping in activity.objectives[index].maps:
        passed = {n: v for n, v in values.items() if getattr(mapping, _WRITES[n])}
        if passed:
            shared = state.global_objectives.get(mapping.target, UNKNOWN)
            state.global_objectives[mapping.target] = replace(shared, **passed)
