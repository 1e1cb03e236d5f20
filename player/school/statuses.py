"""How an enrolment stands, in the words and glyphs that every page and export shares."""

from __future__ import annotations

import math
from dataclasses import dataclass

from player.records.tables import RegistrationRow, ResultColumns


@dataclass(frozen=True, slots=True)
class Status:
    """A word, the glyph that goes with it, its tone, and the key that a filter names."""

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
    """Once completed stays completed, whatever a later attempt did."""
    if registration is None or registration.state == "not attempted":
        return NOT_STARTED
    if registration.completed is not None:
        return COMPLETED
    return NOT_PASSED if registration.success_status == "failed" else UNDER_WAY


def status_of_attempt(summary: ResultColumns, state: str) -> Status:
    """How one attempt, or an activity of it, came out."""
    if summary.success_status == "passed":
        return Status("passed", "Passed", "disc", "good")
    if summary.success_status == "failed":
        return Status("not-passed", "Not passed", "return", "heed")
    if summary.completion_status == "completed":
        return COMPLETED
    if state == "ended":
        return Status("ended", "Ended before it was complete", "dashed", "")
    return NOT_STARTED if summary.completion_status == "not attempted" else UNDER_WAY


def score(summary: ResultColumns | None) -> str:
    """“13 of 15” where the parts are known, else whole percent, else nothing; never rounded up."""
    if summary is None:
        return ""
    raw, most = summary.score_raw, summary.score_max
    if raw is not None and most and most != 100 and raw == int(raw) and most == int(most):
        return f"{int(raw)} of {int(most)}"
    scaled = summary.score_scaled
    if scaled is None:
        return "" if raw is None else f"{raw:g}"
    return f"{math.floor(scaled * 100 + 1e-9)}%"
