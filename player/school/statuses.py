"""The status of an enrolment and of an attempt, in the words and glyphs that all pages and exports share."""

from __future__ import annotations

import math
from dataclasses import dataclass

from player.compliance import Standing
from player.records.play_tables import RegistrationRow
from player.records.training import TrainingRecord
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
UNDER_WAY = Status("under-way", "In progress", "half", "")
NOT_PASSED = Status("not-passed", "Not passed yet", "return", "heed")
COMPLETED = Status("completed", "Completed", "disc", "good")
OVERDUE = Status("overdue", "Overdue", "triangle", "stop")
DUE_SOON = Status("due-soon", "Due soon", "clock", "heed")
IN_DATE = Status("in-date", "In date", "disc", "good")
ALL = (OVERDUE, NOT_STARTED, UNDER_WAY, NOT_PASSED, DUE_SOON, IN_DATE, COMPLETED)
DONE = frozenset({COMPLETED, IN_DATE, DUE_SOON})  # nothing is to do now
STANDINGS = {Standing.OVERDUE: OVERDUE, Standing.DUE_SOON: DUE_SOON, Standing.IN_DATE: IN_DATE}


def status_of(registration: RegistrationRow | None) -> Status:
    """The status in the course itself, whatever is due; once completed it stays completed."""
    if registration is None or registration.state == "not attempted":
        return NOT_STARTED
    if registration.completed is not None:
        return COMPLETED
    return NOT_PASSED if registration.success_status == "failed" else UNDER_WAY


def status_of_record(record: TrainingRecord) -> Status:
    """The status of an enrolment at its school. Of what is required it is the standing of the compliance
    pages; who has never done it and is not late is told how far they are. What is not required stays
    completed, and counts while it holds where it was completed elsewhere."""
    if record.standing in STANDINGS:
        return STANDINGS[record.standing]
    known = COMPLETED if record.elsewhere else status_of(record.registration)
    is_taken_back = known is COMPLETED and record.standing is Standing.NEVER_DONE
    return UNDER_WAY if is_taken_back else known


PASSED = Status("passed", "Passed", "disc", "good")
FAILED = Status("not-passed", "Not passed", "return", "heed")


def status_of_attempt(result: Result, state: str) -> Status:
    """The status of one attempt."""
    if result.success_status == "passed":
        return PASSED
    if result.success_status == "failed":
        return FAILED
    if result.completion_status == "completed":
        return COMPLETED
    if state == "ended":
        return Status("ended", "Ended early", "dashed", "")
    return NOT_STARTED if result.completion_status == "not attempted" else UNDER_WAY


def score_text(score: Score) -> str:
    """“7 of 15 (46%)” where raw and max are known, else the percent, else nothing. The course and the play
    page write it in the same way (courseware/static/result.js, placeholders.js)."""
    percent = "" if score.scaled is None else f"{percent_of(score.scaled)}%"
    if counted := marks(score):
        told = "{} of {}".format(*counted)
        return f"{told} ({percent})" if percent else told
    return percent or ("" if score.raw is None else f"{score.raw:g}")


def marks(score: Score) -> tuple[int, int] | None:
    """How many were right, and of how many; a maximum of 100 counts percent."""
    raw, most = score.raw, score.max
    if raw is None or not most or most == 100 or raw != int(raw) or most != int(most):
        return None
    return int(raw), int(most)


def percent_of(scaled: float) -> int:
    """Rounded down, so that nobody reads a mark that was not reached."""
    return math.floor(scaled * 100 + 1e-9)
