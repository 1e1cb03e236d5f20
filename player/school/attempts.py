"""The attempts of one registration as its learner reads them: each time that final questions were handed in
is one, with its own result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from player.runtime import Score
from player.school.answers import Group
from player.school.history import AttemptHistory, RegistrationHistory
from player.school.statuses import FAILED, PASSED, Status, score_text, status_of_attempt


@dataclass(frozen=True, slots=True)
class ListedAttempt:
    """`handed_in` is when the final questions were, where there are any that were."""

    number: int
    started: datetime
    ended: datetime | None
    handed_in: datetime | None
    status: Status
    score: str


def listed(history: RegistrationHistory) -> list[ListedAttempt]:
    """The latest first."""
    found: list[ListedAttempt] = []
    for attempt in history.attempts:
        found.extend(reversed(tuple(_listed(attempt, history.pass_mark))))
    return found


def _listed(told: AttemptHistory, pass_mark: float | None) -> Iterator[ListedAttempt]:
    attempt, groups = told.attempt, told.handed_in
    if not groups:
        status, score = status_of_attempt(attempt.result, attempt.state), score_text(attempt.result.score)
        yield ListedAttempt(told.first, attempt.started, attempt.ended, None, status, score)
    for group in groups:
        passed = attempt.result.success_status == "passed"
        if pass_mark:
            passed = group.points >= pass_mark - 1e-9 and not group.missed_must
        status = PASSED if passed else FAILED
        number = group.number or told.first
        yield ListedAttempt(number, attempt.started, attempt.ended, _handed_in(group), status, _score(group))


def _score(group: Group) -> str:
    most = len(group.answers)
    points = round(group.points, 2)
    return score_text(Score(scaled=points / most, raw=points, min=0, max=most))


def _handed_in(group: Group) -> datetime | None:
    """The last answer's time, where the course told a whole one."""
    return max((each.at for each in group.answers if isinstance(each.at, datetime)), default=None)
