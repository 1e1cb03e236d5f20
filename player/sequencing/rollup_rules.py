"""Rollup rules, and the children that they count (RB.1.4, RB.1.4.1, RB.1.4.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from courseware.package import RollupRule

from .objectives import read_current
from .rules import Verdict, evaluate, rules_check
from .state import State
from .tree import Activity

_REQUIRED = {
    "satisfied": "required_for_satisfied",
    "notSatisfied": "required_for_not_satisfied",
    "completed": "required_for_completed",
    "incomplete": "required_for_incomplete",
}


def rollup_rule_check(state: State, cluster: Activity, action: str, rules: tuple[RollupRule, ...]) -> bool:
    """RB.1.4: true where any rule of this action holds; “all” of no children at all is true."""
    return any(_holds(state, cluster, rule) for rule in rules if rule.action == action)


def _holds(state: State, cluster: Activity, rule: RollupRule) -> bool:
    """Children are evaluated until the rule is decided, mostly at the first that has not been opened."""
    counted = (c for c in state.children(cluster) if c.tracked and check_child(state, c, rule.action))
    bag = (evaluate_conditions(state, child, rule) for child in counted)
    return _COMBINED[rule.child_activity_set](bag, rule)


def _reaches_percent(bag: Iterable[Verdict], rule: RollupRule) -> bool:
    verdicts = list(bag)
    return verdicts.count(True) >= rule.minimum_percent * len(verdicts) > 0


_COMBINED: dict[str, Callable[[Iterable[Verdict], RollupRule], bool]] = {
    "all": lambda bag, _: all(bag),
    "any": lambda bag, _: any(bag),
    "none": lambda bag, _: all(verdict is False for verdict in bag),
    "atLeastCount": lambda bag, rule: sum(verdict is True for verdict in bag) >= rule.minimum_count,
    "atLeastPercent": _reaches_percent,
}


def evaluate_conditions(state: State, child: Activity, rule: RollupRule) -> Verdict:
    """RB.1.4.1: in three values; a rule without conditions is unknown for every child."""
    verdicts = [evaluate(state, child, condition, read_current) for condition in rule.conditions]
    decisive = rule.combination == "any"
    if decisive in verdicts:
        return decisive
    return None if None in verdicts or not verdicts else not decisive


def check_child(state: State, child: Activity, action: str) -> bool:
    """RB.1.4.2: true where the child takes part in the rollup of this status now."""
    controls = child.sequencing.rollup_controls
    objective = action in ("satisfied", "notSatisfied")
    if not (controls.objective_satisfied if objective else controls.progress_completion):
        return False
    required = getattr(controls, _REQUIRED[action])
    return required == "always" or _REQUIREMENTS[required](state, child)


def _attempted(state: State, child: Activity) -> bool:
    return state.record(child).attempts > 0


_REQUIREMENTS: dict[str, Callable[[State, Activity], bool]] = {
    "ifAttempted": _attempted,
    "ifNotSuspended": lambda state, child: _attempted(state, child) and not state.record(child).suspended,
    "ifNotSkipped": lambda state, child: rules_check(state, child, child.rules("skip")) is None,
}
