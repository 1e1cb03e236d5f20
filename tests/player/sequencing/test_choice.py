"""SB.2.9 with SB.2.4, SB.2.9.1 and SB.2.9.2: what may be chosen from where."""

from __future__ import annotations

from typing import Any

from courseware.package import ConstrainedChoice, ControlMode
from player.sequencing.choice import reach
from player.sequencing.trace import Refusal
from tests.player.sequencing.trees import CHOICE, cluster, leaf, rule, walk

UNTIL_DONE = rule("stopForwardTraversal", "not activityProgressKnown", "not completed", combination="any")
STOP: dict[str, Any] = {"pre_condition_rules": (UNTIL_DONE,)}
HIDDEN: dict[str, Any] = {"pre_condition_rules": (rule("hiddenFromChoice", "always"),)}
NEXT_ONLY: dict[str, Any] = {"constrained_choice": ConstrainedChoice(constrain_choice=True)}
CLOSED: dict[str, Any] = {"constrained_choice": ConstrainedChoice(prevent_activation=True)}


def test_what_is_hidden_from_choice_takes_what_is_below_along() -> None:
    steps = walk(leaf("a"), cluster("m", leaf("b"), **HIDDEN))
    steps.ask("start")
    assert steps.refused("choice", "m") == steps.refused("choice", "b") == "SB.2.9-3"


def test_choosing_a_cluster_delivers_what_flows_from_it() -> None:
    steps = walk(leaf("a"), cluster("m", leaf("b"), leaf("c")))
    steps.ask("start")
    assert steps.ask("choice", "m") == "b"
    assert steps.ask("choice", "root") == "a"


def test_a_cluster_that_leads_nowhere_becomes_current_with_nothing_delivered() -> None:
    steps = walk(leaf("a"), cluster("m", leaf("b"), control=CHOICE))
    steps.ask("start")
    assert steps.ask("choice", "m") is None
    assert steps.outcome.exception == "SB.2.9-9"
    assert steps.state.current is steps.tree["m"]
    assert not steps.state.record(steps.tree.root).active
    assert steps.ask("choice", "b") == "b"


def test_the_current_activity_may_be_chosen_and_starts_again() -> None:
    steps = walk(leaf("a"), leaf("b"))
    steps.ask("start")
    assert steps.ask("choice", "a") == "a"
    assert steps.state.record(steps.tree["a"]).attempts == 2


def test_what_stops_forward_traversal_shuts_the_way_until_its_condition_goes() -> None:
    steps = walk(leaf("a"), leaf("b", **STOP), leaf("c"), leaf("d"))
    steps.ask("start")
    assert steps.refused("choice", "c") == "SB.2.4-1"
    assert steps.ask("choice", "b") == "b"
    steps.say(completed=False)
    assert steps.refused("choice", "d") == "SB.2.4-1"
    steps.say(completed=True)
    assert steps.ask("choice", "d") == "d"


def test_stop_holds_from_outside_a_cluster_too() -> None:
    steps = walk(leaf("a"), cluster("m", leaf("b"), **STOP), leaf("c"))
    steps.ask("start")
    assert steps.refused("choice", "b") == "SB.2.4-1"


def test_forward_only_refuses_a_choice_back_among_siblings() -> None:
    steps = walk(leaf("a"), leaf("b"), control=ControlMode(flow=True, forward_only=True))
    steps.ask("start")
    steps.ask("continue")
    assert steps.refused("choice", "a") == "SB.2.4-2"


def test_constrained_choice_lets_one_go_to_the_neighbours_only() -> None:
    steps = walk(
        cluster("m", leaf("a")), cluster("n", leaf("b"), **NEXT_ONLY), cluster("o", leaf("c")), leaf("d")
    )
    steps.ask("start")
    assert steps.ask("choice", "b") == "b"
    assert steps.refused("choice", "d") == "SB.2.9-8"
    assert steps.ask("choice", "c") == "c"
    assert steps.ask("choice", "b") == "b"
    assert steps.ask("choice", "a") == "a"


def test_a_leaf_constrains_no_choice() -> None:
    """SN 3.3: constrainChoice is a cluster's; on a leaf it is ignored."""
    steps = walk(cluster("m", leaf("a", **NEXT_ONLY)), cluster("n", leaf("b")), cluster("o", leaf("c")))
    steps.ask("start")
    assert steps.ask("choice", "c") == "c"


def test_prevent_activation_refuses_a_choice_into_a_cluster_but_not_of_it() -> None:
    steps = walk(leaf("a"), cluster("m", leaf("b"), leaf("c"), **CLOSED))
    steps.ask("start")
    assert steps.refused("choice", "c") == "SB.2.9-6"
    assert steps.ask("choice", "m") == "b"
    assert steps.ask("choice", "c") == "c"


def test_before_anything_is_current_a_cluster_may_be_shut_all_the_same() -> None:
    """SB.2.9 8.3."""
    steps = walk(leaf("a"), cluster("m", leaf("b"), **CLOSED), cluster("n", leaf("c"), **STOP))
    assert steps.refused("choice", "b") == "SB.2.9-6"
    assert steps.refused("choice", "c") == "SB.2.4-1"
    assert steps.ask("choice", "a") == "a"


def test_unavailable_children_are_not_chosen() -> None:
    steps = walk(leaf("a"), leaf("b"))
    state = steps.state.fork()
    state.change(steps.tree.root, available=("a",))
    steps.state = state
    assert steps.refused("choice", "b") == "SB.2.9-2"
    assert steps.refused("jump", "b") == "NB.2.1-11"


def test_what_is_not_available_stops_nobody() -> None:
    steps = walk(leaf("a"), leaf("b", **STOP), leaf("c"), leaf("d"))
    steps.ask("start")
    steps.state = steps.state.fork()
    steps.state.change(steps.tree.root, available=("a", "c", "d"))
    assert steps.ask("choice", "d") == "d"


def test_the_process_refuses_what_navigation_would_not_let_through() -> None:
    steps = walk(cluster("m", leaf("a"), control=ControlMode(choice=False, flow=True)), leaf("b"))
    found = reach(steps.state, steps.tree["a"])
    assert isinstance(found, Refusal)
    assert found.code == "SB.2.9-4"


def test_a_trace_says_why_in_a_sentence() -> None:
    steps = walk(leaf("a"), leaf("b", **HIDDEN))
    steps.ask("start")
    steps.ask("choice", "b")
    last = steps.outcome.trace[-1]
    assert (last.clause, last.activity) == ("SB.2.9-3", "b")
    assert last.sentence == "“B” is hidden from choice."
