"""Sequencing rules (UP.2, UP.2.1), limit conditions (UP.1) and the check of an activity (UP.5)."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from courseware.package import RuleCondition, SequencingRule

from . import objectives
from .reasons import reason
from .state import UNKNOWN, Progress, State
from .tree import Activity

Verdict = bool | None  # None is the standard's "unknown"


Reading = Callable[[State, Activity, int], Progress]


def evaluate(
    state: State, activity: Activity, condition: RuleCondition, reading: Reading = objectives.read
) -> Verdict:
    """One condition about one activity, with its operator; not unknown stays unknown."""
    verdict = _finding(state, activity, condition, reading)
    return (not verdict) if condition.negated and verdict is not None else verdict


def _finding(state: State, activity: Activity, condition: RuleCondition, reading: Reading) -> Verdict:
    if condition.condition == "always":
        return True
    index = objectives.position(activity, condition.objective)
    seen = reading(state, activity, index) if activity.tracked else UNKNOWN
    if condition.condition in _LEARNED:
        return _LEARNED[condition.condition](seen, condition.measure_threshold or 0.0)
    if condition.condition in _ATTEMPTS:
        return _ATTEMPTS[condition.condition](state, activity)
    return False  # time limits and ranges: SCORM does not have an LMS evaluate them (SN 3.4)


_LEARNED: dict[str, Callable[[Progress, float], Verdict]] = {
    "completed": lambda seen, _: seen.completed,
    "activityProgressKnown": lambda seen, _: seen.completed is not None,
    "satisfied": lambda seen, _: seen.satisfied,
    "objectiveStatusKnown": lambda seen, _: seen.satisfied is not None,
    "objectiveMeasureKnown": lambda seen, _: seen.measure is not None,
    "objectiveMeasureGreaterThan": lambda seen, mark: None if seen.measure is None else seen.measure > mark,
    "objectiveMeasureLessThan": lambda seen, mark: None if seen.measure is None else seen.measure < mark,
}
_ATTEMPTS: dict[str, Callable[[State, Activity], Verdict]] = {
    "attempted": lambda state, activity: state.record(activity).attempts > 0,
    "attemptLimitExceeded": lambda state, activity: attempt_limit_reached(state, activity),
}


def rules_check(state: State, activity: Activity, rules: tuple[SequencingRule, ...]) -> str | None:
    """UP.2: the action of the first rule that holds; an untracked activity's rules are still asked."""
    for rule in rules:
        holding = conditions_that_hold(state, activity, rule)
        if holding:
            if state.steps is not None:
                state.note("UP.2", activity, reason(activity.title, rule, holding))
            return rule.action
    return None


def conditions_that_hold(state: State, activity: Activity, rule: SequencingRule) -> tuple[RuleCondition, ...]:
    """UP.2.1: the conditions for which a rule holds; none where it does not. Unknown counts neither for nor
    against, and a rule without conditions never holds."""
    holding = tuple(c for c in rule.conditions if evaluate(state, activity, c) is True)
    return () if rule.combination == "all" and len(holding) < len(rule.conditions) else holding


def attempt_limit_reached(state: State, activity: Activity) -> bool:
    limit = activity.sequencing.limit_conditions.attempt_limit
    return limit is not None and state.record(activity).attempts >= limit


def limit_conditions_check(state: State, activity: Activity) -> bool:
    """UP.1: true where a limit is violated; an activity that is active or suspended begins no new attempt."""
    record = state.record(activity)
    if not activity.tracked or record.active or record.suspended:
        return False
    return attempt_limit_reached(state, activity)


def check_activity(state: State, activity: Activity) -> bool:
    """UP.5: true where the activity may not be tried."""
    rules = activity.rules("disabled")
    if rules and state.record(activity).suspended:
        rules = _while_resumed(rules)
    if rules and rules_check(state, activity, rules):
        return True
    if limit_conditions_check(state, activity):
        state.note("UP.1", activity, f"“{activity.title}” has used all its attempts.")
        return True
    return False


def _while_resumed(rules: tuple[SequencingRule, ...]) -> tuple[SequencingRule, ...]:
    """While a suspended attempt is resumed no new attempt begins: the condition attemptLimitExceeded passes
    over its activity, as UP.1 does."""
    return tuple(replace(rule, conditions=tuple(map(_within_limit, rule.conditions))) for rule in rules)


def _within_limit(condition: RuleCondition) -> RuleCondition:
    if condition.condition != "attemptLimitExceeded":
        return condition
    return RuleCondition("always", negated=not condition.negated)
