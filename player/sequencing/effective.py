"""The organization as it is sequenced: SCORM 1.2 has no sequencing; titles alone are passed over."""

from __future__ import annotations

from msgspec.structs import replace

from courseware.package import (
    ControlMode,
    DeliveryControls,
    Item,
    Objective,
    ObjectiveMap,
    Organization,
    Package,
    ResourceType,
    RollupControls,
    RuleCondition,
    Sequencing,
    SequencingRule,
    Standard,
)

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
