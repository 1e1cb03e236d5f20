"""DB.1.1, DB.2 and DB.2.1: what begins and what goes on with a delivery."""

from __future__ import annotations

import pytest

from player.sequencing.delivery import content_delivery_environment_process, delivery_request_process
from player.sequencing.trace import Refusal
from tests.player.sequencing.trees import cluster, leaf, rule, walk


def test_an_attempt_begins_on_every_activity_of_the_path() -> None:
    steps = walk(cluster("m", leaf("a"), leaf("b")))
    steps.ask("start")
    steps.ask("continue")
    attempts = {i: steps.state.record(steps.tree[i]).attempts for i in ("root", "m", "a", "b")}
    assert attempts == {"root": 1, "m": 1, "a": 1, "b": 1}


def test_a_suspended_attempt_goes_on_and_an_ended_one_does_not() -> None:
    steps = walk(leaf("a"), leaf("b"))
    steps.ask("start")
    steps.suspend_attempt()
    steps.say(completed=False)
    steps.ask("continue")
    steps.ask("previous")
    assert steps.outcome.resumed
    assert steps.state.record(steps.tree["a"]).objective(0).completed is False
    steps.ask("continue")
    assert not steps.outcome.resumed
    assert steps.state.record(steps.tree["b"]).attempts == 2


@pytest.mark.parametrize("ending", ["exitAll", "continue"])
def test_after_the_end_of_a_session_comes_a_new_attempt_whatever_suspended_itself(ending: str) -> None:
    steps = walk(cluster("m", leaf("a")))
    steps.ask("start")
    steps.suspend_attempt()
    steps.ask(ending)
    assert steps.outcome.ended
    steps.ask("start")
    assert not steps.outcome.resumed
    assert {steps.state.record(steps.tree[i]).attempts for i in ("root", "m", "a")} == {2}


def test_choosing_something_else_gives_up_what_was_suspended() -> None:
    steps = walk(cluster("m", leaf("a")), leaf("b"))
    steps.ask("start")
    steps.ask("suspendAll")
    steps.ask("choice", "b")
    assert steps.state.suspended is None
    assert not steps.state.record(steps.tree["a"]).suspended
    assert not steps.state.record(steps.tree["m"]).suspended
    steps.ask("choice", "a")
    assert not steps.outcome.resumed


def test_a_cluster_is_no_content_and_a_disabled_path_no_way() -> None:
    steps = walk(cluster("m", leaf("a"), pre_condition_rules=(rule("disabled", "always"),)))
    refusals = [delivery_request_process(steps.state, steps.tree[i]) for i in ("m", "a")]
    assert [r.code for r in refusals if r is not None] == ["DB.1.1-1", "DB.1.1-3"]


def test_nothing_is_delivered_over_an_attempt_under_way() -> None:
    steps = walk(leaf("a"), leaf("b"))
    steps.ask("start")
    found = content_delivery_environment_process(steps.state.fork(), steps.tree["b"])
    assert isinstance(found, Refusal)
    assert found.code == "DB.2-1"
