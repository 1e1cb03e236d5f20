"""imsss:sequencing and its adlseq extensions, read and written (SCORM 2004 4th Edition, CAM 5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeVar, cast

from msgspec import Struct

from courseware.formats.attributes import attributes, camel, decimal, names_of
from courseware.formats.manifest_reader import ManifestReader
from courseware.formats.markup import Element
from courseware.formats.objectives import read_objectives, write_extensions, write_objectives
from courseware.package import (
    ConstrainedChoice,
    ControlMode,
    DeliveryControls,
    LimitConditions,
    Randomization,
    RollupControls,
    RollupRule,
    RuleCondition,
    Sequencing,
    SequencingRule,
    normalised,
)

ROLLUP_CONDITIONS = (
    *("satisfied", "objectiveStatusKnown", "objectiveMeasureKnown"),
    *("completed", "activityProgressKnown", "attempted"),
    *("attemptLimitExceeded", "timeLimitExceeded", "outsideAvailableTimeRange"),
)
CONDITIONS = (*ROLLUP_CONDITIONS, "objectiveMeasureGreaterThan", "objectiveMeasureLessThan", "always")
PRE, EXIT = ("skip", "disabled", "hiddenFromChoice", "stopForwardTraversal"), ("exit",)
POST = ("exitParent", "exitAll", "retry", "retryAll", "continue", "previous")
CHILD_SETS = ("all", "any", "none", "atLeastCount", "atLeastPercent")
CONSIDERATIONS = ("always", "ifAttempted", "ifNotSkipped", "ifNotSuspended")
TIMINGS = ("never", "once", "onEachNewAttempt")
REQUIRED = ("satisfied", "not_satisfied", "completed", "incomplete")
# Limits of Simple Sequencing that SCORM does not evaluate (SN 3.7): read, and without effect.
WITHOUT_EFFECT = (
    *("attemptExperiencedDurationLimit", "activityAbsoluteDurationLimit", "activityExperiencedDurationLimit"),
    *("beginTimeLimit", "endTimeLimit"),
)


Values = TypeVar("Values", bound=Struct)
Known = TypeVar("Known")
Combination = Literal["all", "any"]
Timing = Literal["never", "once", "onEachNewAttempt"]


def merged(element: Element, collection: Mapping[str, Element]) -> Element:
    """The definition, with the parts of the one that its IDRef names where it has none itself (CAM 5.1.1)."""
    reference = element.get("IDRef")
    element.get("ID")
    base = collection.get(normalised(reference)) if reference is not None else None
    if base is None:
        return element
    own = {child.name for child in element.children}
    inherited = [child for child in base.children if child.name not in own]
    return Element(
        element.name, children=[*element.children, *inherited], line=element.line, column=element.column
    )


def read_sequencing(reader: ManifestReader, element: Element) -> Sequencing:
    """All that one `imsss:sequencing` defines."""
    rules = element.child("imsss:sequencingRules") or Element("")
    rollup = element.child("imsss:rollupRules") or Element("")
    considered = element.child("adlseq:rollupConsiderations") or Element("")
    if auxiliary := element.child("imsss:auxiliaryResources"):
        auxiliary.ignore()
    return Sequencing(
        control_mode=_truths(reader, element.child("imsss:controlMode"), ControlMode),
        constrained_choice=_truths(
            reader, element.child("adlseq:constrainedChoiceConsiderations"), ConstrainedChoice
        ),
        pre_condition_rules=_rules(reader, rules.all("imsss:preConditionRule"), PRE),
        exit_condition_rules=_rules(reader, rules.all("imsss:exitConditionRule"), EXIT),
        post_condition_rules=_rules(reader, rules.all("imsss:postConditionRule"), POST),
        limit_conditions=_limits(reader, element.child("imsss:limitConditions")),
        rollup_rules=_known(_rollup_rule(reader, rule) for rule in rollup.all("imsss:rollupRule")),
        rollup_controls=_rollup_controls(reader, rollup, considered),
        objectives=read_objectives(reader, element),
        randomization=_randomization(reader, element.child("imsss:randomizationControls")),
        delivery_controls=_truths(reader, element.child("imsss:deliveryControls"), DeliveryControls),
    )


def _truths(reader: ManifestReader, element: Element | None, kind: type[Values]) -> Values:
    """A value of that class, each of whose fields is true or false and an attribute of the same name."""
    default = kind()
    if element is None:
        return default
    names = kind.__struct_fields__
    return kind(**{name: reader.truth(element, camel(name), getattr(default, name)) for name in names})


def _rules(
    reader: ManifestReader, elements: list[Element], actions: tuple[str, ...]
) -> tuple[SequencingRule, ...]:
    return _known(_rule(reader, element, actions) for element in elements)


def _known(values: Iterable[Known | None]) -> tuple[Known, ...]:
    return tuple(one for one in values if one is not None)


def _rule(reader: ManifestReader, element: Element, actions: tuple[str, ...]) -> SequencingRule | None:
    conditions = element.child("imsss:ruleConditions") or Element("")
    action = element.child("imsss:ruleAction")
    if action is None:
        hint = f"name one: {', '.join(actions)}"
        reader.warn(element, "a sequencing rule without an action does nothing", hint)
        return None
    verb = reader.word(action, "action", "", actions)
    if not verb:
        return None
    combination = reader.word(conditions, "conditionCombination", "all", ("all", "any"))
    listed = _conditions(reader, conditions.all("imsss:ruleCondition"), CONDITIONS)
    return None if listed is None else SequencingRule(verb, listed, cast(Combination, combination))


def _conditions(
    reader: ManifestReader, elements: list[Element], known: tuple[str, ...]
) -> tuple[RuleCondition, ...] | None:
    """None where one condition is unknown: the rule would mean something else without it, so it is left
    out."""
    listed = _known(_condition(reader, element, known) for element in elements)
    return listed if len(listed) == len(elements) else None


def _condition(reader: ManifestReader, element: Element, known: tuple[str, ...]) -> RuleCondition | None:
    default = "always" if element.get("condition") is None and "always" in known else ""
    word = reader.word(element, "condition", default, known)
    if not word:
        return None
    threshold = element.get("measureThreshold")
    return RuleCondition(
        condition=word,
        negated=reader.word(element, "operator", "noOp", ("not", "noOp")) == "not",
        objective=reader.identifier(element, "referencedObjective"),
        measure_threshold=None
        if threshold is None
        else reader.number(element, "measureThreshold", 0.0, -1, 1),
    )


def _limits(reader: ManifestReader, element: Element | None) -> LimitConditions:
    if element is None:
        return LimitConditions()
    for name in WITHOUT_EFFECT:
        element.get(name)
    duration = element.get("attemptAbsoluteDurationLimit")
    return LimitConditions(reader.count(element, "attemptLimit"), duration.strip() if duration else None)


def _rollup_rule(reader: ManifestReader, element: Element) -> RollupRule | None:
    conditions = element.child("imsss:rollupConditions") or Element("")
    action = element.child("imsss:rollupAction") or element
    verb = reader.word(
        action, "action", "satisfied", ("satisfied", "notSatisfied", "completed", "incomplete")
    )
    combination = reader.word(conditions, "conditionCombination", "any", ("all", "any"))
    listed = _conditions(reader, conditions.all("imsss:rollupCondition"), ROLLUP_CONDITIONS)
    if listed is None:
        return None
    return RollupRule(
        action=cast(Any, verb),
        conditions=listed,
        combination=cast(Combination, combination),
        child_activity_set=cast(Any, reader.word(element, "childActivitySet", "all", CHILD_SETS)),
        minimum_count=reader.count(element, "minimumCount") or 0,
        minimum_percent=reader.number(element, "minimumPercent", 0.0, 0, 1),
    )


def _rollup_controls(reader: ManifestReader, rollup: Element, considered: Element) -> RollupControls:
    required = {
        f"required_for_{what}": reader.word(
            considered, camel(f"required_for_{what}"), "always", CONSIDERATIONS
        )
        for what in REQUIRED
    }
    return RollupControls(
        objective_satisfied=reader.truth(rollup, "rollupObjectiveSatisfied", True),
        progress_completion=reader.truth(rollup, "rollupProgressCompletion", True),
        objective_measure_weight=reader.number(rollup, "objectiveMeasureWeight", 1.0, 0, 1),
        measure_satisfaction_if_active=reader.truth(considered, "measureSatisfactionIfActive", True),
        **required,
    )


def _randomization(reader: ManifestReader, element: Element | None) -> Randomization:
    if element is None:
        return Randomization()
    return Randomization(
        randomization_timing=cast(Timing, reader.word(element, "randomizationTiming", "never", TIMINGS)),
        reorder_children=reader.truth(element, "reorderChildren", False),
        selection_timing=cast(Timing, reader.word(element, "selectionTiming", "never", TIMINGS)),
        select_count=reader.count(element, "selectCount"),
    )


def write_sequencing(parent: Element, sequencing: Sequencing) -> None:
    """Append `imsss:sequencing` in the order of its schema, without values that are the default."""
    if sequencing == Sequencing():
        return
    element = parent.add("imsss:sequencing")
    _plain(element, "imsss:controlMode", sequencing.control_mode, ControlMode)
    _write_rules(element, sequencing)
    _plain(element, "imsss:limitConditions", sequencing.limit_conditions, LimitConditions)
    _write_rollup(element, sequencing)
    write_objectives(element, sequencing.objectives)
    _plain(element, "imsss:randomizationControls", sequencing.randomization, Randomization)
    _plain(element, "imsss:deliveryControls", sequencing.delivery_controls, DeliveryControls)
    _plain(
        element, "adlseq:constrainedChoiceConsiderations", sequencing.constrained_choice, ConstrainedChoice
    )
    names = {f"required_for_{what}": camel(f"required_for_{what}") for what in REQUIRED}
    names["measure_satisfaction_if_active"] = "measureSatisfactionIfActive"
    if considered := attributes(sequencing.rollup_controls, RollupControls(), names):
        element.add("adlseq:rollupConsiderations", **considered)
    write_extensions(element, sequencing.objectives)


def _plain(parent: Element, name: str, value: object, kind: Any) -> None:
    if said_here := attributes(value, kind(), names_of(kind)):
        parent.add(name, **said_here)


def _write_rules(parent: Element, sequencing: Sequencing) -> None:
    lists = {
        "imsss:preConditionRule": sequencing.pre_condition_rules,
        "imsss:exitConditionRule": sequencing.exit_condition_rules,
        "imsss:postConditionRule": sequencing.post_condition_rules,
    }
    if not any(lists.values()):
        return
    element = parent.add("imsss:sequencingRules")
    for name, rules in lists.items():
        for rule in rules:
            _write_rule(element.add(name), rule)


def _write_rule(element: Element, rule: SequencingRule) -> None:
    if rule.conditions or rule.combination != "all":
        conditions = element.add("imsss:ruleConditions", conditionCombination=rule.combination)
        for condition in rule.conditions:
            conditions.children.append(_written("imsss:ruleCondition", condition))
    element.add("imsss:ruleAction", action=rule.action)


def _written(name: str, condition: RuleCondition) -> Element:
    element = Element(name)
    if condition.objective is not None:
        element.attributes["referencedObjective"] = condition.objective
    if condition.measure_threshold is not None:
        element.attributes["measureThreshold"] = decimal(condition.measure_threshold)
    if condition.negated:
        element.attributes["operator"] = "not"
    element.attributes["condition"] = condition.condition
    return element


def _write_rollup(parent: Element, sequencing: Sequencing) -> None:
    names = {
        "objective_satisfied": "rollupObjectiveSatisfied",
        "progress_completion": "rollupProgressCompletion",
        "objective_measure_weight": "objectiveMeasureWeight",
    }
    controls = attributes(sequencing.rollup_controls, RollupControls(), names)
    if not controls and not sequencing.rollup_rules:
        return
    element = parent.add("imsss:rollupRules", **controls)
    counts = {name: camel(name) for name in ("child_activity_set", "minimum_count", "minimum_percent")}
    for rule in sequencing.rollup_rules:
        written = element.add("imsss:rollupRule", **attributes(rule, RollupRule("satisfied", ()), counts))
        conditions = written.add("imsss:rollupConditions", conditionCombination=rule.combination)
        conditions.children.extend(_written("imsss:rollupCondition", one) for one in rule.conditions)
        written.add("imsss:rollupAction", action=rule.action)
