"""SB.2.1 to SB.2.8: where flow leads, over what it passes, and where it ends."""

from __future__ import annotations

from typing import Any

from courseware.package import ControlMode, LimitConditions, Randomization
from player.sequencing.requests import sequencing_request_process
from player.sequencing.trace import Refusal
from tests.player.sequencing.trees import CHOICE, FLOW, Walk, cluster, leaf, rule, walk

ONWARD = ControlMode(flow=True, forward_only=True)
SKIPPED: dict[str, Any] = {"pre_condition_rules": (rule("skip", "always"),)}
DISABLED: dict[str, Any] = {"pre_condition_rules": (rule("disabled", "always"),)}


def forward(steps: Walk) -> list[str | None]:
    """Every activity that Continue delivers, from the start to the end of the session."""
    seen = [steps.ask("start")]
    while not steps.outcome.ended:
        seen.append(steps.ask("continue"))
    return seen[:-1]


def test_flow_delivers_the_leaves_in_order_and_then_ends_the_session() -> None:
    steps = walk(leaf("a"), cluster("m", leaf("b"), cluster("n", leaf("c"))), leaf("d"))
    assert forward(steps) == ["a", "b", "c", "d"]


def test_previous_walks_back_into_clusters_from_their_end() -> None:
    steps = walk(leaf("a"), cluster("m", leaf("b"), leaf("c")), leaf("d"))
    steps.ask("choice", "d")
    assert [steps.ask("previous") for _ in range(3)] == ["c", "b", "a"]
    assert steps.refused("previous") == "SB.2.1-3"


def test_a_forward_only_cluster_is_entered_at_its_start_on_the_way_back() -> None:
    steps = walk(leaf("a"), cluster("m", leaf("b"), leaf("c"), control=ONWARD), leaf("d"))
    steps.ask("choice", "d")
    assert steps.ask("previous") == "b"
    assert steps.ask("continue") == "c"


def test_nobody_goes_back_from_the_start_of_a_cluster_to_what_comes_before_it_in_a_forward_only_one() -> None:
    steps = walk(leaf("a"), cluster("m", leaf("b")), control=ONWARD)
    steps.ask("start")
    steps.ask("continue")
    assert steps.refused("previous") == "SB.2.1-4"


def test_what_is_skipped_is_passed_over_in_both_directions() -> None:
    steps = walk(leaf("a"), leaf("b", **SKIPPED), cluster("m", leaf("c"), **SKIPPED), leaf("d"))
    assert forward(steps) == ["a", "d"]
    steps = walk(leaf("a"), leaf("b", **SKIPPED), cluster("m", leaf("c"), **SKIPPED), leaf("d"))
    steps.ask("choice", "d")
    assert steps.ask("previous") == "a"


def test_skipping_at_the_start_of_a_forward_only_cluster_on_the_way_back_goes_on_backward_before_it() -> None:
    inner = (leaf("b", **SKIPPED), leaf("c", **SKIPPED))
    steps = walk(leaf("a"), cluster("m", *inner, control=ONWARD), leaf("d"))
    steps.ask("choice", "d")
    assert steps.ask("previous") == "a"


def test_thousands_of_skipped_activities_are_no_deep_recursion() -> None:
    steps = walk(*(leaf(f"s{n}", **SKIPPED) for n in range(3000)), leaf("last"))
    assert forward(steps) == ["last"]


def test_a_disabled_activity_stops_flow() -> None:
    steps = walk(leaf("a"), leaf("b", **DISABLED), leaf("c"))
    steps.ask("start")
    assert steps.refused("continue") == "SB.2.2-2"


def test_attempts_run_out() -> None:
    once: dict[str, Any] = {"limit_conditions": LimitConditions(attempt_limit=1)}
    steps = walk(leaf("a", **once), leaf("b"))
    steps.ask("start")
    steps.ask("continue")
    assert steps.refused("previous") == "SB.2.2-2"
    assert steps.refused("choice", "a") == "DB.1.1-3"


def test_an_attempt_that_was_suspended_goes_on_though_it_was_the_last() -> None:
    """UP.1."""
    steps = walk(leaf("a", limit_conditions=LimitConditions(attempt_limit=1)), leaf("b"))
    steps.ask("start")
    steps.ask("suspendAll")
    assert steps.ask("resumeAll") == "a"


def test_a_cluster_without_flow_is_not_flowed_into() -> None:
    steps = walk(leaf("a"), cluster("m", leaf("b"), control=CHOICE))
    steps.ask("start")
    assert steps.refused("continue") == "SB.2.2-1"


def test_a_cluster_of_which_nothing_was_selected_is_entered_from_neither_side() -> None:
    none = Randomization(selection_timing="once", select_count=0)
    steps = walk(leaf("a"), cluster("m", leaf("b"), randomization=none), leaf("c"))
    steps.ask("start")
    assert steps.refused("continue") == "SB.2.1-2"
    steps.ask("choice", "c")
    assert steps.refused("previous") == "SB.2.1-2"


def test_start_delivers_nothing_where_nothing_flows() -> None:
    steps = walk(leaf("a"), leaf("b"), control=CHOICE)
    assert steps.ask("start") is None
    assert steps.outcome.exception == "SB.2.2-1"
    assert not steps.outcome.ended
    assert steps.ask("choice", "b") == "b"


def test_a_course_of_one_item_is_delivered_all_the_same() -> None:
    assert walk(leaf("a"), control=CHOICE).ask("start") == "a"


def test_where_the_course_flows_its_only_item_is_sequenced_like_any_other() -> None:
    steps = walk(leaf("a", **SKIPPED), control=FLOW)
    assert steps.ask("start") is None
    assert steps.outcome.ended


def test_the_processes_refuse_what_navigation_would_not_let_through() -> None:
    steps = walk(leaf("a"), control=FLOW)
    wanted = {
        "continue": "SB.2.7-1",
        "previous": "SB.2.8-1",
        "retry": "SB.2.10-1",
        "exit": "SB.2.11-1",
        "jump": "SB.2.13-1",
        "resumeAll": "SB.2.6-2",
        "choice": "SB.2.9-1",
        "wait": "SB.2.12-1",
    }
    for name, code in wanted.items():
        found = sequencing_request_process(steps.state.fork(), name, None)
        assert isinstance(found, Refusal)
        assert found.code == code


def test_the_processes_refuse_what_is_under_way() -> None:
    steps = walk(leaf("a"), control=CHOICE)
    steps.ask("start")
    wanted = {
        "start": "SB.2.5-1",
        "resumeAll": "SB.2.6-1",
        "continue": "SB.2.7-2",
        "previous": "SB.2.8-2",
        "retry": "SB.2.10-2",
        "exit": "SB.2.11-2",
    }
    for name, code in wanted.items():
        found = sequencing_request_process(steps.state.fork(), name, None)
        assert isinstance(found, Refusal)
        assert found.code == code


def test_what_is_suspended_is_not_tried_again() -> None:
    """SB.2.10 2; a rule of the whole course may ask for it while one of its parts is suspended."""
    again = rule("retryAll", "always")
    steps = walk(leaf("a"), leaf("b", post_condition_rules=(again,)))
    steps.ask("start")
    steps.suspend_attempt()
    steps.ask("continue")
    assert steps.ask("continue") is None
    assert steps.outcome.exception == "SB.2.10-2"
    assert steps.ask("choice", "b") == "b"
