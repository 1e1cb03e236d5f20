"""What a screen may offer, by looking ahead."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from courseware.package import ControlMode, Item, Standard
from player.sequencing import contents, controls, validity, view
from player.sequencing.contents import CONTROLS
from tests.player.sequencing.trees import CHOICE, Walk, cluster, leaf, rule, walk


def selectable(steps: Walk) -> list[str]:
    return [entry.item for entry in contents(steps.state) if entry.selectable]


def shown(steps: Walk) -> list[str]:
    return [entry.item for entry in contents(steps.state) if entry.visible]


def test_everything_may_be_chosen_where_choice_and_flow_are_open() -> None:
    steps = walk(leaf("a"), cluster("m", leaf("b")))
    steps.ask("start")
    assert selectable(steps) == ["root", "a", "m", "b"]
    assert [e.level for e in contents(steps.state)] == [0, 1, 1, 2]
    assert [e.title for e in contents(steps.state)] == ["Root", "A", "M", "B"]
    assert [e.item for e in contents(steps.state) if e.current] == ["a"]


def test_a_cluster_is_offered_only_if_flow_leads_to_content() -> None:
    steps = walk(leaf("a"), cluster("m", leaf("b"), control=CHOICE))
    steps.ask("start")
    assert selectable(steps) == ["root", "a", "b"]


@pytest.mark.parametrize("standard", list(Standard))
def test_a_title_that_launches_nothing_is_a_heading_that_cannot_be_chosen(standard: Standard) -> None:
    """The standard wants a resource for every leaf, packages do without; a folder of titles is one too."""
    steps = walk(Item("t", "T"), leaf("a"), cluster("m", Item("u", "U")), leaf("b"), standard=standard)
    steps.ask("start")
    assert [e.item for e in contents(steps.state) if e.current] == ["a"]
    assert shown(steps) == ["root", "t", "a", "m", "u", "b"]
    assert {e.item for e in contents(steps.state) if e.cluster} == {"root", "t", "m", "u"}
    assert selectable(steps) == ["root", "a", "b"]
    assert [validity(steps.state)["jump"][item] for item in "tub"] == ["false", "false", "true"]
    steps.ask("continue")
    assert [e.item for e in contents(steps.state) if e.current] == ["b"]


def test_the_contents_of_one_item_are_no_control() -> None:
    steps = walk(leaf("a"), control=CHOICE)
    steps.ask("start")
    assert selectable(steps) == []
    assert shown(steps) == ["root", "a"]


def test_before_anything_is_delivered_the_contents_offer_the_leaves() -> None:
    steps = walk(leaf("a"), leaf("b"), control=CHOICE)
    steps.ask("start")
    assert selectable(steps) == ["a", "b"]
    assert controls(steps.state)["continue"] == "hidden"


def test_hidden_from_choice_hides_what_is_below_and_invisible_hides_itself() -> None:
    hidden = (rule("hiddenFromChoice", "always"),)
    unseen = replace(cluster("u", leaf("c")), visible=False)
    steps = walk(leaf("a"), cluster("m", leaf("b"), pre_condition_rules=hidden), unseen)
    steps.ask("start")
    assert shown(steps) == selectable(steps) == ["root", "a", "c"]


def test_continue_on_the_last_activity_ends_the_session_and_previous_on_the_first_leads_nowhere() -> None:
    steps = walk(leaf("a"))
    steps.ask("start")
    assert controls(steps.state)["continue"] == "enabled"
    assert controls(steps.state)["previous"] == "disabled"
    steps.ask("continue")
    assert steps.outcome.ended


def test_continue_is_usable_also_where_flow_would_find_nothing_and_previous_looks_ahead() -> None:
    shut = (rule("disabled", "always"),)
    steps = walk(leaf("a", pre_condition_rules=shut), leaf("b"), leaf("c", pre_condition_rules=shut))
    steps.ask("choice", "b")
    assert (controls(steps.state)["previous"], controls(steps.state)["continue"]) == ("disabled", "enabled")
    assert validity(steps.state)["continue"] == "false"
    assert steps.ask("continue") is None
    assert steps.outcome.exception == "SB.2.2-2"


@pytest.mark.parametrize("hidden", [*((name,) for name in CONTROLS), CONTROLS], ids="+".join)
def test_what_the_manifest_hides_is_never_shown_and_may_be_asked_for_all_the_same(
    hidden: tuple[str, ...],
) -> None:
    steps = walk(leaf("z"), Item("a", "A", "sco", hide_lms_ui=frozenset(hidden)), leaf("b"))
    steps.ask("choice", "a")
    assert tuple(n for n, c in controls(steps.state).items() if c == "hidden") == hidden
    assert {validity(steps.state)[name] for name in CONTROLS} == {"true"}
    steps.ask("continue")
    assert "hidden" not in controls(steps.state).values()


def test_without_flow_there_is_no_button_for_it() -> None:
    steps = walk(leaf("a"), leaf("b"), control=CHOICE)
    steps.ask("choice", "a")
    assert controls(steps.state)["continue"] == controls(steps.state)["previous"] == "hidden"


def test_the_only_part_of_a_scorm_12_course_turns_its_own_pages() -> None:
    """A Continue beside the course's own would end the attempt at its first page."""
    alone = walk(leaf("a"), standard=Standard.SCORM_12)
    alone.ask("start")
    assert controls(alone.state)["continue"] == controls(alone.state)["previous"] == "hidden"
    assert controls(alone.state)["suspendAll"] == "enabled"
    several = walk(leaf("a"), leaf("b"), standard=Standard.SCORM_12)
    several.ask("start")
    assert controls(several.state)["continue"] == "enabled"


