"""TB.2.1 to TB.2.3: how attempts end, and what the rules put in place of a request."""

from __future__ import annotations

import json

import pytest

from courseware.package import LimitConditions, Objective
from player.sequencing import Progress, Record, State
from player.sequencing.objectives import read
from player.sequencing.rollup import overall_rollup
from player.sequencing.termination import termination_request_process
from player.sequencing.trace import Refusal
from tests.player.sequencing.trees import Walk, cluster, leaf, primary, rule, shared, walk


def code(state: State, termination: str) -> str | None:
    found = termination_request_process(state.fork(), termination)
    return found.code if isinstance(found, Refusal) else None


def test_exit_all_ends_every_attempt_and_the_session() -> None:
    steps = walk(cluster("module", leaf("one"), leaf("two")))
    steps.ask("start")
    steps.ask("exitAll")
    assert steps.outcome.ended
    assert not steps.outcome.suspended
    assert steps.state.current is None
    assert not any(record.active for record in steps.state.records.values())


def test_exit_leaves_the_session_running_with_nothing_delivered() -> None:
    steps = walk(leaf("one"), leaf("two"))
    steps.ask("start")
    steps.ask("exit")
    assert not steps.outcome.ended
    assert steps.at is None
    assert steps.ask("continue") == "two"


@pytest.mark.parametrize("request_name", ["abandon", "abandonAll"])
def test_what_is_abandoned_leaves_nothing(request_name: str) -> None:
    """TB.2.3 6 and 7: neither what was reported nor automatic satisfaction counts; the attempt was begun."""
    shares = primary("p", shared("G", writes=True))
    steps = walk(cluster("m", leaf("one", objectives=(shares, Objective("q")))), leaf("two"))
    steps.ask("start")
    steps.say(satisfied=True, measure=0.9, completed=True)
    steps.say(1, satisfied=True)
    steps.suspend_attempt()
    steps.ask(request_name)
    assert steps.outcome.ended is (request_name == "abandonAll")
    assert (steps.at, steps.outcome.suspended) == (None, False)
    assert steps.state.record(steps.tree["one"]) == Record(attempts=1)
    assert steps.state.global_objectives["G"] == Progress()
    assert read(steps.state, steps.tree["m"]) == read(steps.state, steps.tree.root) == Progress()
    steps.ask("start" if request_name == "abandonAll" else "choice", "one")
    assert not steps.outcome.resumed
    assert steps.state.record(steps.tree["one"]).attempts == 2


def test_abandoning_puts_back_what_other_attempts_had_written() -> None:
    shares = {"objectives": (primary("p", shared("G", writes=True)),)}
    steps = walk(leaf("one", **shares), leaf("two", **shares))
    steps.ask("start")
    steps.say(satisfied=False, measure=0.2)
    steps.ask("continue")
    steps.say(satisfied=True, measure=0.9)
    steps.say(measure=1.0)
    steps.ask("abandon")
    shown = steps.state.global_objectives["G"]
    assert (shown.satisfied, shown.measure) == (False, 0.2)


def test_abandoning_a_resumed_attempt_takes_back_what_it_reported_before_it_was_suspended() -> None:
    """Rollup and global objectives are as if it had not begun; what others wrote meanwhile stays."""
    shares = {"objectives": (primary("p", shared("G", writes=True)),)}
    told = primary("m", shared("M", writes=True))
    steps = walk(cluster("m", leaf("one", **shares), objectives=(told,)), leaf("two", **shares))
    steps.ask("start")
    steps.say(satisfied=True, measure=0.9, completed=True)
    steps.suspend_attempt()
    steps.ask("continue")
    assert steps.state.global_objectives["M"].satisfied is True
    steps.say(measure=0.4)
    steps.ask("previous")
    assert steps.outcome.resumed
    steps.state = State.from_json(steps.tree, json.loads(json.dumps(steps.state.to_json())))
    steps.ask("abandon")
    others = Progress(measure=0.4)
    assert read(steps.state, steps.tree["m"]) == others
    assert steps.state.global_objectives == {"G": others, "M": others}


def test_what_an_ended_attempt_reported_is_not_taken_back() -> None:
    steps = walk(leaf("one"), leaf("two"))
    steps.ask("start")
    steps.say(satisfied=True)
    steps.ask("exit")
    steps.ask("abandonAll")
    assert read(steps.state, steps.tree["one"]).satisfied is True


def test_suspend_all_resumes_the_same_attempt_on_the_same_activity() -> None:
    steps = walk(cluster("module", leaf("one"), leaf("two")))
    steps.ask("start")
    steps.ask("continue")
    steps.say(completed=False, measure=0.5)
    steps.ask("suspendAll")
    assert steps.outcome.ended
    assert steps.outcome.suspended
    assert steps.ask("resumeAll") == "two"
    assert steps.outcome.resumed
    record = steps.state.record(steps.tree["two"])
    assert (record.attempts, record.objective(0).measure) == (1, 0.5)


