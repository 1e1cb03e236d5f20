"""The status of an enrolment and of an attempt, in the words and glyphs that all pages and exports share."""

from __future__ import annotations

import math
from dataclasses import dataclass

from player.records.tables import RegistrationRow
from player.runtime import Score
from player.tracking import Result


@dataclass(frozen=True, slots=True)
class Status:
    """A status: its word, its glyph, its tone, and its key in filters."""

    key: str
    word: str
    glyph: str
    tone: str


NOT_STARTED = Status("not-started", "Not started", "ring", "")
UNDER_WAY = Status("under-way", "Under way", "half", "")
NOT_PASSED = Status("not-passed", "Not passed yet", "return", "heed")
COMPLETED = Status("completed", "Completed", "disc", "good")
ALL = (NOT_STARTED, UNDER_WAY, NOT_PASSED, COMPLETED)


def status_of(registration: RegistrationRow | None) -> Status:
    """The status of an enrolment; once completed it stays completed."""
    if registration is None or registration.state == "not attempted":
        return NOT_STARTED
    if registration.completed is not None:
        return COMPLETED
    return NOT_PASSED if registration.success_status == "failed" else UNDER_WAY


def status_of_attempt(result: Result, state: str) -> Status:
    """The status of one attempt."""
    if result.success_status == "passed":
        return Status("passed", "Passed", "disc", "good")
    if result.success_status == "failed":
        return Status("not-passed", "Not passed", "return", "heed")
    if result.completion_status == "completed":
        return COMPLETED
    if state == "ended":
        return Status("ended", "Ended before it was complete", "dashed", "")
    return NOT_STARTED if result.completion_status == "not attempted" else UNDER_WAY


def score_text(score: Score) -> str:
    """“13 of 15” where raw and max are known, else whole percent, else nothing; never rounded up."""
    raw, most = score.raw, score.max
    if raw is not None and most and most != 100 and raw == int(raw) and most == int(most):
        return f"{int(raw)} of {int(most)}"
    if score.scaled is None:
        return "" if raw is None else f"{raw:g}"
    return f"{math.floor(score.scaled * 100 + 1e-9)}%"
