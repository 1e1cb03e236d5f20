"""Rollup (RB.1.1 to RB.1.5): the status and the measures of a cluster follow from its children."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any

from msgspec.structs import replace

from courseware.package import RollupRule, RuleCondition

from . import objectives
from .rollup_rules import rollup_rule_check
from .state import UNKNOWN, State
from .tree import Activity, total

NOT_SATISFIED = (RollupRule("notSatisfied", (RuleCondition("objectiveStatusKnown"),)),)
SATISFIED = (RollupRule("satisfied", (RuleCondition("satisfied"),)),)
INCOMPLETE = (RollupRule("incomplete", (RuleCondition("activityProgressKnown"),)),)
COMPLETED = (RollupRule("completed", (RuleCondition("completed"),)),)


def overall_rollup(state: State, activity: Activity) -> None:
    """RB.1.5: from the activity up to the root, then above the readers of what these have written."""
    for cluster in activity.upwards():
        _roll_up(state, cluster)
    written = {name for a in activity.upwards() for name in objectives.written(a)}
    if written:
        _roll_up_readers(state, written)


def _roll_up_readers(state: State, names: set[str]) -> None:
    """The clusters above the readers of these objectives, deepest first; each objective counts once."""
    waiting, done = set(names), set[str]()
    while waiting:
        done |= waiting
        readers = {reader for name in waiting for reader in state.tree.readers.get(name, ())}
        clusters = {cluster for reader in readers for cluster in reader.upwards() if not cluster.is_leaf}
        before = dict(state.global_objectives)
        for cluster in sorted(clusters, key=lambda c: (-c.depth, c.order)):
            _roll_up(state, cluster)
        waiting = {n for n, p in state.global_objectives.items() if before.get(n) != p} - done


def receive_objectives(state: State, values: Mapping[str, Mapping[str, Any]]) -> None:
    """Global objectives that other courses have written since: clusters above their readers roll up."""
    for target, fields in values.items():
        shared = state.global_objectives.get(target, UNKNOWN)
        state.global_objectives[target] = replace(shared, **fields)
    if values:
        _roll_up_readers(state, set(values))


def _roll_up(state: State, cluster: Activity) -> None:
    if cluster.is_leaf or not cluster.tracked:
        return
    measure_rollup(state, cluster)
    completion_measure_rollup(state, cluster)
    objective_rollup(state, cluster)
    activity_progress_rollup(state, cluster)


def measure_rollup(state: State, cluster: Activity) -> None:
    """RB.1.1.a: the weighted mean; a child without a measure counts as zero once any child has one."""
    _record(state, cluster, measure=_mean(state, cluster, "measure"))


def completion_measure_rollup(state: State, cluster: Activity) -> None:
    """RB.1.1.b: the same for progress, weighted by each child's progressWeight."""
    _record(state, cluster, progress=_mean(state, cluster, "progress"))


_WEIGHTS: dict[str, tuple[Callable[[Activity], float], Callable[[Activity], float]]] = {
    "measure": (attrgetter("measure_weight"), attrgetter("measure_weights")),
    "progress": (attrgetter("progress_weight"), attrgetter("progress_weights")),
}


def _mean(state: State, cluster: Activity, name: str) -> float | None:
    weight, weights = _WEIGHTS[name]
    values = [
        (value, weight(child))
        for child in _opened(state, cluster)
        if (value := getattr(objectives.read_current(state, child), name)) is not None
    ]
    if not values:
        return None
    every_child = state.record(cluster).available is None
    counted = weights(cluster) if every_child else total(map(weight, _contributors(state, cluster)))
    return total(value * each for value, each in values) / counted if counted > 0 else None


def _opened(state: State, cluster: Activity) -> Iterable[Activity]:
    """The contributors that may have a value, in their order. A child that nobody has opened has none, unless
    it reads one of a global objective; there may be thousands."""
    if state.record(cluster).available is not None:
        return _contributors(state, cluster)
    known = (state.tree.get(identifier) for identifier in state.records)
    found = {child.index: child for child in (*known, *cluster.mapped) if child and child.parent is cluster}
    return (found[index] for index in sorted(found) if found[index].tracked)


def objective_rollup(state: State, cluster: Activity) -> None:
    """RB.1.2: by measure where the primary objective says so, by rules otherwise."""
    if cluster.objectives[0].satisfied_by_measure:
        _record(state, cluster, satisfied=objectives.read(state, cluster).satisfied)
        return
    rules = cluster.sequencing.rollup_rules
    own = any(r.action in ("satisfied", "notSatisfied") for r in rules)
    if rollup_rule_check(state, cluster, "notSatisfied", rules if own else NOT_SATISFIED):
        _record(state, cluster, satisfied=False)
    if rollup_rule_check(state, cluster, "satisfied", rules if own else SATISFIED):
        _record(state, cluster, satisfied=True)


def activity_progress_rollup(state: State, cluster: Activity) -> None:
    """RB.1.3: by progress measure where the threshold says so, by rules otherwise."""
    if cluster.threshold.completed_by_measure:
        _record(state, cluster, completed=objectives.read(state, cluster).completed)
        return
    rules = cluster.sequencing.rollup_rules
    own = any(r.action in ("completed", "incomplete") for r in rules)
    if rollup_rule_check(state, cluster, "incomplete", rules if own else INCOMPLETE):
        _record(state, cluster, completed=False)
    if rollup_rule_check(state, cluster, "completed", rules if own else COMPLETED):
        _record(state, cluster, completed=True)


def _contributors(state: State, cluster: Activity) -> tuple[Activity, ...]:
    if state.record(cluster).available is None:
        return cluster.contributors
    return tuple(child for child in state.children(cluster) if child.tracked)


def _record(state: State, cluster: Activity, **value: Any) -> None:
    local = state.record(cluster).objective(0)
    if any(getattr(local, name) != v for name, v in value.items()):
        objectives.write(state, cluster, **value)