def test_what_a_sco_sets_opens_the_way_before_it_ends() -> None:
    stop = rule("stopForwardTraversal", "not satisfied")
    steps = walk(leaf("a", pre_condition_rules=(stop,)), leaf("b"))
    steps.ask("start")
    steps.say(satisfied=False)
    assert validity(steps.state)["choice"]["b"] == "false"
    steps.say(satisfied=True)
    assert validity(steps.state)["choice"]["b"] == "true"


def test_looking_ahead_settles_what_the_end_of_the_attempt_would_settle() -> None:
    skip = rule("skip", "completed")
    steps = walk(leaf("a"), leaf("b", pre_condition_rules=(rule("disabled", "not completed"), skip)))
    steps.ask("start")
    before = steps.state.to_json()
    assert validity(steps.state)["continue"] == "true"
    assert steps.state.to_json() == before


def test_where_a_rule_overrides_every_request_leads_where_the_rule_leads() -> None:
    done = rule("exitAll", "always")
    steps = walk(
        leaf("a", post_condition_rules=(done,)), leaf("b", pre_condition_rules=(rule("disabled", "always"),))
    )
    steps.ask("start")
    assert validity(steps.state)["choice"]["b"] == "true"
    steps.ask("choice", "b")
    assert steps.outcome.ended


def test_nothing_leads_on_from_an_attempt_that_the_rules_let_nobody_end() -> None:
    up = (rule("exitParent", "always"),)
    steps = walk(leaf("a", post_condition_rules=up), leaf("b"), post_condition_rules=up)
    steps.ask("start")
    asked = {"continue": steps.refused("continue"), "exit": steps.refused("exit")}
    assert set(asked.values()) == {"TB.2.3-4"}
    assert {validity(steps.state)[name] for name in asked} == {"false"}
    assert selectable(steps) == []
    assert controls(steps.state)["suspendAll"] == "enabled"


def test_no_choice_out_of_a_leaf_that_holds_the_learner() -> None:
    steps = walk(leaf("a", control_mode=ControlMode(choice_exit=False)), leaf("b"))
    steps.ask("start")
    assert selectable(steps) == []


def test_the_glyphs_speak_the_words_of_the_run_time() -> None:
    steps = walk(leaf("a"), leaf("b"), leaf("c"))
    steps.ask("start")
    steps.say(completed=True, satisfied=False)
    steps.ask("continue")
    said = {e.item: (e.completion_status, e.success_status) for e in contents(steps.state)}
    assert said["a"] == ("completed", "failed")
    assert said["b"] == ("unknown", "unknown")
    assert said["c"] == ("not attempted", "unknown")


def test_in_scorm_12_completion_alone_is_no_pass() -> None:
    steps = walk(leaf("a"), leaf("b"), standard=Standard.SCORM_12)
    steps.ask("start")
    steps.say(completed=True, satisfied=True)
    entry = {e.item: e for e in contents(steps.state)}["a"]
    assert (entry.completion_status, entry.success_status) == ("completed", "unknown")


def test_one_view_is_what_the_three_questions_answer() -> None:
    steps = walk(leaf("a"), leaf("b"))
    steps.ask("start")
    seen = view(steps.state)
    assert (seen.contents, seen.controls, seen.validity) == (
        contents(steps.state),
        controls(steps.state),
        validity(steps.state),
    )


def calls(work: Callable[[], object]) -> int:
    """How many functions of ours a piece of work calls: what it costs, without a clock."""
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def test_judging_a_screen_grows_with_the_number_of_activities_and_no_faster() -> None:
    stop = rule("stopForwardTraversal", "not completed")

    def cost(size: int) -> int:
        steps = walk(*(leaf(f"i{n}", pre_condition_rules=(stop,)) for n in range(size)))
        steps.ask("start")
        return calls(lambda: view(steps.state))

    assert cost(800) < 9 * cost(100)  # 8 where it grows with the size, 64 with its square
