"""The frozen model of any SCORM package: the plan makes it, a format writes it, the player reads it.

Names are those of IMS Content Packaging 1.1.4, IMS Simple Sequencing 1.0 and the ADL extensions. Defaults are
the standard's own, so a value left out of a manifest and a value written with its default are equal here.
Identifiers are normalised (see `normalised`), paths are relative to the package's root and percent-decoded.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Literal

from msgspec import Struct, field


class Standard(StrEnum):
    """The run-time standard of a package; the edition of 2004 is in `Package.edition`."""

    SCORM_12 = "1.2"
    SCORM_2004 = "2004"


def normalised(identifier: str) -> str:
    """An identifier for comparison: %20 is a space, outer spaces are cut, inner runs become one."""
    return " ".join(identifier.replace("%20", " ").split())


class Metadata(Struct, frozen=True):
    """The description of a package for catalogues (IEEE LOM: general, educational.typicalLearningTime)."""

    title: str = ""
    description: str = ""
    language: str = ""  # BCP 47, empty where the manifest names none
    typical_learning_time: int | None = None  # seconds
    keywords: tuple[str, ...] = ()


class Part(Struct, frozen=True):
    """A lesson of one of our courses, or its final questions: the objective that reports its state."""

    objective: str
    title: str
    minutes: int
    tries: int = 0  # how often its questions may be handed in; 0: no limit
    teaches: str = ""  # the objective whose pre-test spares the lesson; empty where none does
    optional: str = ""  # the course that it is of, where the package's own result does not need it
    result: str = ""  # of an optional part that its objective reports on: "passed", else "completed"
    variant: str = ""  # of the course that an optional part is, where it has variants


class SchoolContact(Struct, frozen=True):
    """A contact that each school fills in for itself (decision 15)."""

    slot: str
    label: str  # "Your designated safeguarding lead"


class Provenance(Struct, frozen=True):
    """The origin of a package that `courseware` compiled; other packages have none."""

    course: str  # the course's id
    edition: str
    variant: str = ""  # "audience=governors jurisdiction=wales", sorted by key
    compiler: str = ""  # "courseware 0.1.0"
    parts: tuple[Part, ...] = ()  # the parts of its one SCO, in order
    status: str = ""  # "draft" until a specialist has reviewed the edition, then "reviewed"
    contacts: tuple[SchoolContact, ...] = ()  # those that its pages show
    as_of: str = ""  # the day whose edition it is, "2026-11-24"
    legislation: str = ""  # "separate", "optional" or "left out", where the course has a legal companion
    legislation_of: str = ""  # of such a companion: the id of its main course
    refresher_of: str = ""  # the id of the course that it refreshes
    statistics: str = ""  # SHA-256 of the file that chose its questions


class ResourceType(StrEnum):
    SCO = "sco"
    ASSET = "asset"


class Resource(Struct, frozen=True):
    """CP 1.1.4 `resource`; `href` and `files` already include every `xml:base` above them."""

    identifier: str
    scorm_type: ResourceType
    href: str | None = None  # path, with query and fragment where the manifest gave them
    files: tuple[str, ...] = ()
    dependencies: tuple[str, ...] = ()  # identifiers of resources


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

    control_mode: ControlMode = field(default_factory=ControlMode)
    constrained_choice: ConstrainedChoice = field(default_factory=ConstrainedChoice)
    pre_condition_rules: tuple[SequencingRule, ...] = ()
    exit_condition_rules: tuple[SequencingRule, ...] = ()
    post_condition_rules: tuple[SequencingRule, ...] = ()
    limit_conditions: LimitConditions = field(default_factory=LimitConditions)
    rollup_rules: tuple[RollupRule, ...] = ()
    rollup_controls: RollupControls = field(default_factory=RollupControls)
    objectives: tuple[Objective, ...] = ()  # the primary one first
    randomization: Randomization = field(default_factory=Randomization)
    delivery_controls: DeliveryControls = field(default_factory=DeliveryControls)


class CompletionThreshold(Struct, frozen=True):
    """adlcp:completionThreshold (CAM 5.1.2.1, 4th Edition)."""

    completed_by_measure: bool = False
    min_progress_measure: float = 1.0
    progress_weight: float = 1.0


class SharedData(Struct, frozen=True):
    """adlcp:data/map: a store that the SCO sees as adl.data.n."""

    target: str
    read: bool = True
    write: bool = True


class Item(Struct, frozen=True):
    """CP 1.1.4 `item` with the ADL extensions; a leaf names a resource, a cluster has items."""

    identifier: str
    title: str
    resource: str | None = None
    parameters: str = ""
    visible: bool = True
    items: tuple[Item, ...] = ()
    sequencing: Sequencing = field(default_factory=Sequencing)
    completion_threshold: CompletionThreshold = field(default_factory=CompletionThreshold)
    launch_data: str = ""  # adlcp:dataFromLMS / adlcp:datafromlms
    time_limit_action: str = ""
    shared_data: tuple[SharedData, ...] = ()
    hide_lms_ui: frozenset[str] = frozenset()  # "previous", "continue", "exit", "exitAll", "abandon", ...
    mastery_score: float | None = None  # SCORM 1.2 only
    max_time_allowed: str = ""  # SCORM 1.2 only
    prerequisites: str = ""  # SCORM 1.2 only

    def walk(self) -> Iterator[Item]:
        """This item and all below it, in document order."""
        yield self
        for child in self.items:
            yield from child.walk()


class Organization(Struct, frozen=True):
    """CP 1.1.4 `organization`: the root of an activity tree."""

    identifier: str
    title: str
    items: tuple[Item, ...] = ()
    sequencing: Sequencing = field(default_factory=Sequencing)
    completion_threshold: CompletionThreshold = field(default_factory=CompletionThreshold)
    objectives_global_to_system: bool = True
    shared_data_global_to_system: bool = True

    def walk(self) -> Iterator[Item]:
        """Every item, in document order."""
        for item in self.items:
            yield from item.walk()


class Package(Struct, frozen=True):
    """A package of any SCORM version, by anyone: the content of its manifest and nothing else."""

    standard: Standard
    edition: str  # "1.2", "2004 3rd Edition", "2004 4th Edition"
    identifier: str
    version: str = ""
    metadata: Metadata = field(default_factory=Metadata)
    organizations: tuple[Organization, ...] = ()
    default_organization: str = ""
    resources: tuple[Resource, ...] = ()
    provenance: Provenance | None = None

    @property
    def organization(self) -> Organization:
        """The organization that is played: the default, or the first."""
        named = (o for o in self.organizations if o.identifier == self.default_organization)
        return next(named, self.organizations[0])

    def resource(self, identifier: str) -> Resource:
        """The resource of that identifier; raises KeyError where there is none."""
        for resource in self.resources:
            if resource.identifier == identifier:
                return resource
        raise KeyError(identifier)
