"""Whatever the tree and whatever is asked of it: the laws that hold all the same."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from courseware.package import (
    ConstrainedChoice,
    ControlMode,
    DeliveryControls,
    Item,
    LimitConditions,
    Objective,
    Package,
    Randomization,
    RollupControls,
    RuleCondition,
    Sequencing,
    SequencingRule,
)
from player.runtime import Runtime, outcome
from player.sequencing import Request, State, build_tree, looks_alike, opening, process, view
from player.sequencing.objectives import write
from player.tracking import learned, result_of_tree, teaches
from tests.chance import examples
from tests.player.sequencing.trees import package, shared

CONDITIONS = (
    "satisfied",
    "completed",
    "attempted",
    "always",
    "activityProgressKnown",
    "objectiveStatusKnown",
    "objectiveMeasureKnown",
)
PRE = ("skip", "disabled", "hiddenFromChoice", "stopForwardTraversal")
POST = ("retry", "continue", "previous", "exitParent", "exitAll", "retryAll")
REQUESTS = (
    "continue",
    "previous",
    "exit",
    "exitAll",
    "suspendAll",
    "abandon",
    "abandonAll",
    "choice",
    "jump",
)

flags = st.booleans()
mostly = st.sampled_from((True, True, True, False))
rarely = st.sampled_from((False, False, False, True))


def rules(actions: tuple[str, ...]) -> st.SearchStrategy[tuple[SequencingRule, ...]]:
    condition = st.builds(RuleCondition, st.sampled_from(CONDITIONS), negated=flags)
    one = st.builds(
        SequencingRule,
        st.sampled_from(actions),
        st.lists(condition, min_size=1, max_size=2).map(tuple),
        combination=st.sampled_from(("all", "any")),
    )
    return st.one_of(st.just(()), st.just(()), st.lists(one, max_size=2).map(tuple))


objectives = st.one_of(
    st.just(()),
    st.builds(
        lambda target, writes, measured: (
            Objective("o", True, measured, 0.5, maps=(shared(target, writes=writes),)),
        ),
        st.sampled_from("GH"),
        flags,
        flags,
    ),
)
sequencings = st.builds(
    Sequencing,
    control_mode=st.builds(ControlMode, choice=mostly, choice_exit=mostly, flow=mostly, forward_only=rarely),
    constrained_choice=st.builds(ConstrainedChoice, prevent_activation=rarely, constrain_choice=rarely),
    pre_condition_rules=rules(PRE),
    exit_condition_rules=rules(("exit",)),
    post_condition_rules=rules(POST),
    limit_conditions=st.builds(LimitConditions, attempt_limit=st.sampled_from((None, None, 0, 1, 2))),
    rollup_controls=st.builds(RollupControls, objective_satisfied=mostly, progress_completion=mostly),
    objectives=objectives,
    randomization=st.builds(
        Randomization,
        selection_timing=st.sampled_from(("never", "once")),
        select_count=st.integers(0, 3),
        randomization_timing=st.sampled_from(("never", "once")),
        reorder_children=flags,
    ),
    delivery_controls=st.builds(DeliveryControls, tracked=mostly, completion_set_by_content=flags),
)


def _numbered(items: tuple[Item, ...], prefix: str = "i") -> tuple[Item, ...]:
    """Identifiers are unique in a package; here they say where an item stands."""
    return tuple(
        Item(
            f"{prefix}{n}",
            f"{prefix}{n}",
            "sco" if not item.items else None,
            items=_numbered(item.items, f"{prefix}{n}."),
            sequencing=item.sequencing,
        )
        for n, item in enumerate(items)
    )


leaves = st.builds(lambda s: Item("", "", "sco", sequencing=s), sequencings)
items = st.recursive(
    leaves,
    lambda below: st.builds(
        lambda s, inner: Item("", "", items=tuple(inner), sequencing=s),
        sequencings,
        st.lists(below, min_size=1, max_size=3),
    ),
    max_leaves=6,
)
packages = st.builds(
    lambda inner, control, system: package(
        *_numbered(tuple(inner)), control=control, organization={"objectives_global_to_system": system}
    ),
    st.lists(items, min_size=1, max_size=3),
    st.builds(ControlMode, choice=mostly, flow=mostly),
    flags,
)
said = st.fixed_dictionaries(
    {},
    optional={
        "satisfied": flags,
        "completed": flags,
        "measure": st.sampled_from((0.0, 0.5, 1.0)),
        "progress": st.sampled_from((0.0, 1.0)),
    },
)
walks = st.lists(st.tuples(st.sampled_from(REQUESTS), st.integers(0, 12), said, flags), max_size=8)


def _speak(state: State, values: dict[str, Any], *, suspending: bool) -> State:
    """What a SCO may do before the learner acts."""
    current = state.current
    if current is None or not current.is_leaf or not state.record(current).active:
        return state
    spoken = state.fork()
    spoken.change(current, suspended=suspending)
    if values and current.tracked:
        write(spoken, current, **values)
    return spoken


def _asked(state: State, name: str, number: int) -> Request:
    if state.current is None and name not in ("choice", "jump"):
        return opening(state)
    identifiers = list(state.tree.activities)
    target = identifiers[number % len(identifiers)] if name in ("choice", "jump") else None
    return Request(name, target)


def _one_path_is_active(state: State, *, ended: bool) -> None:
    active = [a for a in state.tree.activities.values() if state.record(a).active]
    if ended:
        assert active == []
        assert state.current is None
    for activity in active:
        assert state.current is not None
        assert activity.contains(state.current)
        assert activity.parent is None or activity.parent in active


def _comes_back(state: State) -> None:
    text = json.dumps(state.to_json())
    assert json.dumps(State.from_json(state.tree, json.loads(text)).to_json()) == text


def _look_ahead_is_true(state: State) -> None:
    seen = view(state)
    asked = {Request(name): seen.validity[name] for name in ("continue", "previous")}
    asked |= {Request("choice", item): word for item, word in seen.validity["choice"].items()}
    asked |= {Request("jump", item): word for item, word in seen.validity["jump"].items()}
    endings = ("exit", "exitAll", "suspendAll", "abandon", "abandonAll")
    for name in endings:
        assert (seen.validity[name] == "true") is (
            process(state, Request(name), lambda: 0.5).exception is None
        )
    for request, word in asked.items():
        found = process(state, request, lambda: 0.5)
        leads = found.exception is None and (found.delivered is not None or found.ended)
        assert (word == "true") is leads, (request, word, found.exception, found.trace)


def _what_looks_alike_is_shown_alike(one: State, other: State) -> None:
    if looks_alike(one, other):
        assert view(one) == view(other)


ELEMENTS = {
    "satisfied": ("cmi.success_status", {True: "passed", False: "failed"}),
    "completed": ("cmi.completion_status", {True: "completed", False: "incomplete"}),
    "measure": ("cmi.score.scaled", {}),
    "progress": ("cmi.progress_measure", {}),
}


def _a_place_teaches_nothing(state: State, values: dict[str, Any]) -> None:
    """A commit of a place alone, after one of these values."""
    current = state.current
    if current is None or not current.is_leaf:
        return
    runtime = Runtime({"standard": "2004", "values": {}})
    runtime.call("Initialize", "")
    for name, value in values.items():
        element, words = ELEMENTS[name]
        assert runtime.call("SetValue", element, words.get(value, str(value))) == "true"
    first = learned(outcome(runtime), state, current.identifier)
    runtime.reported.clear()
    runtime.call("SetValue", "cmi.location", "2")
    again = learned(outcome(runtime), first, current.identifier)
    assert not teaches(runtime.reported)
    assert again.to_json() == first.to_json()
    assert result_of_tree(again, 0) == result_of_tree(first, 0)


@settings(max_examples=examples(150), deadline=None)
@given(packages, walks)
def test_the_laws_of_every_walk(course: Package, asked: list[tuple[str, int, dict[str, Any], bool]]) -> None:
    fresh = State(build_tree(course))
    state = process(fresh, opening(fresh), lambda: 0.5).state
    for name, number, values, suspending in asked:
        unspoken, state = state, _speak(state, values, suspending=suspending)
        _what_looks_alike_is_shown_alike(unspoken, state)
        before = json.dumps(state.to_json())
        _a_place_teaches_nothing(state, values)
        decision = process(state, _asked(state, name, number), lambda: 0.5)
        assert json.dumps(state.to_json()) == before
        state = decision.state
        _one_path_is_active(state, ended=decision.ended)
        _comes_back(state)
        if decision.delivered is not None:
            assert state.current is state.tree[decision.delivered]
            assert state.current.is_leaf
        if decision.exception is not None:
            assert decision.trace[-1].clause == decision.exception
        _look_ahead_is_true(state)
