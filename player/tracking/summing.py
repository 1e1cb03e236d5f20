"""What a tree amounts to, as attempts and registrations keep it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from player.runtime import Score
from player.sequencing import Progress, State
from player.sequencing.contents import verdict_given
from player.sequencing.objectives import read
from player.sequencing.rollup import overall_rollup


@dataclass(frozen=True, slots=True)
class Summary:
    """A registration's result: the root's, or the SCO's own where there is one only."""

    completion_status: str
    success_status: str
    score: Score
    progress_measure: float | None


def summary(state: State) -> Summary:
    """What the tree amounts to now, with what the current SCO has said so far rolled up."""
    tree, here = state.tree, state.current or state.suspended
    if here is not None:
        state = state.fork()
        overall_rollup(state, here)
    activity = tree.leaves[0] if len(tree.leaves) == 1 else tree.root
    seen = read(state, activity)
    if not verdict_given(state, activity):
        seen = replace(seen, satisfied=None)
    return Summary(
        completion_status=_completion_word(seen, attempted=state.record(activity).attempts > 0),
        success_status={True: "passed", False: "failed", None: "unknown"}[seen.satisfied],
        score=Score(seen.measure, seen.raw, seen.minimum, seen.maximum),
        progress_measure=seen.progress,
    )


def settled(state: State, item: str) -> bool:
    """Whether an activity counts as completed, be it only because its content said nothing (UP.4)."""
    return read(state, state.tree[item]).completed is True


def _completion_word(seen: Progress, *, attempted: bool) -> str:
    if seen.completed is None:
        return "unknown" if attempted else "not attempted"
    return "completed" if seen.completed else "incomplete"
