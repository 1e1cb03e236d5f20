"""The steps of a cycle: days before and after a due day on which a reminder goes out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

DEFAULT_STEPS = (-90, -60, -30, -7, 0, 7, 30)
FARTHEST = 366
MOST_STEPS = 20


class StepDone(NamedTuple):
    """A step that is not sent again: it was sent, overtaken, failed, or nobody knows (`unconfirmed`)."""

    due: date
    step: int


class NextStep(NamedTuple):
    """The step to send now, and the older ones that it overtakes."""

    step: int
    overtaken: tuple[int, ...]


def next_step(
    due: date, steps: Sequence[int], done: Iterable[StepDone], on: date, begun: date | None = None
) -> NextStep | None:
    """The newest step (of those in order) that is reached and not done for this due day or a later one.

    So a due day that moved nearer, by a shorter period or by late evidence, repeats no step; one that moved
    later starts all steps anew. A cycle that runs from a completion (`begun`) has the steps after that day.
    """
    passed = (on - due).days
    if passed < steps[0]:
        return None
    earliest = passed - (on - begun).days if begun else -FARTHEST - 1
    reached = [step for step in steps if earliest < step <= passed]
    covered = {sent.step for sent in done if sent.due >= due}
    if not reached or reached[-1] in covered:
        return None
    return NextStep(reached[-1], tuple(step for step in reached[:-1] if step not in covered))


def step_days(due: date, steps: Iterable[int]) -> list[date]:
    """The day of each step."""
    return [due + timedelta(step) for step in steps]


def read_steps(text: str) -> tuple[int, ...]:
    """“-90, -30, 0, 7” in order; ValueError with a sentence where it is none."""
    parts = text.replace("−", "-").replace(",", " ").split()
    try:
        steps = sorted({int(part) for part in parts})
    except ValueError:
        raise ValueError(f"“{text}” is no list of days: write one such as -90, -30, 0, 7.") from None
    if not 1 <= len(steps) <= MOST_STEPS or max(map(abs, steps)) > FARTHEST:
        raise ValueError(f"Write 1 to {MOST_STEPS} steps, each at most {FARTHEST} days from the due day.")
    return tuple(steps)
