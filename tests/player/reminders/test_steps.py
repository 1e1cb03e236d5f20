"""Steps when due days move, and lists of steps as people write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.reminders import DEFAULT_STEPS, NextStep, StepDone, next_step, read_steps

DUE = date(2026, 11, 30)
STEPS = st.lists(st.integers(-366, 366), min_size=1, max_size=8, unique=True).map(lambda each: sorted(each))


def sent(due: date, *steps: int) -> list[StepDone]:
    return [StepDone(due, step) for step in steps]


@pytest.mark.parametrize(
    ("on", "found"),
    [
        ("2026-08-31", None),
        ("2026-09-01", NextStep(-90, ())),
        ("2026-09-30", NextStep(-90, ())),
        ("2026-10-01", NextStep(-60, (-90,))),
        ("2026-11-30", NextStep(0, (-90, -60, -30, -7))),
        ("2031-01-01", NextStep(30, (-90, -60, -30, -7, 0, 7))),
    ],
)
def test_the_newest_step_that_is_reached(on: str, found: NextStep | None) -> None:
    assert next_step(DUE, DEFAULT_STEPS, [], date.fromisoformat(on)) == found


def test_a_due_day_that_moves_nearer_repeats_no_step() -> None:
    """A period of 24 months becomes 12: the 30-day reminder was sent already, the 7-day one was not."""
    nearer, on = date(2026, 11, 1), date(2026, 10, 5)
    assert next_step(nearer, DEFAULT_STEPS, sent(DUE, -90, -60, -30), on) is None
    assert next_step(nearer, DEFAULT_STEPS, sent(DUE, -90, -60), on) == NextStep(-30, ())
    assert next_step(nearer, DEFAULT_STEPS, sent(DUE, -90, -60, -30), date(2026, 10, 25)) == NextStep(-7, ())


def test_a_due_day_that_moves_later_starts_all_steps_anew() -> None:
    later, told = date(2027, 11, 30), sent(DUE, *DEFAULT_STEPS)
    assert next_step(later, DEFAULT_STEPS, told, date(2027, 9, 1)) == NextStep(-90, ())
    assert next_step(later, DEFAULT_STEPS, told, date(2027, 8, 31)) is None


def test_there_and_back_again_sends_nothing_twice() -> None:
    """Evidence of 2027 is recorded by mistake, reminded of, and voided."""
    later = DUE + timedelta(365)
    told = sent(DUE, -90, -60, -30) + sent(later, -90)
    assert next_step(DUE, DEFAULT_STEPS, told, DUE - timedelta(10)) is None
    assert next_step(DUE, DEFAULT_STEPS, told, DUE) == NextStep(0, (-7,))


def test_a_step_that_is_added_in_between_is_not_sent_after_a_newer_one() -> None:
    assert next_step(DUE, (-30, -14, -7), sent(DUE, -30, -7), DUE - timedelta(5)) is None


def test_who_was_never_done_is_told_at_once() -> None:
    """Required today, due in 28 days: the 30-day step was reached two days ago."""
    assert next_step(DUE, DEFAULT_STEPS, [], DUE - timedelta(28)) == NextStep(-30, (-90, -60))


def test_a_completion_is_not_followed_by_the_steps_of_before_it() -> None:
    """A period of a month: nobody is reminded on the day after the course."""
    completed, due = date(2026, 10, 31), DUE
    assert next_step(due, DEFAULT_STEPS, [], completed + timedelta(1), completed) is None
    assert next_step(due, DEFAULT_STEPS, [], date(2026, 11, 23), completed) == NextStep(-7, ())


@given(STEPS, st.lists(st.integers(-400, 800), max_size=30), st.lists(st.integers(-200, 200), max_size=4))
def test_no_step_goes_out_twice_for_a_due_day(steps: list[int], rounds: list[int], moves: list[int]) -> None:
    """Nor for a nearer one, whenever rounds run and wherever settings move the due day meanwhile."""
    due = DUE
    done: list[StepDone] = []
    sent_for: dict[date, list[int]] = {}
    for number, offset in enumerate(sorted(rounds)):
        if number < len(moves):
            due = DUE + timedelta(moves[number])
        if found := next_step(due, steps, done, DUE + timedelta(offset)):
            assert not any(found.step in each for at, each in sent_for.items() if at >= due)
            sent_for.setdefault(due, []).append(found.step)
            done.extend(StepDone(due, step) for step in (found.step, *found.overtaken))


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("-90, -30, 0, 7", (-90, -30, 0, 7)),
        ("7 0 -30 -30", (-30, 0, 7)),
        ("−14,14", (-14, 14)),
        ("366", (366,)),
    ],
)
def test_steps_as_people_write_them(text: str, steps: tuple[int, ...]) -> None:
    assert read_steps(text) == steps


@pytest.mark.parametrize("text", ["", "a week before", "1.5", "367", "-367", ",".join(map(str, range(21)))])
def test_what_is_no_list_of_steps_is_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"no list of days|Write 1 to 20 steps"):
        read_steps(text)
