"""The state is one JSON value, and survives a new version of its package."""

from __future__ import annotations

import json

from courseware.package import Randomization
from player.sequencing import State
from tests.player.sequencing.trees import cluster, leaf, primary, shared, tree, walk


def test_a_fresh_state_is_an_empty_value() -> None:
    assert State(tree(leaf("a"))).to_json() == {}


def test_everything_comes_back_from_json() -> None:
    writer = leaf("a", objectives=(primary("here", shared("G", writes=True)),))
    shuffled = Randomization(randomization_timing="once", reorder_children=True)
    steps = walk(writer, cluster("m", leaf("b"), leaf("c"), randomization=shuffled), draw=lambda: 0.9)
    steps.ask("start")
    steps.say(satisfied=True, measure=0.7, raw=7.0, completed=True)
    steps.ask("continue")
    steps.ask("suspendAll")
    text = json.dumps(steps.state.to_json())
    back = State.from_json(steps.tree, json.loads(text))
    assert back.to_json() == steps.state.to_json()
    assert back.suspended is steps.tree["c"]
    assert back.global_objectives["G"].measure == 0.7


def test_a_new_version_keeps_what_both_know() -> None:
    steps = walk(leaf("a"), leaf("gone"))
    steps.ask("start")
    steps.ask("continue")
    steps.ask("suspendAll")
    newer = tree(leaf("a"), leaf("new"))
    back = State.from_json(newer, steps.state.to_json())
    assert back.record(newer["a"]).objective(0).completed is True
    assert back.suspended is None
    assert "gone" not in back.records


def test_a_state_handed_in_stays_as_it_was() -> None:
    steps = walk(leaf("a"), leaf("b"))
    steps.ask("start")
    before, text = steps.state, json.dumps(steps.state.to_json())
    steps.ask("exitAll")
    assert json.dumps(before.to_json()) == text
