"""A sequencing rule that holds, as a sentence for people who do not read manifests."""

from __future__ import annotations

from collections.abc import Iterable

from courseware.package import RuleCondition, SequencingRule

_ACTIONS = {
    "skip": "“{}” is skipped",
    "disabled": "“{}” cannot be opened",
    "hiddenFromChoice": "“{}” cannot be chosen",
    "stopForwardTraversal": "Nothing after “{}” can be chosen",
    "exit": "“{}” ends",
    "exitParent": "The part with “{}” in it ends",
    "exitAll": "The attempt ends after “{}”",
    "retry": "“{}” begins again",
    "retryAll": "Everything begins again after “{}”",
    "continue": "“{}” leads on to the next part",
    "previous": "“{}” leads back to the part before",
}
_CONDITIONS = {
    "completed": ("it is completed", "it is not completed"),
    "satisfied": ("it is passed", "it is not passed"),
    "attempted": ("it has been opened", "it has not been opened"),
    "attemptLimitExceeded": ("all its attempts are used", "it has attempts left"),
    "activityProgressKnown": (
        "it has said whether it is completed",
        "it has not said whether it is completed",
    ),
    "objectiveStatusKnown": ("it has been judged", "it has not been judged"),
    "objectiveMeasureKnown": ("it has a score", "it has no score"),
    "objectiveMeasureGreaterThan": ("its score is above {mark:g}", "its score is not above {mark:g}"),
    "objectiveMeasureLessThan": ("its score is below {mark:g}", "its score is not below {mark:g}"),
}
_OF_OBJECTIVES = {
    "satisfied": ("its objective “{name}” is met", "its objective “{name}” is not met"),
    "objectiveStatusKnown": (
        "its objective “{name}” has been judged",
        "its objective “{name}” has not been judged",
    ),
    "objectiveMeasureKnown": ("its objective “{name}” has a score", "its objective “{name}” has no score"),
    "objectiveMeasureGreaterThan": (
        "the score of its objective “{name}” is above {mark:g}",
        "the score of its objective “{name}” is not above {mark:g}",
    ),
    "objectiveMeasureLessThan": (
        "the score of its objective “{name}” is below {mark:g}",
        "the score of its objective “{name}” is not below {mark:g}",
    ),
}


def reason(title: str, rule: SequencingRule, conditions: Iterable[RuleCondition]) -> str:
    """“Quiz” is skipped because it is passed: the rule's action, and those of its conditions that hold."""
    action = _ACTIONS.get(rule.action, f"The rule “{rule.action}” holds for “{{}}”").format(title)
    because = " and ".join(filter(None, map(_condition, conditions)))
    return f"{action} because {because}." if because else f"{action}: the course always has it so."


def _condition(condition: RuleCondition) -> str:
    named = condition.objective is not None and condition.condition in _OF_OBJECTIVES
    words = (_OF_OBJECTIVES if named else _CONDITIONS).get(condition.condition)
    if words is None:
        return ""
    return words[condition.negated].format(name=condition.objective, mark=condition.measure_threshold or 0.0)
