"""A course in several SCOs: the sequencing that follows from what its author says (SN 3).

The lessons are a cluster, satisfied when all of them are completed; the final questions wait for that. A
lesson that the pre-test spares is skipped, and a skipped one is not waited for (SN 3.9, ifNotSkipped). Only
what counts takes part in the rollup of the course: its completion by lessons and final questions, its success
and its measure by the final questions alone. What units tell each other are objectives of the course, which a
new attempt begins afresh.
"""

from __future__ import annotations

from collections.abc import Iterator

from courseware.formats.outline import FINAL, PRE_TEST, Outline, Unit
from courseware.package import (
    CompletionThreshold,
    ControlMode,
    DeliveryControls,
    Item,
    Objective,
    ObjectiveMap,
    Organization,
    RollupControls,
    RollupRule,
    RuleCondition,
    Sequencing,
    SequencingRule,
)

SET_BY_CONTENT = DeliveryControls(completion_set_by_content=True, objective_set_by_content=True)
FREE = ControlMode(flow=True)
OUTSIDE = RollupControls(objective_satisfied=False, progress_completion=False, objective_measure_weight=0.0)
WITHOUT_SUCCESS = RollupControls(objective_satisfied=False, objective_measure_weight=0.0)
IN_THE_CLUSTER = RollupControls(
    objective_measure_weight=0.0,
    required_for_satisfied="ifNotSkipped",
    required_for_not_satisfied="ifNotSkipped",
    required_for_completed="ifNotSkipped",
    required_for_incomplete="ifNotSkipped",
)
ALL_COMPLETED = (RollupRule("satisfied", (RuleCondition("completed"),), "all"),)
LESSONS, KNOWN = "lessons", "known"  # objectives that an activity reads
TESTED = "pre-test_"  # begins the objectives that the pre-test's SCO sets
MAPPED = [name for name in ObjectiveMap.__struct_fields__ if name != "target"]


def arrange_units(outline: Outline, *, weights: bool) -> Organization:
    """`weights`: an item says how much of the course it is, by its minutes (4th Edition)."""
    items: list[Item] = []
    for unit in outline.units:
        if unit not in outline.lessons:
            items.append(_unit(outline, unit, weights))
        elif unit == outline.lessons[0]:
            items.append(_lessons(outline, weights))
    return Organization(
        identifier=f"organization-{outline.course}",
        title=outline.title,
        items=tuple(items),
        sequencing=Sequencing(control_mode=FREE),
        objectives_global_to_system=False,
    )


def _lessons(outline: Outline, weights: bool) -> Item:
    """The cluster of the lessons; it writes for the final questions that all of them are done."""
    return Item(
        identifier=f"lessons-{outline.course}",
        title=outline.lessons_title,
        items=tuple(_unit(outline, unit, weights) for unit in outline.lessons),
        sequencing=Sequencing(
            control_mode=FREE,
            rollup_rules=ALL_COMPLETED,
            rollup_controls=WITHOUT_SUCCESS,
            objectives=(
                Objective("all-lessons", primary=True, maps=(_writes(f"{outline.course}.lessons"),)),
            ),
        ),
        completion_threshold=_weight(outline, outline.lessons, weights),
    )


def _unit(outline: Outline, unit: Unit, weights: bool) -> Item:
    is_final = unit.kind == FINAL
    in_cluster = unit in outline.lessons
    return Item(
        identifier=outline.item(unit),
        title=unit.title,
        resource=outline.resource(unit),
        sequencing=Sequencing(
            pre_condition_rules=tuple(_rules(outline, unit)),
            rollup_controls=RollupControls() if is_final else IN_THE_CLUSTER if in_cluster else OUTSIDE,
            objectives=_with_primary(tuple(_objectives(outline, unit))),
            delivery_controls=SET_BY_CONTENT,
        ),
        completion_threshold=_weight(outline, (unit,), weights),
    )


