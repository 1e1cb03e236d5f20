"""The result of a SCO and of an activity tree: one type, which attempts, registrations and tables keep."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from player.runtime import Outcome, Score
from player.sequencing import Activity, Progress, State
from player.sequencing.contents import verdict_given
from player.sequencing.objectives import read
from player.sequencing.rollup import overall_rollup

NO_SCORE = Score()


class Result(Struct, frozen=True, omit_defaults=True):
    """The summary of an activity, an attempt or a registration; `total_time` is in seconds."""

    completion_status: str = "unknown"
    success_status: str = "unknown"
    score: Score = NO_SCORE
    progress_measure: float | None = None
    total_time: float = 0.0


def result_of_sco(outcome: Outcome | None, total_time: float) -> Result:
    """The result that a SCO reports; only its time counts where its attempt was abandoned (None)."""
    if outcome is None:
        return Result(total_time=total_time)
    return Result(
        outcome.completion_status, outcome.success_status, outcome.score, outcome.progress_measure, total_time
    )


def result_of_tree(state: State, total_time: float) -> Result:
    """The root's result, or the SCO's own where the tree has one only; what the current SCO has set so far
    is rolled up first."""
    tree, here = state.tree, state.current or state.suspended
    activity = tree.leaves[0] if len(tree.leaves) == 1 else tree.root
    if here is not None and not _is_independent(activity):
        state = state.fork()
        overall_rollup(state, here)
    progress = read(state, activity)
    if not verdict_given(state, activity):
        progress = replace(progress, satisfied=None)
    return Result(
        completion_status=_completion_status(progress, attempted=state.record(activity).attempts > 0),
        success_status={True: "passed", False: "failed", None: "unknown"}[progress.satisfied],
        score=Score(progress.measure, progress.raw, progress.minimum, progress.maximum),
        progress_measure=progress.progress,
        total_time=total_time,
    )


def _is_independent(activity: Activity) -> bool:
    """True for a leaf that no rollup changes, because it reads no global objective."""
    return activity.is_leaf and not any(objective.maps for objective in activity.objectives)


def is_completed(state: State, item: str) -> bool:
    """True where an activity counts as completed; an asset does once it has been left (UP.4)."""
    return read(state, state.tree[item]).completed is True


def _completion_status(progress: Progress, *, attempted: bool) -> str:
    if progress.completed is None:
        return "unknown" if attempted else "not attempted"
    return "completed" if progress.completed else "incomplete"
