"""Objective information, read and written through its maps to global objectives (SN 3.10.3)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from msgspec.structs import replace

from courseware.package import Objective, ObjectiveMap

from .state import UNKNOWN, Overwritten, Progress, Record, State
from .tree import Activity

FIELDS = Progress.__struct_fields__
_READS = {
    "satisfied": "read_satisfied_status",
    "measure": "read_normalized_measure",
    "raw": "read_raw_score",
    "minimum": "read_min_score",
    "maximum": "read_max_score",
    "completed": "read_completion_status",
    "progress": "read_progress_measure",
}
_REPLACED = ("satisfied", "measure")  # what imsss:mapInfo governs
_WRITES = {name: flag.replace("read", "write") for name, flag in _READS.items()}


def position(activity: Activity, identifier: str | None) -> int:
    """The place of an objective; a rule without one, or with an unknown one, means the primary one."""
    if identifier is not None:
        for index, objective in enumerate(activity.objectives):
            if objective.identifier == identifier:
                return index
    return 0


def read(state: State, activity: Activity, index: int = 0) -> Progress:
    """An objective's progress for sequencing rules."""
    return _completed_by_measure(activity, index, shown(state, activity, index))


def read_current(state: State, activity: Activity, index: int = 0) -> Progress:
    """An objective's progress for rollup: without what precedes the parent's current attempt (SN 3.2.7)."""
    seen = _seen(state, activity, index, _without_stale(state.record(activity), index))
    return _completed_by_measure(activity, index, seen)


def shown(state: State, activity: Activity, index: int = 0) -> Progress:
    """An objective's progress as its SCO sees it: completion as the SCO reported it."""
    return _seen(state, activity, index, state.record(activity).objective(index))


def _seen(state: State, activity: Activity, index: int, local: Progress) -> Progress:
    objective = activity.objectives[index]
    seen = replace(local, **_read_through(state, objective.maps)) if objective.maps else local
    return _judged(state, activity, objective, seen) if objective.satisfied_by_measure else seen


def _read_through(state: State, maps: tuple[ObjectiveMap, ...]) -> dict[str, Any]:
    """SN 3.10.3: through imsss:mapInfo the global value stands in place of the local one, also while it is
    unknown; through adlseq:mapInfo the local value holds while the global one is unknown."""
    values: dict[str, Any] = {}
    for mapping in maps:
        shared = state.global_objectives.get(mapping.target, UNKNOWN)
        for name, flag in _READS.items():
            if not getattr(mapping, flag):
                continue
            value = getattr(shared, name)
            if value is not None or (name in _REPLACED and name not in values):
                values[name] = value
    return values


def _completed_by_measure(activity: Activity, index: int, seen: Progress) -> Progress:
    """CAM 5.1.2.1, SN 4.6.3: the progress measure alone decides; without one completion is unknown."""
    threshold, progress = activity.threshold, seen.progress
    if index != 0 or not threshold.completed_by_measure:
        return seen
    return replace(seen, completed=None if progress is None else progress >= threshold.min_progress_measure)


def _judged(state: State, activity: Activity, objective: Objective, seen: Progress) -> Progress:
    """SN 3.10.1: the normalized measure alone decides; without one the status is unknown."""
    measure = seen.measure if _may_judge(state, activity) else None
    return _with_status(seen, None if measure is None else measure >= objective.minimum_normalized_measure)


@lru_cache(maxsize=4_096)
def _with_status(seen: Progress, satisfied: bool | None) -> Progress:
    """Kept: one rollup asks for the same some ten times."""
    return replace(seen, satisfied=satisfied)


def _may_judge(state: State, activity: Activity) -> bool:
    """RB.1.2.a 1.2: a cluster may have its measure judged only once its attempt has ended."""
    judged = activity.sequencing.rollup_controls.measure_satisfaction_if_active
    return judged or activity.is_leaf or not state.record(activity).active


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


def write(state: State, activity: Activity, index: int = 0, **values: Any) -> None:
    """Record values of an objective, and pass them on to the global objectives it writes (SN 3.10.3)."""
    record = state.record(activity)
    local = replace(record.objective(index), **values)
    state.put(activity, record.with_objective(index, local))
    if not activity.objectives[index].maps:
        return
    decided = decided_by_measure(activity, index)
    _pass_on(state, activity, index, {n: v for n, v in values.items() if n not in decided})
    if decided:
        seen = read(state, activity, index)
        statuses = {n: getattr(seen, n) for n, measure in decided.items() if {n, measure} & values.keys()}
        _pass_on(state, activity, index, statuses)


def decided_by_measure(activity: Activity, index: int = 0) -> dict[str, str]:
    """The statuses of an objective that only a measure decides, each with that measure."""
    decided = {"satisfied": "measure"} if activity.objectives[index].satisfied_by_measure else {}
    if index == 0 and activity.threshold.completed_by_measure:
        decided["completed"] = "progress"
    return decided


def _pass_on(state: State, activity: Activity, index: int, values: dict[str, Any]) -> None:
    for mapping in activity.objectives[index].maps:
        passed = {n: v for n, v in values.items() if getattr(mapping, _WRITES[n])}
        if passed:
            shared = state.global_objectives.get(mapping.target, UNKNOWN)
            _remember(state, activity, mapping.target, shared, passed)
            _write_global(state, mapping.target, passed)


def _write_global(state: State, target: str, values: dict[str, Any]) -> None:
    shared = state.global_objectives.get(target, UNKNOWN)
    state.global_objectives[target] = replace(shared, **values)
    state.written.setdefault(target, {}).update(values)


def _remember(
    state: State, activity: Activity, target: str, shared: Progress, passed: dict[str, Any]
) -> None:
    """Values that an attempt replaces are kept until it ends, in case it is abandoned."""
    if not activity.is_leaf:
        return
    known = {(o.target, o.name): o for o in state.record(activity).overwritten}
    for name, value in passed.items():
        now, last = getattr(shared, name), known.get((target, name))
        before = last.before if last is not None and last.written == now else now
        known[target, name] = Overwritten(target, name, before, value)
    state.change(activity, overwritten=tuple(known.values()))


def put_back(state: State, activity: Activity) -> None:
    """Global objectives as they were before the attempt's reports, where nobody has written them since."""
    for value in state.record(activity).overwritten:
        shared = state.global_objectives.get(value.target, UNKNOWN)
        if getattr(shared, value.name) == value.written:
            _write_global(state, value.target, {value.name: value.before})
