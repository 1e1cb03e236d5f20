"""What counts: a registration once passed stays passed, keeps its best score, and never un-completes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from player.playing.values import Attempt, Result, Standing
from player.runtime import Outcome
from player.tracking import Summary

COMPLETION = ("unknown", "not attempted", "incomplete", "completed")
SUCCESS = ("unknown", "failed", "passed")


def of_activity(outcome: Outcome | None, total_time: float) -> Result:
    """What a SCO has said of itself; nothing where its attempt was abandoned."""
    if outcome is None:
        return Result(total_time=total_time)
    score = outcome.score
    return Result(
        outcome.completion_status,
        outcome.success_status,
        score.scaled,
        score.raw,
        score.min,
        score.max,
        outcome.progress_measure,
        total_time,
    )


def of_attempt(summary: Summary, total_time: float) -> Result:
    """What the tree amounts to now."""
    score = summary.score
    return Result(
        summary.completion_status,
        summary.success_status,
        score.scaled,
        score.raw,
        score.min,
        score.max,
        summary.progress_measure,
        total_time,
    )


def best(one: Result, other: Result, total_time: float) -> Result:
    """The better of each; the four figures of a score stay together."""
    score = max(one, other, key=_height)
    return Result(
        max(one.completion_status, other.completion_status, key=COMPLETION.index),
        max(one.success_status, other.success_status, key=SUCCESS.index),
        score.score_scaled,
        score.score_raw,
        score.score_min,
        score.score_max,
        _more(one.progress_measure, other.progress_measure),
        total_time,
    )


def award(standing: Standing, summed: Result, now: datetime) -> Standing:
    """The attempt's new result, and what it makes of the registration's."""
    attempt = standing.attempt
    if attempt is None:
        return standing
    spent = summed.total_time - attempt.result.total_time
    result = best(standing.result, summed, standing.result.total_time + spent)
    known = None if _takes_back(standing, attempt, summed) else standing.completed
    completed = known or (now if _is_done(result) else None)
    return replace(standing, attempt=replace(attempt, result=summed), result=result, completed=completed)


def _is_done(result: Result) -> bool:
    """By its own words, and without having failed."""
    if result.success_status == "unknown":
        return result.completion_status == "completed"
    return result.success_status == "passed"


def _takes_back(standing: Standing, attempt: Attempt, summed: Result) -> bool:
    """Who completes the pages and then fails the questions after them has completed nothing yet; what was
    passed, or completed in an earlier attempt, stays."""
    if standing.completed is None or standing.result.success_status == "passed":
        return False
    return summed.success_status == "failed" and attempt.started <= standing.completed


def _height(result: Result) -> tuple[int, float, float]:
    if result.score_scaled is not None:
        return 2, result.score_scaled, result.score_raw or 0.0
    return (1, result.score_raw, 0.0) if result.score_raw is not None else (0, 0.0, 0.0)


def _more(one: float | None, other: float | None) -> float | None:
    known = [value for value in (one, other) if value is not None]
    return max(known) if known else None
