"""RB.1.1 to RB.1.5: what children learned becomes what their cluster learned."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from courseware.package import (
    CompletionThreshold,
    DeliveryControls,
    Item,
    RollupControls,
    RollupRule,
    RuleCondition,
)
from player.sequencing import Progress
from player.sequencing.objectives import read
from tests.player.sequencing.trees import Walk, cluster, leaf, primary, rule, shared, walk


def learnt(steps: Walk, identifier: str = "root") -> Progress:
    return read(steps.state, steps.tree[identifier])


def taken(*items: Item, said: list[dict[str, Any]], **given: Any) -> Walk:
    """The whole course from start to end, each leaf saying what stands in `said`."""
    steps = walk(*items, **given)
    steps.ask("start")
    for values in said:
        steps.say(**values)
        steps.ask("continue")
    return steps


def rolled(action: Any, condition: str, child_set: Any = "all", **given: Any) -> RollupRule:
    name = condition.removeprefix("not ")
    words = RuleCondition(name, negated=name != condition)
    return RollupRule(action, (words,), child_activity_set=child_set, **given)


def test_what_scos_leave_unsaid_is_settled_when_they_end() -> None:
    steps = taken(leaf("a"), leaf("b"), said=[{}, {}])
    assert steps.outcome.ended
    assert (learnt(steps).completed, learnt(steps).satisfied) == (True, True)


def test_what_the_content_sets_itself_is_left_unknown() -> None:
    own = DeliveryControls(completion_set_by_content=True, objective_set_by_content=True)
    steps = taken(leaf("a", delivery_controls=own), said=[{}])
    assert (learnt(steps).completed, learnt(steps).satisfied) == (None, None)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([True, True], True),
        ([True, False], False),
        ([False, False], False),
    ],
)
def test_by_default_all_children_decide(said: list[bool], expected: bool) -> None:
    steps = taken(leaf("a"), leaf("b"), said=[{"satisfied": s, "completed": s} for s in said])
    assert (learnt(steps).satisfied, learnt(steps).completed) == (expected, expected)


def test_by_default_one_unknown_child_leaves_the_cluster_unknown() -> None:
    steps = walk(leaf("a"), leaf("b"))
    steps.ask("start")
    steps.ask("exitAll")
    assert (learnt(steps).satisfied, learnt(steps).completed) == (None, None)


def test_the_measure_is_the_weighted_mean_and_silence_counts_as_zero() -> None:
    heavy, none = RollupControls(objective_measure_weight=3.0), RollupControls(objective_measure_weight=0.0)
    items = (leaf("a", rollup_controls=heavy), leaf("b"), leaf("c", rollup_controls=none))
    steps = taken(*items, said=[{"measure": 0.8}, {}, {"measure": 1.0}])
    assert learnt(steps).measure == pytest.approx(0.6)


def test_a_cluster_is_satisfied_by_its_measure() -> None:
    by_measure = primary(satisfied_by_measure=True, minimum_normalized_measure=0.6)
    said = [{"measure": 0.9, "satisfied": True}, {"measure": 0.1, "satisfied": True}]
    steps = taken(cluster("m", leaf("a"), leaf("b"), objectives=(by_measure,)), said=said)
    assert learnt(steps, "m").satisfied is False


@pytest.mark.parametrize(("measure", "satisfied"), [(0.9, True), (0.1, False)])
def test_what_a_cluster_s_measure_decides_is_passed_on(measure: float, satisfied: bool) -> None:
    """RB.1.2.a: its status, too, is written to the objectives that it shares."""
    by_measure = primary("m", shared("G", writes=True), satisfied_by_measure=True)
    passing = replace(by_measure, minimum_normalized_measure=0.6)
    steps = taken(cluster("m", leaf("a"), objectives=(passing,)), leaf("b"), said=[{"measure": measure}])
    told = steps.state.global_objectives["G"]
    assert (told.measure, told.satisfied) == (measure, satisfied)


def test_a_measure_may_wait_for_the_attempt_to_end() -> None:
    by_measure = primary(satisfied_by_measure=True, minimum_normalized_measure=0.5)
    late = RollupControls(measure_satisfaction_if_active=False)
    steps = walk(
        cluster("m", leaf("a"), leaf("b"), objectives=(by_measure,), rollup_controls=late), leaf("after")
    )
    steps.ask("start")
    steps.say(measure=1.0)
    steps.ask("continue")
    assert learnt(steps, "m").satisfied is None
    steps.say(measure=1.0)
    steps.ask("continue")
    assert learnt(steps, "m").satisfied is True


@pytest.mark.parametrize("weight", [0.0, 1.0])
@pytest.mark.parametrize("known", [False, True])
def test_neither_measure_nor_progress_is_known_where_no_child_that_counts_has_one(
    weight: float, known: bool
) -> None:
    """RB.1.1.a and RB.1.1.b."""
    part = replace(
        leaf("a", rollup_controls=RollupControls(objective_measure_weight=weight)),
        completion_threshold=CompletionThreshold(progress_weight=weight),
    )
    steps = taken(part, said=[{"measure": 0.5, "progress": 0.5} if known else {}])
    wanted = 0.5 if known and weight else None
    assert (learnt(steps).measure, learnt(steps).progress) == (wanted, wanted)


def test_the_measure_of_what_has_no_parts_is_judged_at_once() -> None:
    by_measure = primary(satisfied_by_measure=True, minimum_normalized_measure=0.5)
    late = RollupControls(measure_satisfaction_if_active=False)
    steps = walk(leaf("a", objectives=(by_measure,), rollup_controls=late), leaf("after"))
    steps.ask("start")
    steps.say(measure=0.6)
    assert learnt(steps, "a").satisfied is True


def test_progress_rolls_up_by_weight_and_completes_by_measure() -> None:
    heavy = Item("a", "A", "sco", completion_threshold=CompletionThreshold(progress_weight=3.0))
    threshold = {"completion_threshold": CompletionThreshold(True, 0.7)}
    said = [{"progress": 1.0, "completed": True}, {"progress": 0.0, "completed": False}]
    steps = taken(heavy, leaf("b"), said=said, organization=threshold)
    assert learnt(steps).progress == pytest.approx(0.75)
    assert learnt(steps).completed is True


@pytest.mark.parametrize(
    ("defined", "expected"),
    [
        (rolled("satisfied", "completed", "any"), True),
        (rolled("satisfied", "completed", "none"), None),
        (rolled("satisfied", "not completed", "none"), None),
        (rolled("satisfied", "completed", "atLeastCount", minimum_count=2), True),
        (rolled("satisfied", "completed", "atLeastCount", minimum_count=3), None),
        (rolled("satisfied", "completed", "atLeastPercent", minimum_percent=0.5), True),
        (rolled("satisfied", "completed", "atLeastPercent", minimum_percent=0.7), None),
        (rolled("notSatisfied", "not completed", "any"), False),
        (rolled("satisfied", "attempted"), True),
        (rolled("satisfied", "objectiveMeasureKnown", "any"), None),
    ],
)
def test_rollup_rules_in_place_of_the_default(defined: RollupRule, expected: bool | None) -> None:
    said: list[dict[str, Any]] = [{"completed": True}, {"completed": True}, {"completed": False}]
    steps = taken(leaf("a"), leaf("b"), leaf("c"), said=said, rollup_rules=(defined,))
    assert learnt(steps).satisfied is expected


@pytest.mark.parametrize(("percent", "expected"), [(0.5, True), (0.51, None)])
def test_so_many_per_cent_are_enough_and_fewer_are_not(percent: float, expected: bool | None) -> None:
    half = rolled("satisfied", "completed", "atLeastPercent", minimum_percent=percent)
    said: list[dict[str, Any]] = [{"completed": True}, {"completed": False}]
    assert learnt(taken(leaf("a"), leaf("b"), said=said, rollup_rules=(half,))).satisfied is expected


def test_a_child_that_does_not_take_part_holds_nobody_up() -> None:
    apart = RollupControls(objective_satisfied=False, progress_completion=False)
    steps = walk(leaf("a"), leaf("optional", rollup_controls=apart))
    steps.ask("start")
    steps.ask("continue")
    assert (learnt(steps).completed, learnt(steps).satisfied) == (True, True)


@pytest.mark.parametrize("required", ["ifAttempted", "ifNotSuspended", "ifNotSkipped"])
def test_considerations_leave_out_what_was_not_taken(required: str) -> None:
    considered = RollupControls(required_for_completed=required)
    skipped = (rule("skip", "always"),)
    steps = taken(
        leaf("a"),
        leaf("b", rollup_controls=considered, pre_condition_rules=skipped),
        said=[{"completed": True}],
    )
    assert learnt(steps).completed is True


@pytest.mark.parametrize("suspended", [False, True])
def test_what_is_suspended_may_be_left_out(suspended: bool) -> None:
    considered = RollupControls(required_for_completed="ifNotSuspended")
    steps = walk(leaf("a", rollup_controls=considered), leaf("b"))
    steps.ask("start")
    steps.say(completed=None if suspended else False)
    if suspended:
        steps.suspend_attempt()
    steps.ask("continue")
    steps.ask("exit")
    assert learnt(steps).completed is suspended


def test_untracked_activities_learn_and_tell_nothing() -> None:
    apart = DeliveryControls(tracked=False)
    steps = taken(leaf("a", delivery_controls=apart), leaf("b"), said=[{"completed": False}, {}])
    assert steps.state.record(steps.tree["a"]).attempts == 0
    assert learnt(steps).completed is True


def test_an_untracked_cluster_keeps_what_it_holds_to_itself() -> None:
    apart = DeliveryControls(tracked=False)
    said = [{"completed": False, "satisfied": False, "measure": 0.1}, {}]
    steps = taken(cluster("m", leaf("a"), delivery_controls=apart), leaf("b"), said=said)
    assert learnt(steps, "a").satisfied is False
    assert learnt(steps, "m") == Progress()
    assert (learnt(steps).completed, learnt(steps).satisfied) == (True, True)


def test_a_shared_objective_rolls_up_wherever_it_is_read() -> None:
    writer = leaf("a", objectives=(primary("here", shared("G", writes=True)),))
    reader = leaf("b", objectives=(primary("there", shared("G", writes=False)),))
    steps = walk(writer, cluster("m", reader, pre_condition_rules=(rule("skip", "satisfied"),)), leaf("c"))
    steps.ask("start")
    steps.say(satisfied=True)
    assert steps.ask("continue") == "c"
    assert learnt(steps, "m").satisfied is True


def test_what_rolls_up_by_one_objective_sets_off_the_next() -> None:
    """RB.1.5: from the writer to its reader, whose cluster writes another."""
    writer = leaf("a", objectives=(primary("a", shared("G", writes=True)),))
    first = leaf("b", objectives=(primary("b", shared("G", writes=False)),))
    second = leaf("c", objectives=(primary("c", shared("H", writes=False)),))
    passing_on = (primary("m", shared("H", writes=True)),)
    steps = walk(writer, cluster("m", first, objectives=passing_on), cluster("n", second))
    steps.ask("start")
    steps.say(satisfied=True)
    steps.ask("exit")
    assert learnt(steps, "n").satisfied is True


def test_a_cluster_that_contradicts_what_it_reads_is_asked_once() -> None:
    """What goes round in a circle comes to rest: an objective sets the rollup off once."""
    against = (rolled("notSatisfied", "satisfied"), rolled("satisfied", "not satisfied"))
    both = primary("both", replace(shared("G", writes=True), write_satisfied_status=True))
    reader = leaf("b", objectives=(primary("there", shared("G", writes=True)),))
    inner = cluster("n", reader)
    steps = walk(cluster("m", inner, objectives=(both,), rollup_rules=against), leaf("c"))
    steps.ask("start")
    steps.say(satisfied=True)
    assert steps.ask("continue") == "c"
    assert steps.state.global_objectives["G"].satisfied is not None


def test_objectives_of_the_course_alone_are_forgotten_with_its_attempt() -> None:
    writer = leaf("a", objectives=(primary("here", shared("G", writes=True)),))
    for kept in (True, False):
        steps = walk(writer, organization={"objectives_global_to_system": kept})
        steps.ask("start")
        steps.say(satisfied=True)
        steps.ask("exitAll")
        assert ("G" in steps.state.global_objectives) is kept


def test_a_cluster_taken_again_does_not_count_what_its_last_attempt_left() -> None:
    steps = walk(cluster("m", leaf("a"), leaf("b")), leaf("after"))
    steps.ask("start")
    steps.ask("continue")
    steps.ask("continue")
    assert learnt(steps, "m").completed is True
    steps.ask("choice", "a")
    steps.ask("choice", "after")
    assert learnt(steps, "m").completed is None
