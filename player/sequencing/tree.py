"""The activity tree (SN 2.1): an organization as sequencing sees it, built once and never changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import add

from courseware.package import (
    CompletionThreshold,
    ControlMode,
    Item,
    Objective,
    Organization,
    Package,
    RollupRule,
    Sequencing,
    SequencingRule,
    Standard,
)

from .effective import effective_organization


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
    measure_weights: float = 0.0  # the sum of theirs, for rollup (RB.1.1.a)
    progress_weights: float = 0.0  # the same for progress (RB.1.1.b)

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
    def measure_weight(self) -> float:
        return self.sequencing.rollup_controls.objective_measure_weight

    @property
    def progress_weight(self) -> float:
        return self.threshold.progress_weight

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


def total(weights: Iterable[float]) -> float:
    """Their sum, added one by one; `sum` rounds otherwise from Python 3.12 on."""
    return reduce(add, weights, 0.0)


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
        activity.measure_weights = total(c.measure_weight for c in activity.contributors)
        activity.progress_weights = total(c.progress_weight for c in activity.contributors)
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
