"""The activity tree (SN 2.1): an organization as sequencing sees it, built once and never changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from courseware.package import (
    CompletionThreshold,
    ControlMode,
    DeliveryControls,
    Item,
    Objective,
    ObjectiveMap,
    Organization,
    Package,
    ResourceType,
    RollupControls,
    RollupRule,
    RuleCondition,
    Sequencing,
    SequencingRule,
    Standard,
)


@dataclass(eq=False, slots=True)
class Activity:
    """One node; compared by identity, because two trees may use the same identifiers."""

    identifier: str
    title: str
    sequencing: Sequencing
    threshold: CompletionThreshold
    objectives: tuple[Objective, ...]  # the primary one first; there always is one
    parent: Activity | None = None
    children: tuple[Activity, ...] = ()
    index: int = 0  # among its parent's children
    order: int = 0  # in the whole tree, document order
    depth: int = 0
    last: int = 0  # `order` of the last activity below it, or its own
    item: Item | None = None  # None for the root
    stoppers: tuple[Activity, ...] = ()  # children with a stopForwardTraversal rule
    contributors: tuple[Activity, ...] = ()  # children that are tracked
    mapped: tuple[Activity, ...] = ()  # those of them whose primary objective has maps

    @property
    def is_leaf(self) -> bool:
        return not self.children

    @property
    def is_heading(self) -> bool:
        """A leaf that is only a title."""
        return self.is_leaf and self.item is not None and self.item.resource is None

    @property
    def control(self) -> ControlMode:
        return self.sequencing.control_mode

    @property
    def tracked(self) -> bool:
        return self.sequencing.delivery_controls.tracked

    @property
    def visible(self) -> bool:
        return self.item is None or self.item.visible

    def contains(self, other: Activity) -> bool:
        """True where `other` is this activity or below it."""
        return self.order <= other.order <= self.last

    def path(self) -> tuple[Activity, ...]:
        """From the root to this activity, both included."""
        return tuple(reversed(tuple(self.upwards())))

    def upwards(self) -> Iterator[Activity]:
        """From this activity to the root, both included."""
        here: Activity | None = self
        while here is not None:
            yield here
            here = here.parent

    def rules(self, *actions: str) -> tuple[SequencingRule, ...]:
        """The pre-condition rules with one of these actions, in the manifest's order."""
        rules = self.sequencing.pre_condition_rules
        return tuple(rule for rule in rules if rule.action in actions) if rules else ()


@dataclass(frozen=True, eq=False, slots=True)
class Tree:
    """All activities of one organization, and by global objective the activities that map it."""

    root: Activity
    activities: dict[str, Activity]
    readers: dict[str, tuple[Activity, ...]]
    standard: Standard = Standard.SCORM_2004
    objectives_global_to_system: bool = True
    shared_data_global_to_system: bool = True
    leaves: tuple[Activity, ...] = field(default=())
    weighs: bool = True  # a measure or a progress may decide more than the status of its own leaf

    def get(self, identifier: str) -> Activity | None:
        return self.activities.get(identifier)

    def __getitem__(self, identifier: str) -> Activity:
        return self.activities[identifier]


def common_ancestor(one: Activity, other: Activity) -> Activity:
    """The deepest activity that contains both (and may be one of them)."""
    return next(a for a in one.upwards() if a.contains(other))


def build_tree(package: Package) -> Tree:
    """The tree of the organization that is played."""
    organization = effective_organization(package)
    builder = _Builder()
    root = builder.root(organization)
    return Tree(
        root=root,
        activities=builder.activities,
        readers={key: tuple(activities) for key, activities in builder.readers.items()},
        standard=package.standard,
        objectives_global_to_system=organization.objectives_global_to_system,
        shared_data_global_to_system=organization.shared_data_global_to_system,
        leaves=tuple(a for a in builder.activities.values() if a.is_leaf and not a.is_heading),
        weighs=any(map(_weighs, builder.activities.values())),
    )


_MEASURED = frozenset(("objectiveMeasureKnown", "objectiveMeasureGreaterThan", "objectiveMeasureLessThan"))


def _weighs(activity: Activity) -> bool:
    """True where a rule looks at a measure, a cluster is judged by one, or an objective passes one on."""
    sequencing = activity.sequencing
    rules: tuple[SequencingRule | RollupRule, ...] = (
        *sequencing.pre_condition_rules,
        *sequencing.exit_condition_rules,
        *sequencing.post_condition_rules,
        *sequencing.rollup_rules,
    )
    if any(condition.condition in _MEASURED for rule in rules for condition in rule.conditions):
        return True
    if any(objective.maps for objective in activity.objectives):
        return True
    is_judged = activity.threshold.completed_by_measure or any(
        objective.satisfied_by_measure for objective in activity.objectives
    )
    return is_judged and not activity.is_leaf


_FREE = ControlMode(
    flow=True, use_current_attempt_objective_info=False, use_current_attempt_progress_info=False
)


_ALWAYS = (RuleCondition("always"),)
_PASSED_OVER = Sequencing(
    control_mode=ControlMode(flow=False),
    pre_condition_rules=(SequencingRule("skip", _ALWAYS), SequencingRule("disabled", _ALWAYS)),
    delivery_controls=DeliveryControls(tracked=False),
)


