"""The award of a result to a registration: once passed stays passed, the best score is kept, completion is
never undone."""

from __future__ import annotations

import json
from datetime import datetime

from msgspec.structs import asdict, replace

from player.playing.values import Attempt, Registration, Session
from player.runtime import Score
from player.tracking import Result

COMPLETION = ("unknown", "not attempted", "incomplete", "completed")
SUCCESS = ("unknown", "failed", "passed")


def awarded(registration: Registration, result: Result, now: datetime) -> Registration:
    """The registration after its attempt has this result."""
    attempt = registration.attempt
    if attempt is None:
        return registration
    spent = result.total_time - attempt.result.total_time
    best_result = best(registration.result, result, registration.result.total_time + spent)
    known = None if _takes_back(registration, attempt, result) else registration.completed
    completed = known or (now if is_done(best_result) else None)
    attempt = replace(attempt, result=result)
    return replace(registration, attempt=attempt, result=best_result, completed=completed)


def newly_completed(before: Registration, after: Registration, attempt: Attempt) -> bool:
    """True where a step has completed an attempt that was under way. An attempt that begins is not completed
    by what an earlier one has left."""
    known = before.attempt
    if known is None or known.id != attempt.id:
        return False
    return _finished(after, attempt) and not _finished(before, known)


def newly_failed(before: Registration, after: Attempt) -> bool:
    """True where an attempt that was completed, but not passed, has now failed: its questions came after its
    pages, and it has completed nothing yet."""
    known = before.attempt
    if known is None or known.id != after.id or not _finished(before, known):
        return False
    return known.result.success_status != "passed" and after.result.success_status == "failed"


def _finished(registration: Registration, attempt: Attempt) -> bool:
    """Passed where success is reported in this course, else completed.

    SCORM 2004 passes an activity that reports no success when it ends (UP.4): a pass without a score
    is no report.
    """
    known = registration.result
    is_reported = known.success_status == "failed" or (
        known.success_status == "passed" and known.score != Score()
    )
    return attempt.result.success_status == "passed" if is_reported else is_done(attempt.result)


def award_text(registration: Registration) -> str:
    """The registration's result and completion, as JSON."""
    completed = registration.completed and registration.completed.isoformat()
    result = registration.result
    return json.dumps({"result": asdict(result) | {"score": asdict(result.score)}, "completed": completed})


def without_session(registration: Registration, session: Session) -> Registration:
    """The registration as it was before a session whose attempt on its activity has been abandoned; the time
    that was spent counts."""
    if session.awarded is None:
        return registration
    known = json.loads(session.awarded)
    score = Score(**known["result"].pop("score"))
    spent = {"score": score, "total_time": registration.result.total_time}
    completed = known["completed"] and datetime.fromisoformat(known["completed"])
    return replace(registration, result=Result(**known["result"] | spent), completed=completed)


def best(one: Result, other: Result, total_time: float) -> Result:
    """The better of each figure of two results; the four figures of a score stay together."""
    return Result(
        max(one.completion_status, other.completion_status, key=COMPLETION.index),
        max(one.success_status, other.success_status, key=SUCCESS.index),
        max(one, other, key=_height).score,
        _more(one.progress_measure, other.progress_measure),
        total_time,
    )


def is_done(result: Result) -> bool:
    """True where a result is passed, or completed where nothing reports success."""
    if result.success_status == "unknown":
        return result.completion_status == "completed"
    return result.success_status == "passed"


def _takes_back(registration: Registration, attempt: Attempt, result: Result) -> bool:
    """True where a result takes the completion back. A learner who completes the pages and then fails the
    questions after them has completed nothing yet. What was passed, or completed in an earlier attempt,
    stays."""
    if registration.completed is None or registration.result.success_status == "passed":
        return False
    return result.success_status == "failed" and attempt.started <= registration.completed


def _height(result: Result) -> tuple[int, float, float]:
    score = result.score
    if score.scaled is not None:
        return 2, score.scaled, score.raw or 0.0
    return (1, score.raw, 0.0) if score.raw is not None else (0, 0.0, 0.0)


def _more(one: float | None, other: float | None) -> float | None:
    known = [value for value in (one, other) if value is not None]
    return max(known) if known else None
