"""SR.1 and SR.2: which children a cluster offers, in which order, and whose random numbers decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from courseware.package import Randomization
from tests.player.sequencing.trees import Walk, cluster, leaf, walk

LEAVES = tuple(leaf(name) for name in "abcd")
TWO = Randomization(selection_timing="once", select_count=2)
SHUFFLED = Randomization(randomization_timing="onEachNewAttempt", reorder_children=True)
SHUFFLED_ONCE = Randomization(randomization_timing="once", reorder_children=True)


def drawing(*numbers: float) -> Callable[[], float]:
    given: Iterator[float] = iter(numbers)
    return lambda: next(given)


def taken(steps: Walk) -> list[str | None]:
    seen = [steps.ask("start")]
    while not steps.outcome.ended:
        seen.append(steps.ask("continue"))
    return seen[:-1]


def test_as_many_as_are_asked_for_in_the_manifests_order() -> None:
    assert taken(walk(*LEAVES, randomization=TWO, draw=drawing(0.99, 0.0))) == ["a", "d"]


def test_another_order_on_each_attempt() -> None:
    steps = walk(*LEAVES, randomization=SHUFFLED, draw=drawing(0.9, 0.9, 0.9, 0.9, 0.9, 0.9))
    assert taken(steps) == ["d", "c", "b", "a"]
    assert taken(steps) == ["a", "b", "c", "d"]


def test_once_is_once() -> None:
    steps = walk(*LEAVES, randomization=SHUFFLED_ONCE, draw=drawing(0.9, 0.9, 0.9))
    assert taken(steps) == taken(steps) == ["d", "c", "b", "a"]


def test_a_suspended_attempt_keeps_its_order() -> None:
    steps = walk(*LEAVES, randomization=SHUFFLED, draw=drawing(0.9, 0.9, 0.9))
    steps.ask("start")
    steps.ask("suspendAll")
    assert steps.ask("resumeAll") == "d"
    assert steps.ask("continue") == "c"


def test_what_was_not_selected_is_neither_chosen_nor_rolled_up() -> None:
    steps = walk(cluster("m", *LEAVES, randomization=TWO), leaf("after"), draw=drawing(0.0, 0.0))
    steps.ask("start")
    assert steps.refused("choice", "c") == "SB.2.9-2"
    steps.ask("continue")
    steps.ask("continue")
    assert steps.state.record(steps.tree["m"]).objective(0).completed is True


def test_those_that_were_selected_once_come_in_another_order_on_each_attempt() -> None:
    defined = replace(SHUFFLED, selection_timing="once", select_count=2)
    steps = walk(*LEAVES, randomization=defined, draw=drawing(0.99, 0.0, 0.9, 0.9))
    assert taken(steps) == ["d", "a"]
    assert taken(steps) == ["a", "d"]


def test_a_number_to_select_says_nothing_where_nothing_is_selected() -> None:
    defined = replace(SHUFFLED, select_count=2)
    steps = walk(*LEAVES, randomization=defined, draw=drawing(0.9, 0.9, 0.9))
    assert taken(steps) == ["d", "c", "b", "a"]


def test_nothing_is_drawn_where_nothing_is_random() -> None:
    assert taken(walk(*LEAVES)) == ["a", "b", "c", "d"]