def _rules(outline: Outline, unit: Unit) -> Iterator[SequencingRule]:
    """Not yet known is not “not satisfied” (UP.2.1), so that both are asked."""
    if unit.spared_by:
        yield SequencingRule("skip", (RuleCondition("satisfied", objective=KNOWN),))
    if unit.kind == FINAL and outline.lessons:
        open_ = [RuleCondition(word, True, LESSONS) for word in ("objectiveStatusKnown", "satisfied")]
        yield SequencingRule("disabled", tuple(open_), "any")
    for earlier in _before(outline, unit):
        undone = RuleCondition("objectiveStatusKnown", True, earlier.id)
        if not earlier.spared_by:
            yield SequencingRule("disabled", (undone,))
            continue
        for word in ("objectiveStatusKnown", "satisfied"):
            yield SequencingRule("disabled", (undone, RuleCondition(word, True, TESTED + earlier.spared_by)))


def _with_primary(objectives: tuple[Objective, ...]) -> tuple[Objective, ...]:
    """Where there are others, imsss:objectives has to begin with the primary one."""
    if not objectives or objectives[0].primary:
        return objectives
    return (Objective(primary=True), *objectives)


def _objectives(outline: Outline, unit: Unit) -> Iterator[Objective]:
    """The primary one first: that of the final questions has the mark."""
    if unit.kind == FINAL:
        yield from mark(outline)
        if outline.lessons:
            yield Objective(LESSONS, maps=(_reads(f"{outline.course}.lessons"),))
    if unit.kind == PRE_TEST:
        for name in outline.tested:
            yield Objective(TESTED + name, maps=(_writes(f"{outline.course}.{TESTED}{name}"),))
    if unit.spared_by:
        yield Objective(KNOWN, maps=(_reads(f"{outline.course}.{TESTED}{unit.spared_by}"),))
    if outline.in_order and unit in outline.lessons:
        yield from _objectives_of_order(outline, unit)


def _objectives_of_order(outline: Outline, unit: Unit) -> Iterator[Objective]:
    """The lesson's own, which its SCO sets, and those of the lessons before it."""
    yield Objective(unit.id, maps=(_writes(f"{outline.course}.{unit.id}"),))
    before = _before(outline, unit)
    for earlier in before:
        yield Objective(earlier.id, maps=(_reads(f"{outline.course}.{earlier.id}"),))
    for name in dict.fromkeys(earlier.spared_by for earlier in before if earlier.spared_by):
        yield Objective(TESTED + name, maps=(_reads(f"{outline.course}.{TESTED}{name}"),))


def _before(outline: Outline, unit: Unit) -> tuple[Unit, ...]:
    """The lessons for which this one waits."""
    if not outline.in_order or unit not in outline.lessons:
        return ()
    return outline.lessons[: outline.lessons.index(unit)]


def _reads(target: str) -> ObjectiveMap:
    return _maps(target, "read_satisfied_status")


def _writes(target: str) -> ObjectiveMap:
    return _maps(target, "write_satisfied_status")


def _maps(target: str, what: str) -> ObjectiveMap:
    """Nothing else is read by default (SN 3.10.3)."""
    return ObjectiveMap(target, **{name: name == what for name in MAPPED})


def _weight(outline: Outline, units: tuple[Unit, ...], weights: bool) -> CompletionThreshold:
    """The share of the course's minutes; of what does not count, none."""
    whole = sum(unit.minutes for unit in outline.units if unit.counts)
    if not weights or not whole:
        return CompletionThreshold()
    share = sum(unit.minutes for unit in units if unit.counts) / whole
    return CompletionThreshold(progress_weight=round(share, 4))


def mark(outline: Outline) -> tuple[Objective, ...]:
    """The primary objective with the pass mark.

    The SCO sets completion and success itself: an LMS would set both if it said nothing. The percentage is
    the measure. The course reports scaled scores rounded down to seven decimals, and a percentage has at most
    six, so rounding never crosses the mark.
    """
    if outline.pass_percent is None:
        return ()
    return (
        Objective(
            identifier="assessment",
            primary=True,
            satisfied_by_measure=True,
            minimum_normalized_measure=float(outline.pass_percent / 100),
        ),
    )
