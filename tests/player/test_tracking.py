"""What a SCO sets reaches its activity, and what the tree knows reaches the SCO."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from msgspec.structs import replace

from courseware.package import (
    CompletionThreshold,
    ControlMode,
    DeliveryControls,
    Item,
    LimitConditions,
    Objective,
    Sequencing,
    SharedData,
    Standard,
)
from player.runtime import Launch, Runtime, Store, outcome
from player.runtime.table import standard
from player.sequencing import Progress, Record, Request, State
from player.sequencing.objectives import read
from player.sequencing.state import UNKNOWN
from player.tracking import Learner, launch_for, learned, rejudged, request_of, result_of_tree, teaches
from tests.player.sequencing.trees import CHOICE, Walk, cluster, leaf, primary, shared, tree, walk

WHO = Learner("17", "Okoye, Amara")


def launched(steps: Walk, carried: Mapping[str, str] | None = None, **stores: str | None) -> Launch:
    assert steps.at is not None
    resumed = steps.outcome.resumed
    return launch_for(steps.state, steps.at, WHO, carried=carried or {}, resumed=resumed, stores=stores)


def playing(steps: Walk, *values: tuple[str, str], ends: bool = True) -> Runtime:
    """The SCO on the screen sets values, and its activity learns them."""
    runtime = Runtime(launched(steps))
    runtime.call("Initialize", "")
    for name, value in values:
        assert runtime.call("SetValue", name, value) == "true", (name, runtime.last_error)
    if ends:
        runtime.call("Terminate", "")
    assert steps.at is not None
    steps.state = learned(outcome(runtime), steps.state, steps.at)
    return runtime


def told(steps: Walk, identifier: str = "a") -> Progress:
    return read(steps.state, steps.tree[identifier])


def one(**sequencing: Any) -> Walk:
    steps = walk(leaf("a", **sequencing), control=CHOICE)
    steps.ask("start")
    return steps


def test_statuses_and_scores_are_the_primary_objectives() -> None:
    steps = one()
    playing(
        steps,
        ("cmi.completion_status", "completed"),
        ("cmi.success_status", "failed"),
        ("cmi.score.scaled", "0.4"),
        ("cmi.score.raw", "4"),
        ("cmi.progress_measure", "1"),
    )
    assert told(steps) == Progress(False, 0.4, 4.0, None, None, True, 1.0)


def test_an_attempt_is_settled_only_where_the_sco_said_nothing() -> None:
    silent, spoken = one(), one()
    playing(silent)
    playing(spoken, ("cmi.completion_status", "unknown"), ("cmi.success_status", "unknown"))
    for steps, expected in ((silent, True), (spoken, None)):
        steps.ask("exitAll")
        assert (told(steps).completed, told(steps).satisfied) == (expected, expected)


def test_named_objectives_find_theirs_and_others_stay_with_the_sco() -> None:
    steps = one(objectives=(primary("main"), Objective("extra")))
    playing(
        steps,
        ("cmi.objectives.1.success_status", "passed"),
        ("cmi.objectives.1.score.scaled", "0.9"),
        ("cmi.objectives.2.id", "own"),
        ("cmi.objectives.2.success_status", "failed"),
    )
    assert read(steps.state, steps.tree["a"], 1) == Progress(satisfied=True, measure=0.9)
    assert told(steps) == Progress()


def test_a_measure_decides_where_the_package_says_so() -> None:
    steps = one(objectives=(primary("main", satisfied_by_measure=True, minimum_normalized_measure=0.8),))
    playing(steps, ("cmi.score.scaled", "0.79"), ("cmi.success_status", "passed"))
    assert told(steps).satisfied is False


def test_without_a_measure_the_package_s_threshold_leaves_the_status_unknown() -> None:
    """SN 3.10.1: for the primary objective and for any other that the SCO names, and in the summary."""
    by_measure: dict[str, Any] = {"satisfied_by_measure": True, "minimum_normalized_measure": 0.8}
    steps = one(objectives=(primary("main", **by_measure), Objective("extra", **by_measure)))
    playing(steps, ("cmi.success_status", "passed"), ("cmi.objectives.1.success_status", "passed"))
    assert told(steps).satisfied is None
    assert result_of_tree(steps.state, 0.0).success_status == "unknown"
    assert "cmi.objectives.1.success_status" not in launched(steps)["values"]


def test_the_launch_carries_what_the_package_defines() -> None:
    item = Item(
        "a",
        "A",
        "sco",
        launch_data="mode=short",
        time_limit_action="exit,message",
        completion_threshold=CompletionThreshold(True, 0.75),
        shared_data=(SharedData("box"), SharedData("log", read=False), SharedData("key", write=False)),
        sequencing=Sequencing(
            objectives=(
                primary("main", satisfied_by_measure=True, minimum_normalized_measure=0.8),
                Objective("extra"),
            ),
            limit_conditions=LimitConditions(attempt_absolute_duration_limit="PT30M"),
        ),
    )
    steps = walk(item, control=CHOICE)
    steps.ask("start")
    launch = launched(steps, box="kept")
    assert launch["values"] == {
        "cmi.learner_id": "17",
        "cmi.learner_name": "Okoye, Amara",
        "cmi.credit": "credit",
        "cmi.mode": "normal",
        "cmi.entry": "ab-initio",
        "cmi.launch_data": "mode=short",
        "cmi.time_limit_action": "exit,message",
        "cmi.max_time_allowed": "PT30M",
        "cmi.scaled_passing_score": "0.8",
        "cmi.completion_threshold": "0.75",
        "cmi.objectives.0.id": "main",
        "cmi.objectives.1.id": "extra",
    }
    expected: list[Store] = [
        {"id": "box", "access": "read-write", "value": "kept"},
        {"id": "log", "access": "write-only", "value": None},
        {"id": "key", "access": "read-only", "value": None},
    ]
    assert launch["stores"] == expected


def test_a_resumed_attempt_gets_what_it_left_and_a_new_one_does_not() -> None:
    steps = walk(leaf("a"), leaf("b"))
    steps.ask("start")
    left = {"cmi.location": "7", "cmi.entry": "resume"}
    playing(steps, ("cmi.exit", "suspend"))
    steps.ask("continue")
    steps.ask("previous")
    assert launched(steps, left)["values"].items() >= left.items()
    playing(steps, ("cmi.exit", "normal"))
    steps.ask("choice", "a")
    values = launched(steps, left)["values"]
    assert values["cmi.entry"] == "ab-initio"
    assert "cmi.location" not in values


def test_shared_objectives_are_told_anew_to_a_resumed_attempt() -> None:
    reader = (primary("p"), Objective("there", maps=(shared("G", writes=False),)))
    writer = (primary("q"), Objective("here", maps=(shared("G", writes=True),)))
    steps = walk(leaf("a", objectives=reader), leaf("b", objectives=writer))
    steps.ask("start")
    runtime = playing(steps, ("cmi.objectives.2.id", "own"), ("cmi.exit", "suspend"))
    carried = {k: v for k, v in runtime.values.items() if k.startswith("cmi.objectives")}
    steps.ask("continue")
    playing(steps, ("cmi.objectives.1.success_status", "passed"))
    steps.ask("previous")
    again = Runtime(launched(steps, carried))
    again.call("Initialize", "")
    assert again.call("GetValue", "cmi.objectives.1.success_status") == "passed"
    assert again.call("GetValue", "cmi.objectives.2.id") == "own"
    assert again.call("GetValue", "cmi.objectives._count") == "3"


def test_a_resumed_attempt_does_not_find_again_a_status_without_its_measure() -> None:
    """SN 3.10.1; what the SCO reported where a global objective is read, it finds while that is unknown."""
    reads = Objective("r", maps=(shared("G", writes=False),))
    objectives = (primary("p"), Objective("m", satisfied_by_measure=True), reads)
    steps = walk(leaf("a", objectives=objectives), leaf("b"))
    steps.ask("start")
    said = ((f"cmi.objectives.{at}.success_status", "passed") for at in (0, 1, 2))
    runtime = playing(steps, *said, ("cmi.exit", "suspend"))
    steps.ask("continue")
    steps.ask("previous")
    values = launched(steps, runtime.values)["values"]
    assert {name for name in values if name.endswith("success_status") and "objectives" in name} == {
        "cmi.objectives.0.success_status",
        "cmi.objectives.2.success_status",
    }


def test_what_the_launch_told_is_not_reported_by_the_sco() -> None:
    """It would be written over what another activity writes meanwhile; what the SCO sets again is."""
    both = (primary("p", shared("G", writes=True)),)
    steps = walk(leaf("a", objectives=both))
    steps.state.global_objectives["G"] = Progress(satisfied=True)
    steps.ask("start")
    runtime = playing(steps, ("cmi.location", "1"), ends=False)
    assert told(steps).satisfied is True
    assert (steps.state.record(steps.tree["a"]).objectives, steps.state.written) == ((), {})
    steps.state.global_objectives["G"] = Progress(satisfied=False)
    steps.state = learned(outcome(runtime), steps.state, "a")
    assert told(steps).satisfied is False
    runtime.call("SetValue", "cmi.objectives.0.success_status", "passed")
    steps.state = learned(outcome(runtime), steps.state, "a")
    assert steps.state.written == {"G": {"satisfied": True}}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((), None),
        ((("adl.nav.request", "continue"),), Request("continue")),
        ((("adl.nav.request", "{target=b}choice"),), Request("choice", "b")),
        ((("adl.nav.request", "{target=b}jump"),), Request("jump", "b")),
        ((("adl.nav.request", "continue"), ("cmi.exit", "time-out")), Request("exitAll")),
        ((("adl.nav.request", "exitAll"), ("cmi.exit", "suspend")), Request("exitAll")),
        ((("adl.nav.request", "exitAll"), ("cmi.exit", "normal")), Request("exitAll")),
        ((("cmi.exit", "logout"),), Request("exitAll")),
        ((("cmi.exit", "suspend"),), None),
    ],
)
def test_the_request_that_a_sco_leaves_behind(
    values: tuple[tuple[str, str], ...], expected: Request | None
) -> None:
    steps = walk(leaf("a"), leaf("b"))
    steps.ask("start")
    runtime = playing(steps, *values)
    assert request_of(outcome(runtime), steps.state) == expected


def test_what_comes_after_the_end_of_its_attempt_is_not_learned() -> None:
    steps = walk(leaf("a"), leaf("b"))
    steps.ask("start")
    said = outcome(playing(steps, ("cmi.success_status", "failed")))
    steps.ask("continue")
    late = learned(replace(said, success_status="passed"), steps.state, "a")
    assert late is steps.state


def test_what_comes_after_suspending_is_learned_and_still_resumes() -> None:
    steps = walk(leaf("a"), leaf("b"))
    steps.ask("start")
    said = outcome(playing(steps, ("cmi.exit", "normal"), ends=False))
    steps.ask("suspendAll")
    steps.state = learned(replace(said, success_status="passed", success_set=True), steps.state, "a")
    assert told(steps).satisfied is True
    assert steps.ask("resumeAll") == "a"
    assert steps.outcome.resumed


@pytest.mark.parametrize(("mark", "kept"), [(80, True), (90, False), (None, False)])
@pytest.mark.parametrize("standard", list(Standard))
def test_another_mark_takes_the_scores_along_and_leaves_the_judgement(
    standard: Standard, mark: int | None, kept: bool
) -> None:
    """Decision 2."""
    before = tree(leaf("b"), _marked(standard, 80), standard=standard)
    after = tree(leaf("b"), _marked(standard, mark), standard=standard)
    judged = Progress(True, 0.85, 85.0, 0.0, 100.0, True, 1.0)
    state = State(before, {"a": Record((judged, UNKNOWN), attempts=1)})
    moved = rejudged(before, State.from_json(after, state.to_json())).record(after["a"])
    scoreless = replace(judged, measure=None, raw=None, minimum=None, maximum=None)
    assert moved == Record((judged if kept else scoreless, UNKNOWN), attempts=1)


def _marked(standard: Standard, mark: int | None) -> Item:
    if standard is Standard.SCORM_12:
        return Item("a", "A", "sco", mastery_score=mark)
    by_measure = mark is not None
    named = primary(satisfied_by_measure=by_measure, minimum_normalized_measure=(mark or 80) / 100)
    return leaf("a", objectives=(named, Objective("other")))


def test_an_untracked_activity_suspends_but_learns_nothing() -> None:
    steps = walk(leaf("a", delivery_controls=DeliveryControls(tracked=False)), leaf("b"))
    steps.ask("start")
    playing(steps, ("cmi.success_status", "failed"), ("cmi.exit", "suspend"))
    assert told(steps) == Progress()
    steps.ask("continue")
    steps.ask("previous")
    assert steps.outcome.resumed


def test_one_sco_speaks_for_its_registration() -> None:
    steps = one()
    playing(
        steps, ("cmi.score.scaled", "0.5"), ("cmi.score.raw", "5"), ("cmi.completion_status", "incomplete")
    )
    found = result_of_tree(steps.state, 0.0)
    assert (found.completion_status, found.success_status) == ("incomplete", "unknown")
    assert (found.score.scaled, found.score.raw) == (0.5, 5.0)


def test_several_roll_up_while_one_of_them_is_still_playing() -> None:
    steps = walk(leaf("a"), leaf("b"))
    assert result_of_tree(steps.state, 0.0).completion_status == "not attempted"
    steps.ask("start")
    playing(steps, ("cmi.completion_status", "completed"), ("cmi.success_status", "passed"))
    steps.ask("continue")
    assert result_of_tree(steps.state, 0.0).completion_status == "unknown"
    playing(steps, ("cmi.completion_status", "completed"), ("cmi.success_status", "failed"), ends=False)
    found = result_of_tree(steps.state, 0.0)
    assert (found.completion_status, found.success_status) == ("completed", "failed")


def course_12(*items: Item) -> Walk:
    steps = walk(*items, standard=Standard.SCORM_12)
    steps.ask("start")
    return steps


def test_a_12_launch_carries_its_own_names() -> None:
    item = Item(
        "a",
        "A",
        "sco",
        launch_data="x",
        mastery_score=80.0,
        max_time_allowed="00:30:00",
        time_limit_action="exit,message",
    )
    assert launched(course_12(item), {"cmi.core.lesson_location": "7"})["values"] == {
        "cmi.core.student_id": "17",
        "cmi.core.student_name": "Okoye, Amara",
        "cmi.core.credit": "credit",
        "cmi.core.lesson_mode": "normal",
        "cmi.core.entry": "ab-initio",
        "cmi.core.lesson_location": "7",
        "cmi.launch_data": "x",
        "cmi.student_data.mastery_score": "80",
        "cmi.student_data.max_time_allowed": "00:30:00",
        "cmi.student_data.time_limit_action": "exit,message",
    }


def test_in_12_coming_back_keeps_what_an_activity_learned() -> None:
    steps = course_12(leaf("a"), leaf("b"))
    playing(steps, ("cmi.core.lesson_status", "passed"), ("cmi.core.score.raw", "90"))
    steps.ask("continue")
    steps.ask("previous")
    assert (told(steps).completed, told(steps).satisfied, told(steps).raw) == (True, True, 90.0)


def test_in_12_several_pass_together_when_those_with_a_verdict_pass() -> None:
    steps = course_12(leaf("a"), leaf("b"), Item("c", "C", "asset"))
    playing(steps, ("cmi.core.lesson_status", "completed"))
    assert result_of_tree(steps.state, 0.0).success_status == "unknown"
    steps.ask("continue")
    playing(steps, ("cmi.core.lesson_status", "passed"))
    steps.ask("continue")
    steps.ask("exitAll")
    found = result_of_tree(steps.state, 0.0)
    assert (found.completion_status, found.success_status) == ("completed", "passed")


def test_in_12_coming_back_into_a_cluster_counts_what_was_learned_there_before() -> None:
    steps = course_12(cluster("m", Item("a", "A", "asset"), Item("b", "B", "asset")), leaf("c"))
    for name, target in (("continue", None), ("continue", None), ("choice", "a"), ("choice", "c")):
        steps.ask(name, target)
    assert told(steps, "m").completed is True


def test_in_12_what_was_ended_starts_afresh() -> None:
    steps = course_12(leaf("a"), leaf("b"))
    playing(steps, ("cmi.core.lesson_status", "passed"))
    steps.ask("exitAll")
    assert told(steps).satisfied is True
    steps.ask("start")
    assert told(steps) == Progress()
    assert not steps.outcome.resumed


def test_in_12_everything_below_a_cluster_may_be_chosen_and_flowed_to() -> None:
    closed = cluster("m", leaf("b"), Item("c", "C", "asset"), control=ControlMode(choice=False))
    steps = course_12(leaf("a"), closed)
    assert steps.ask("choice", "c") == "c"
    assert steps.ask("previous") == "b"


@pytest.mark.parametrize("nested", [False, True])
def test_in_12_what_lies_in_a_cluster_ends_like_what_does_not(nested: bool) -> None:
    """A SCO that never speaks has not been tried; an asset is completed by being shown, and passes nobody."""
    parts = (leaf("a"), Item("c", "C", "asset"))
    steps = course_12(*((cluster("m", *parts),) if nested else parts))
    for item in ("a", "c"):
        steps.state = learned(outcome(Runtime(launched(steps))), steps.state, item)
        steps.ask("continue")
    assert told(steps, "a") == Progress()
    assert told(steps, "c") == Progress(completed=True)


def test_in_12_completion_without_a_verdict_is_no_pass() -> None:
    steps = course_12(leaf("a"), leaf("b"))
    for _ in range(2):
        playing(steps, ("cmi.core.lesson_status", "completed"))
        steps.ask("continue")
    found = result_of_tree(steps.state, 0.0)
    assert (found.completion_status, found.success_status) == ("completed", "unknown")


def test_in_12_one_failure_fails_the_whole_once_all_are_known() -> None:
    steps = course_12(leaf("a"), leaf("b"))
    playing(steps, ("cmi.core.lesson_status", "failed"))
    steps.ask("continue")
    playing(steps, ("cmi.core.lesson_status", "completed"))
    steps.ask("continue")
    assert result_of_tree(steps.state, 0.0).success_status == "failed"


def test_a_12_sco_has_no_requests() -> None:
    steps = course_12(leaf("a"), leaf("b"))
    runtime = playing(steps, ("cmi.core.exit", "logout"))
    assert request_of(outcome(runtime), steps.state) is None


def test_in_12_an_asset_is_completed_by_being_left_and_weighs_nothing() -> None:
    """Its session says nothing, yet is learned from with each commit, as every session is."""
    steps = course_12(Item("c", "C", "asset"), leaf("a"))
    silent = Runtime(launched(steps, {}))
    steps.state = learned(outcome(silent), steps.state, "c")
    assert result_of_tree(steps.state, 0.0).completion_status != "incomplete"
    steps.ask("continue")
    playing(steps, ("cmi.core.lesson_status", "passed"), ("cmi.core.score.raw", "90"))
    found = result_of_tree(steps.state, 0.0)
    assert (found.completion_status, found.success_status) == ("completed", "passed")
    assert found.score.scaled == 0.9


def test_an_activity_learns_nothing_from_these_elements_alone() -> None:
    silent = {
        name
        for version in ("1.2", "2004")
        for name, element in standard(version).elements.items()
        if element.settable and not teaches([name])
    }
    assert {name.partition(".n.")[0] for name in silent if "_preference" not in name} == {
        *("cmi.core.lesson_location", "cmi.location", "cmi.suspend_data"),
        *("cmi.core.session_time", "cmi.session_time"),
        *("cmi.comments", "cmi.comments_from_learner", "cmi.interactions"),
    }
    assert {name.split(".")[1] for name in silent if "_preference" in name} == {
        "learner_preference",
        "student_preference",
    }