def effective_organization(package: Package) -> Organization:
    """SCORM 1.2 has no sequencing: choice and flow are open everywhere. Prerequisites are evaluated in our
    own courses, which have no others than “&” joins; anybody else's could lock a learner out."""
    organization = package.organization
    if package.standard is Standard.SCORM_12:
        assets = {r.identifier for r in package.resources if r.scorm_type is ResourceType.ASSET}
        free = Sequencing(control_mode=_FREE)
        items = tuple(_freed(item, free, assets) for item in organization.items)
        if package.provenance is not None and len(items) > 1:
            items = tuple(_waiting(_weighed(item)) for item in items)
        is_ours = package.provenance is not None
        organization = replace(
            organization, sequencing=free, items=items, objectives_global_to_system=not is_ours
        )
    if any(not item.items and item.resource is None for item in organization.walk()):
        items = tuple(_without_headings(item) for item in organization.items)
        organization = replace(organization, items=items)
    return organization


def _without_headings(item: Item) -> Item:
    """An item without a resource in or below it is shown as a title, and passed over by every traversal."""
    items = tuple(_without_headings(child) for child in item.items)
    is_hollow = item.resource is None if not items else all(i.sequencing is _PASSED_OVER for i in items)
    return replace(item, items=items, sequencing=_PASSED_OVER if is_hollow else item.sequencing)


def _freed(item: Item, free: Sequencing, assets: set[str]) -> Item:
    """An item of SCORM 1.2 under 2004's defaults: a SCO reports its status, an asset is completed by being
    shown."""
    if item.items:
        return replace(
            item, sequencing=free, items=tuple(_freed(child, free, assets) for child in item.items)
        )
    is_asset = item.resource in assets
    sequencing = replace(
        free,
        delivery_controls=DeliveryControls(
            completion_set_by_content=not is_asset, objective_set_by_content=True
        ),
        rollup_controls=RollupControls(
            objective_satisfied=not is_asset, objective_measure_weight=0.0 if is_asset else 1.0
        ),
    )
    return replace(item, sequencing=sequencing)


def _weighed(item: Item) -> Item:
    """In a course of ours in several SCOs the final questions alone have a score, and a mastery score."""
    controls = item.sequencing.rollup_controls
    weight = 0.0 if item.mastery_score is None else 1.0
    controls = replace(controls, objective_measure_weight=weight)
    return replace(item, sequencing=replace(item.sequencing, rollup_controls=controls))


def _waiting(item: Item) -> Item:
    """CAM 1.2, 2.3.2.5.1: a SCO stays shut until those that its prerequisites name are completed or passed.
    Each tells it by an objective of the course, as SCORM 2004 has it (SN 3.10.3)."""
    others = [name.strip() for name in item.prerequisites.split("&") if name.strip()]
    told = Objective(primary=True, maps=(_mapped(item.identifier, writes=True),))
    read = (Objective(f"prerequisite {name}", maps=(_mapped(name, writes=False),)) for name in others)
    undone = tuple(
        RuleCondition(word, negated=True, objective=f"prerequisite {name}")
        for name in others
        for word in ("objectiveStatusKnown", "satisfied")
    )
    rules = (SequencingRule("disabled", undone, "any"),) if undone else ()
    sequencing = replace(item.sequencing, objectives=(told, *read), pre_condition_rules=rules)
    return replace(item, sequencing=sequencing)


def _mapped(item: str, *, writes: bool) -> ObjectiveMap:
    return ObjectiveMap(
        f"prerequisite {item}",
        read_satisfied_status=not writes,
        read_normalized_measure=False,
        write_satisfied_status=writes,
        read_raw_score=False,
        read_min_score=False,
        read_max_score=False,
        read_completion_status=False,
        read_progress_measure=False,
    )


class _Builder:
    """Builds the activities and the indexes in one walk."""

    def __init__(self) -> None:
        self.activities: dict[str, Activity] = {}
        self.readers: dict[str, list[Activity]] = {}

    def root(self, organization: Organization) -> Activity:
        root = Activity(
            identifier=organization.identifier,
            title=organization.title or organization.identifier,
            sequencing=organization.sequencing,
            threshold=organization.completion_threshold,
            objectives=_with_primary(organization.sequencing),
        )
        return self._placed(root, organization.items)

    def _placed(self, activity: Activity, items: tuple[Item, ...]) -> Activity:
        activity.order = len(self.activities)
        self.activities.setdefault(activity.identifier, activity)
        for objective in activity.objectives:
            for target in dict.fromkeys(m.target for m in objective.maps):
                self.readers.setdefault(target, []).append(activity)
        activity.children = tuple(self._child(activity, index, item) for index, item in enumerate(items))
        activity.contributors = tuple(c for c in activity.children if c.tracked)
        activity.mapped = tuple(c for c in activity.contributors if c.objectives[0].maps)
        activity.stoppers = tuple(c for c in activity.children if c.rules("stopForwardTraversal"))
        activity.last = len(self.activities) - 1
        return activity

    def _child(self, parent: Activity, index: int, item: Item) -> Activity:
        child = Activity(
            identifier=item.identifier,
            title=item.title or item.identifier,
            sequencing=item.sequencing,
            threshold=item.completion_threshold,
            objectives=_with_primary(item.sequencing),
            parent=parent,
            index=index,
            depth=parent.depth + 1,
            item=item,
        )
        return self._placed(child, item.items)


def _with_primary(sequencing: Sequencing) -> tuple[Objective, ...]:
    """Every activity has a primary objective, also where its manifest names none (SN 3.10)."""
    objectives = sequencing.objectives
    if not any(o.primary for o in objectives):
        return (Objective(primary=True), *objectives)
    return tuple(sorted(objectives, key=lambda objective: not objective.primary))
