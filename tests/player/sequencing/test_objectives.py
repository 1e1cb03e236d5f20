"""SN 3.10: a status that a measure decides, and objectives that are read through a map."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from courseware.formats.manifest import read_manifest
from courseware.package import CompletionThreshold, Item, Objective, ObjectiveMap, Sequencing
from player.sequencing import Progress, State, build_tree
from player.sequencing.objectives import read, shown, write
from tests.player.packages import scorm_2004
from tests.player.sequencing.trees import Walk, cluster, leaf, primary, rule, shared, walk

BY_MEASURE: dict[str, Any] = {"satisfied_by_measure": True, "minimum_normalized_measure": 0.6}
FLAGS: dict[str, Any] = dict.fromkeys(ObjectiveMap.__struct_fields__[1:], False)
WITHOUT = rule("skip", "satisfied")


def test_without_a_measure_a_status_by_measure_is_unknown_whatever_was_reported() -> None:
    """SN 3.10.1: neither the content's status nor automatic satisfaction counts."""
    writer = primary("a", shared("W", writes=True), **BY_MEASURE)
    steps = walk(leaf("a", objectives=(writer,), pre_condition_rules=(WITHOUT,)), leaf("b"))
    for said in ({"satisfied": True}, {"satisfied": False}, {}):
        steps.ask("start")
        steps.say(**said)
        steps.ask("continue")
        assert read(steps.state, steps.tree["a"]).satisfied is None
        assert "W" not in steps.state.global_objectives or not steps.state.global_objectives["W"].satisfied
        assert read(steps.state, steps.tree.root).satisfied is None
        steps.ask("exitAll")
    assert steps.ask("start") == "a"


def test_a_status_that_is_read_does_not_replace_what_a_measure_decides() -> None:
    reader = primary("b", replace(shared("G", writes=False), read_normalized_measure=False), **BY_MEASURE)
    steps = walk(writer("a", read_normalized_measure=False), leaf("b", objectives=(reader,)))
    steps.ask("start")
    steps.say(satisfied=True)
    steps.ask("continue")
    assert read(steps.state, steps.tree["b"]).satisfied is None
    steps.say(measure=0.2)
    assert read(steps.state, steps.tree["b"]).satisfied is False


def test_a_measure_that_is_read_decides_the_status() -> None:
    reader = primary("b", shared("G", writes=False), **BY_MEASURE)
    steps = walk(writer("a"), leaf("b", objectives=(reader,)))
    steps.ask("start")
    steps.say(measure=0.7, satisfied=False)
    assert read(steps.state, steps.tree["b"]).satisfied is True


def test_a_cluster_without_a_measure_has_no_status_by_measure() -> None:
    steps = walk(cluster("m", leaf("a"), objectives=(primary("m", **BY_MEASURE),)), leaf("b"))
    steps.ask("start")
    steps.say(satisfied=True)
    steps.ask("continue")
    assert read(steps.state, steps.tree["m"]).satisfied is None


def test_completion_by_measure_waits_for_the_progress_measure() -> None:
    """CAM 5.1.2.1: in rules and in rollup; the SCO reads what it reported itself."""
    item = Item(
        "a",
        "A",
        "sco",
        completion_threshold=CompletionThreshold(True, 0.5),
        sequencing=Sequencing(pre_condition_rules=(rule("skip", "completed"),)),
    )
    steps = walk(item, leaf("b", pre_condition_rules=(rule("skip", "always"),)), leaf("c"))
    steps.ask("start")
    steps.say(completed=True)
    assert shown(steps.state, steps.tree["a"]).completed is True
    steps.ask("continue")
    assert read(steps.state, steps.tree["a"]).completed is None
    assert read(steps.state, steps.tree.root).completed is None
    assert steps.ask("previous") == "a"
    steps.say(progress=0.5)
    assert read(steps.state, steps.tree["a"]).completed is True


def test_a_completion_by_measure_is_written_as_the_measure_decides() -> None:
    item = Item(
        "a",
        "A",
        "sco",
        completion_threshold=CompletionThreshold(True, 0.5),
        sequencing=Sequencing(objectives=(primary("a", shared("G", writes=True)),)),
    )
    steps = walk(item, leaf("b"))
    steps.ask("start")
    steps.say(completed=True)
    assert steps.state.global_objectives["G"].completed is None
    steps.say(progress=0.4)
    assert steps.state.global_objectives["G"].completed is False


def _map(**flags: bool) -> ObjectiveMap:
    """A map that does nothing but what is named."""
    return ObjectiveMap("G", **FLAGS | flags)


