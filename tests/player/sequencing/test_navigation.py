"""NB.2.1: which requests are valid when."""

from __future__ import annotations

from typing import Any

import pytest

from courseware.package import ControlMode
from tests.player.sequencing.trees import CHOICE, FLOW, Walk, cluster, leaf, walk


def started(**given: Any) -> Walk:
    steps = walk(leaf("one"), leaf("two"), **given)
    steps.ask("start")
    return steps


@pytest.mark.parametrize(
    "request_name",
    ["continue", "previous", "exit", "exitAll", "suspendAll", "abandon", "abandonAll"],
)
def test_before_anything_is_current_nothing_can_be_left(request_name: str) -> None:
    assert walk(leaf("one")).refused(request_name) == "NB.2.1-2"


def test_a_session_begins_once() -> None:
    steps = started()
    assert steps.refused("start") == steps.refused("resumeAll") == "NB.2.1-1"


def test_there_is_something_to_resume_or_there_is_not() -> None:
    assert walk(leaf("one")).refused("resumeAll") == "NB.2.1-3"


def test_without_flow_neither_continue_nor_previous_is_valid() -> None:
    steps = walk(leaf("one"), leaf("two"), control=CHOICE)
    steps.ask("choice", "one")
    assert steps.refused("continue") == "NB.2.1-4"
    assert steps.refused("previous") == "NB.2.1-5"


def test_forward_only_refuses_previous() -> None:
    steps = started(control=ControlMode(flow=True, forward_only=True))
    assert steps.ask("continue") == "two"
    assert steps.refused("previous") == "NB.2.1-5"


def test_a_choice_needs_a_target_that_its_parent_lets_one_choose() -> None:
    steps = walk(cluster("module", leaf("inner"), control=ControlMode(choice=False, flow=True)), leaf("two"))
    steps.ask("start")
    assert steps.refused("choice", "nowhere") == "NB.2.1-11"
    assert steps.refused("choice", "inner") == "NB.2.1-10"
    assert steps.ask("choice", "two") == "two"


def test_choice_exit_false_holds_the_learner_in_a_cluster_but_not_among_its_children() -> None:
    held = ControlMode(flow=True, choice_exit=False)
    steps = walk(cluster("module", leaf("inner"), leaf("other"), control=held), leaf("two"))
    steps.ask("start")
    assert steps.refused("choice", "two") == "NB.2.1-8"
    assert steps.ask("choice", "other") == "other"


def test_a_leaf_with_choice_exit_false_is_left_by_flow_only() -> None:
    steps = walk(leaf("one", control_mode=ControlMode(choice_exit=False)), leaf("two"))
    steps.ask("start")
    assert steps.refused("choice", "two") == "NB.2.1-8"
    assert steps.ask("continue") == "two"


def test_an_attempt_is_left_once() -> None:
    steps = started()
    assert steps.ask("exit") is None
    assert steps.refused("exit") == steps.refused("abandon") == "NB.2.1-12"


def test_a_jump_goes_where_no_choice_may() -> None:
    steps = walk(
        leaf("one"), cluster("module", leaf("inner"), control=ControlMode(choice=False)), control=FLOW
    )
    steps.ask("start")
    assert steps.refused("jump", "nowhere") == "NB.2.1-11"
    assert steps.ask("jump", "inner") == "inner"


def test_an_unknown_request_is_refused_by_name() -> None:
    assert started().refused("forward") == "NB.2.1-13"
