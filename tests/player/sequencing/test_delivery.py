"""DB.1.1, DB.2 and DB.2.1: what begins and what goes on with a delivery."""

from __future__ import annotations

from typing import Any

import pytest

from courseware.package import LimitConditions
from player.sequencing import Record, opening, validity
from player.sequencing.delivery import content_delivery_environment_process, delivery_request_process
from player.sequencing.trace import Refusal
from tests.player.sequencing.trees import cluster, leaf, primary, rule, shared, walk


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
def test_a_session_that_ends_while_an_activity_is_suspended_goes_on_from_the_root(ending: str) -> None:
    """UP.4: the clusters above it stay suspended, so the next start begins no attempt on them."""
    own = {"objectives_global_to_system": False}
    shares = leaf("first", objectives=(primary("p", shared("G", writes=True)),))
    steps = walk(shares, cluster("m", leaf("a")), organization=own)
    steps.ask("start")
    steps.say(satisfied=True)
    steps.ask("continue")
    steps.suspend_attempt()
    steps.say(measure=0.3)
    steps.ask(ending)
    assert steps.outcome.ended
    assert steps.outcome.suspended
    assert steps.state.suspended is None
    assert opening(steps.state).name == "start"
    assert steps.ask("start") == "first"
    assert steps.state.global_objectives["G"].satisfied is True
    assert steps.ask("continue") == "a"
    assert steps.outcome.resumed
    assert {steps.state.record(steps.tree[i]).attempts for i in ("root", "m", "a")} == {1}
    assert steps.state.record(steps.tree["a"]).objective(0).measure == 0.3


def test_the_learner_s_own_end_gives_up_what_suspended_itself() -> None:
    for name, final in (("exitAll", True), ("abandonAll", False)):
        steps = walk(cluster("m", leaf("a"), leaf("b")))
        steps.ask("start")
        steps.suspend_attempt()
        steps.ask("continue")
        steps.ask(name, final=final)
        assert (steps.outcome.ended, steps.outcome.suspended) == (True, False)
        steps.ask("start")
        assert not steps.outcome.resumed
        assert {steps.state.record(steps.tree[i]).attempts for i in ("root", "m", "a")} == {2}


def test_an_end_with_nothing_suspended_begins_anew() -> None:
    steps = walk(cluster("m", leaf("a")))
    steps.ask("start")
    steps.ask("exitAll")
    assert not steps.outcome.suspended
    steps.ask("start")
    assert steps.state.record(steps.tree.root).attempts == 2


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


LIMITED = (rule("disabled", "attemptLimitExceeded"),)
ONCE: dict[str, Any] = {"limit_conditions": LimitConditions(1), "pre_condition_rules": LIMITED}


def test_a_suspended_attempt_is_not_shut_out_by_its_own_limit() -> None:
    """UP.1 passes over it because no new attempt begins, and so does the condition attemptLimitExceeded."""
    for whole in (True, False):
        steps = walk(cluster("m", leaf("test", **ONCE), leaf("other"), **ONCE), leaf("b"))
        steps.ask("start")
        if not whole:
            steps.suspend_attempt()
        steps.ask("suspendAll" if whole else "exitAll")
        assert steps.ask("resumeAll" if whole else "start") == "test"
        assert steps.outcome.resumed
        assert steps.state.record(steps.tree["test"]).attempts == 1


def test_elsewhere_the_limit_shuts_out_as_the_standard_says() -> None:
    steps = walk(leaf("test", **ONCE), leaf("b"))
    steps.ask("start")
    assert validity(steps.state)["choice"]["test"] == "false"
    steps.ask("continue")
    assert steps.refused("previous") == "SB.2.2-2"
    inside = walk(cluster("m", leaf("a"), leaf("b"), **ONCE))
    inside.ask("start")
    assert inside.refused("continue") == "DB.1.1-3"


def test_a_rule_that_does_not_ask_for_the_limit_disables_what_is_suspended() -> None:
    others = (rule("disabled", "attempted"), rule("disabled", "not attemptLimitExceeded"))
    for each in others:
        steps = walk(leaf("a", limit_conditions=LimitConditions(1), pre_condition_rules=(each,)), leaf("b"))
        steps.state = steps.state.fork()
        steps.state.put(steps.tree["a"], Record(attempts=1, suspended=True))
        steps.state.suspended = steps.tree["a"]
        assert steps.refused("resumeAll") == "DB.1.1-3"