def test_what_was_suspended_between_two_activities_is_their_cluster() -> None:
    steps = walk(cluster("module", leaf("one"), leaf("two")))
    steps.ask("start")
    steps.ask("exit")
    steps.ask("suspendAll")
    assert steps.state.suspended is steps.tree["module"]
    assert steps.refused("resumeAll") == "DB.1.1-1"


def test_post_conditions_override_what_was_asked() -> None:
    again = rule("retry", "not completed")
    steps = walk(leaf("one", post_condition_rules=(again,)), leaf("two"))
    steps.ask("start")
    steps.say(completed=False)
    assert steps.ask("continue") == "one"
    assert steps.state.record(steps.tree["one"]).attempts == 2
    steps.say(completed=True)
    assert steps.ask("continue") == "two"


def test_exit_all_by_rule_beats_continue() -> None:
    done = rule("exitAll", "satisfied")
    steps = walk(leaf("one", post_condition_rules=(done,)), leaf("two"))
    steps.ask("start")
    steps.ask("continue")
    assert steps.outcome.ended


def test_retry_all_starts_the_whole_tree_again() -> None:
    once_more = rule("retryAll", "not satisfied")
    steps = walk(leaf("one"), leaf("two", post_condition_rules=(once_more,)))
    steps.ask("start")
    steps.ask("continue")
    steps.say(satisfied=False)
    assert steps.ask("continue") == "one"
    assert steps.state.record(steps.tree.root).attempts == 2


def test_exit_parent_climbs_and_asks_each_cluster_its_own_rules() -> None:
    up = rule("exitParent", "always")
    onward = rule("continue", "always")
    steps = walk(
        cluster(
            "module", leaf("one", post_condition_rules=(up,)), leaf("two"), post_condition_rules=(onward,)
        ),
        leaf("after"),
    )
    steps.ask("start")
    assert steps.ask("exit") == "after"


def test_exit_parent_at_the_root_is_an_exception() -> None:
    up = rule("exitParent", "always")
    steps = walk(leaf("one", post_condition_rules=(up,)), post_condition_rules=(up,))
    steps.ask("start")
    assert steps.refused("exit") == "TB.2.3-4"


def test_an_exit_rule_ends_the_highest_ancestor_whose_condition_holds() -> None:
    done = rule("exit", "completed")
    steps = walk(cluster("module", leaf("one"), exit_condition_rules=(done,)), leaf("after"))
    steps.ask("start")
    assert steps.ask("continue") == "after"
    assert not steps.state.record(steps.tree["module"]).active


@pytest.mark.parametrize(("name", "target"), [("continue", None), ("previous", None), ("choice", "one")])
def test_an_exit_rule_of_the_root_ends_the_session_whatever_was_asked(name: str, target: str | None) -> None:
    """TB.2.3 3: what ends with the root is an exit, unless the root is tried again."""
    steps = walk(leaf("one"), leaf("two"), exit_condition_rules=(rule("exit", "attempted"),))
    steps.ask("choice", "two")
    steps.ask(name, target)
    assert steps.outcome.ended
    assert steps.outcome.exception is None


def test_no_rule_is_asked_of_a_suspended_activity() -> None:
    again = rule("retry", "always")
    steps = walk(leaf("one", post_condition_rules=(again,)), leaf("two"))
    steps.ask("start")
    steps.suspend_attempt()
    assert steps.ask("continue") == "two"


def test_the_process_refuses_what_navigation_would_not_let_through() -> None:
    steps: Walk = walk(leaf("one"), leaf("two"))
    assert code(steps.state, "exit") == "TB.2.3-1"
    steps.ask("start")
    assert code(steps.state, "leave") == "TB.2.3-7"
    steps.ask("exit")
    assert code(steps.state, "exit") == "TB.2.3-2"


def test_nothing_is_suspended_at_a_root_without_an_attempt() -> None:
    steps = walk(leaf("one"))
    state = steps.state.fork()
    state.current = steps.tree.root
    overall_rollup(state, steps.tree.root)
    assert code(state, "suspendAll") == "TB.2.3-3"


def test_a_retry_that_leads_to_nothing_leaves_the_session_with_nothing_delivered() -> None:
    once = leaf("one", limit_conditions=LimitConditions(attempt_limit=1))
    ends, again = (rule("exit", "always"),), (rule("retry", "always"),)
    steps = walk(
        cluster("module", once, exit_condition_rules=ends, post_condition_rules=again),
        leaf("two"),
    )
    steps.ask("start")
    assert steps.ask("exit") is None
    assert steps.outcome.exception == "SB.2.10-3"
    assert not steps.outcome.ended
    assert steps.ask("choice", "two") == "two"
