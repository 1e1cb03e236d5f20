"""The sequencing definition of an activity: IMS Simple Sequencing 1.0 with the ADL extensions (SN 3)."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class ControlMode(Struct, frozen=True):
    """SN 3.2: the navigation that a learner has among a cluster's children."""

    choice: bool = True
    choice_exit: bool = True
    flow: bool = False
    forward_only: bool = False
    use_current_attempt_objective_info: bool = True
    use_current_attempt_progress_info: bool = True


class ConstrainedChoice(Struct, frozen=True):
    """adlseq:constrainedChoiceConsiderations (SN 3.3)."""

    prevent_activation: bool = False
    constrain_choice: bool = False


class RuleCondition(Struct, frozen=True):
    """One condition of a rule; `measure_threshold` and `objective` only where it has one."""

    condition: str  # "satisfied", "objectiveMeasureGreaterThan", "completed", "always", ...
    negated: bool = False
    objective: str | None = None
    measure_threshold: float | None = None


class SequencingRule(Struct, frozen=True):
    """SN 3.4: pre-, post- or exit-condition rule, by the list it stands in."""

    action: str  # "skip", "disabled", "hiddenFromChoice", "stopForwardTraversal", "exitParent", "retry", ...
    conditions: tuple[RuleCondition, ...]
    combination: Literal["all", "any"] = "all"


class RollupRule(Struct, frozen=True):
    """SN 3.8."""

    action: Literal["satisfied", "notSatisfied", "completed", "incomplete"]
    conditions: tuple[RuleCondition, ...]
    combination: Literal["all", "any"] = "any"
    child_activity_set: Literal["all", "any", "none", "atLeastCount", "atLeastPercent"] = "all"
    minimum_count: int = 0
    minimum_percent: float = 0.0


class RollupControls(Struct, frozen=True):
    """SN 3.9 rollup controls and adlseq:rollupConsiderations."""

    objective_satisfied: bool = True
    progress_completion: bool = True
    objective_measure_weight: float = 1.0
    required_for_satisfied: str = "always"
    required_for_not_satisfied: str = "always"
    required_for_completed: str = "always"
    required_for_incomplete: str = "always"
    measure_satisfaction_if_active: bool = True


class ObjectiveMap(Struct, frozen=True):
    """SN 3.10.3 map info, with the adlseq extension for scores, completion and progress.

    The defaults are those of a manifest that has both forms; all of an absent form is false.
    """

    target: str
    read_satisfied_status: bool = True
    read_normalized_measure: bool = True
    write_satisfied_status: bool = False
    write_normalized_measure: bool = False
    read_raw_score: bool = True
    read_min_score: bool = True
    read_max_score: bool = True
    read_completion_status: bool = True
    read_progress_measure: bool = True
    write_raw_score: bool = False
    write_min_score: bool = False
    write_max_score: bool = False
    write_completion_status: bool = False
    write_progress_measure: bool = False


class Objective(Struct, frozen=True):
    """SN 3.10: an objective of one activity; the primary one takes part in rollup."""

    identifier: str | None = None
    primary: bool = False
    satisfied_by_measure: bool = False
    minimum_normalized_measure: float = 1.0
    maps: tuple[ObjectiveMap, ...] = ()


class LimitConditions(Struct, frozen=True):
    """SN 3.7: the limit that SCORM 2004 evaluates, and the one that it hands to the SCO."""

    attempt_limit: int | None = None
    attempt_absolute_duration_limit: str | None = None  # ISO 8601, handed over as cmi.max_time_allowed


class Randomization(Struct, frozen=True):
    """SN 3.11 and 3.12: selection and randomization of a cluster's children."""

    randomization_timing: Literal["never", "once", "onEachNewAttempt"] = "never"
    reorder_children: bool = False
    selection_timing: Literal["never", "once", "onEachNewAttempt"] = "never"
    select_count: int | None = None


class DeliveryControls(Struct, frozen=True):
    """SN 3.13."""

    tracked: bool = True
    completion_set_by_content: bool = False
    objective_set_by_content: bool = False


class Sequencing(Struct, frozen=True):
    """SN 3: an activity's whole sequencing definition, collections (IDRef) already merged in."""

    control_mode: ControlMode = ControlMode()
    constrained_choice: ConstrainedChoice = ConstrainedChoice()
    pre_condition_rules: tuple[SequencingRule, ...] = ()
    exit_condition_rules: tuple[SequencingRule, ...] = ()
    post_condition_rules: tuple[SequencingRule, ...] = ()
    limit_conditions: LimitConditions = LimitConditions()
    rollup_rules: tuple[RollupRule, ...] = ()
    rollup_controls: RollupControls = RollupControls()
    objectives: tuple[Objective, ...] = ()  # the primary one first
    randomization: Randomization = Randomization()
    delivery_controls: DeliveryControls = DeliveryControls()
