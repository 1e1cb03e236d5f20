"""Sequencing rules (UP.2, UP.2.1), limit conditions (UP.1) and whether an activity may be tried (UP.5)."""

from __future__ import annotations

from collections.abc import Callable

from courseware.package import RuleCondition, SequencingRule

from . import objectives
from .state import Progress, State
from .tree import Activity

Verdict = bool | None  # None is the standard's "unknown"


def evaluate(state: State, activity: Activity, condition: RuleCondition) -> Verdict:
    """One condition about one activity, with its operator; not unknown stays unknown."""
    found = _finding(state, activity, condition)
    return (not found) if condition.negated and found is not None else found


def _finding(state: State, activity: Activity, condition: RuleCondition) -> Verdict:
    if condition.condition == "always":
        return True
    seen = objectives.read(state, activity, objectives.position(activity, condition.objective))
    if condition.condition in _OBJECTIVE:
        return _OBJECTIVE[condition.condition](seen, condition.measure_threshold or 0.0)
    if condition.condition in _PROGRESS:
        return _PROGRESS[condition.condition](state, activity)
    return False  # time limits and ranges: SCORM does not have an LMS evaluate them (SN 3.4)


_OBJECTIVE: dict[str, Callable[[Progress, float], Verdict]] = {
    "satisfied": lambda seen, _: seen.satisfied,
    "objectiveStatusKnown": lambda seen, _: seen.satisfied is not None,
    "objectiveMeasureKnown": lambda seen, _: seen.measure is not None,
    "objectiveMeasureGreaterThan": lambda seen, mark: None if seen.measure is None else seen.measure > mark,
    "objectiveMeasureLessThan": lambda seen, mark: None if seen.measure is None else seen.measure < mark,
}
_PROGRESS: dict[str, Callable[[State, Activity], Verdict]] = {
    "completed": lambda state, activity: objectives.read(state, activity).completed,
    "activityProgressKnown": lambda state, activity: objectives.read(state, activity).completed is not None,
    "attempted": lambda state, activity: state.record(activity).attempts > 0,
    "attemptLimitExceeded": lambda state, activity: attempt_limit_reached(state, activity),
}


def rules_check(state: State, activity: Activity, rules: tuple[SequencingRule, ...]) -> str | None:
    """UP.2: the action of the first rule that holds; an untracked activity's rules are still asked."""
    for rule in rules:
        if rule_holds(state, activity, rule):
            state.note("UP.2", activity, f"The rule “{rule.action}” holds for “{activity.title}”.")
            return rule.action
    return None


def rule_holds(state: State, activity: Activity, rule: SequencingRule) -> bool:
    """UP.2.1: unknown counts neither for nor against, and a rule without conditions never holds."""
    verdicts = [evaluate(state, activity, condition) is True for condition in rule.conditions]
    return bool(verdicts) and (all(verdicts) if rule.combination == "all" else any(verdicts))


def attempt_limit_reached(state: State, activity: Activity) -> bool:
    limit = activity.sequencing.limit_conditions.attempt_limit
    return limit is not None and state.record(activity).attempts >= limit


def limit_conditions_check(state: State, activity: Activity) -> bool:
    """UP.1: whether a limit is violated; an attempt under way or suspended is not counted against it."""
    record = state.record(activity)
    if not activity.tracked or record.active or record.suspended:
        return False
    return attempt_limit_reached(state, activity)


def check_activity(state: State, activity: Activity) -> bool:
    """UP.5: true where the activity may not be tried."""
    if rules_check(state, activity, activity.rules("disabled")):
        return True
    if limit_conditions_check(state, activity):
        state.note("UP.1", activity, f"“{activity.title}” has used all its attempts.")
        return True
    return False