def writer(identifier: str, **flags: Any) -> Item:
    return leaf(identifier, objectives=(primary(identifier, replace(shared("G", writes=True), **flags)),))


@pytest.mark.parametrize(
    ("field", "flag", "value"),
    [("satisfied", "read_satisfied_status", True), ("measure", "read_normalized_measure", 0.7)],
)
def test_a_global_objective_replaces_the_local_value_even_while_it_is_unknown(
    field: str, flag: str, value: Any
) -> None:
    """imsss:mapInfo, SN 3.10.3: in rules, rollup and cmi.objectives alike."""
    reading = primary("a", _map(**{flag: True}))
    steps = walk(leaf("a", objectives=(reading,)), leaf("b"))
    steps.ask("start")
    steps.say(**{field: value})
    activity = steps.tree["a"]
    assert getattr(read(steps.state, activity), field) is None
    assert getattr(shown(steps.state, activity), field) is None
    steps.ask("continue")
    assert getattr(read(steps.state, steps.tree.root), field) is None
    steps.state.global_objectives["G"] = Progress(**{field: value})
    assert getattr(read(steps.state, activity), field) == value


def test_automatic_satisfaction_does_not_show_through_a_map_that_reads() -> None:
    reading = leaf("a", objectives=(primary("a", _map(read_satisfied_status=True)),))
    steps = walk(reading, leaf("b", pre_condition_rules=(WITHOUT,)))
    steps.ask("start")
    steps.ask("continue")
    assert read(steps.state, steps.tree["a"]) == Progress(completed=True)


@pytest.mark.parametrize(
    ("field", "flag", "local", "known"),
    [
        ("raw", "read_raw_score", 3.0, 5.0),
        ("minimum", "read_min_score", 0.0, 1.0),
        ("maximum", "read_max_score", 9.0, 10.0),
        ("completed", "read_completion_status", True, False),
        ("progress", "read_progress_measure", 0.3, 0.5),
    ],
)
def test_the_local_value_holds_while_the_extended_form_reads_nothing_known(
    field: str, flag: str, local: Any, known: Any
) -> None:
    """adlseq:mapInfo."""
    steps = walk(leaf("a", objectives=(primary("a", _map(**{flag: True})),)))
    steps.ask("start")
    steps.say(**{field: local})
    assert getattr(read(steps.state, steps.tree["a"]), field) == local
    steps.state.global_objectives["G"] = Progress(**{field: known})
    assert getattr(read(steps.state, steps.tree["a"]), field) == known


BASIC = '<imsss:mapInfo targetObjectiveID="G"/>'
EXTENDED = (
    '<adlseq:objectives><adlseq:objective objectiveID="o"><adlseq:mapInfo targetObjectiveID="G"/>'
    "</adlseq:objective></adlseq:objectives>"
)
KNOWN = Progress(True, 0.9, 9.0, 0.0, 10.0, True, 1.0)


@pytest.mark.parametrize(
    ("basic", "extended", "expected"),
    [
        (BASIC, "", Progress(satisfied=True, measure=0.9)),
        ("", EXTENDED, Progress(None, None, 9.0, 0.0, 10.0, True, 1.0)),
        (BASIC, EXTENDED, KNOWN),
        ("", "", Progress()),
    ],
)
def test_each_form_of_a_map_governs_its_own_and_an_absent_one_reads_nothing(
    basic: str, extended: str, expected: Progress
) -> None:
    sequencing = (
        f'<imsss:sequencing><imsss:objectives><imsss:primaryObjective objectiveID="o">{basic}'
        f"</imsss:primaryObjective></imsss:objectives>{extended}</imsss:sequencing>"
    )
    manifest = scorm_2004(1).replace("<title>Part 1</title>", f"<title>Part 1</title>{sequencing}")
    package, _ = read_manifest(manifest.encode(), "imsmanifest.xml")
    tree = build_tree(package)
    assert read(State(tree, global_objectives={"G": KNOWN}), tree["i1"]) == expected


def test_an_objective_with_its_own_name_is_told_to_the_sco_by_its_measure() -> None:
    """The secondary objectives of cmi.objectives, too."""
    second = Objective("second", maps=(shared("G", writes=True),), **BY_MEASURE)
    steps = Walk(walk(leaf("a", objectives=(primary("a"), second))).tree)
    steps.ask("start")
    assert steps.state.current is not None
    state = steps.state.fork()
    write(state, steps.tree["a"], 1, satisfied=True)
    assert shown(state, steps.tree["a"], 1).satisfied is None
    write(state, steps.tree["a"], 1, measure=0.6)
    assert shown(state, steps.tree["a"], 1).satisfied is True
    assert state.global_objectives["G"].satisfied is True
