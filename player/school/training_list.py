"""The columns of a manager's list of training and of answers: each heading beside its value, for pages and
downloads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from player.records.tables import Membership
from player.records.training import TrainingRecord
from player.runtime import Score
from player.school.answers import Answer, Group
from player.school.history import ActivityHistory, AttemptHistory
from player.school.statuses import marks, percent_of, score_text, status_of_record

T = TypeVar("T")
Value = str | int | float | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """A column of a download; some stand `on_page` too, which shows `empty` where there is no value."""

    heading: str
    value: Callable[[T], Value]
    on_page: bool = False
    empty: str = ""


@dataclass(frozen=True, slots=True)
class TrainingLine:
    """A training record with the names of its person's teams."""

    record: TrainingRecord
    teams: Iterable[str] = ()

    @property
    def attempts(self) -> int:
        return self.record.registration.attempts if self.record.registration else 0

    @property
    def score(self) -> str:
        """“13 of 15 (86%)”."""
        return score_text(self.record.registration.result.score) if self.record.registration else ""

    @property
    def marks(self) -> str:
        """“13 of 15”; empty where only the percent is known."""
        score = self.record.registration.result.score if self.record.registration else Score()
        counted = marks(score)
        if counted:
            return "{} of {}".format(*counted)
        return score_text(score) if score.scaled is None else ""

    @property
    def percent(self) -> int | None:
        scaled = self.record.registration.result.score.scaled if self.record.registration else None
        return None if scaled is None else percent_of(scaled)

    @property
    def started(self) -> datetime | None:
        return self.record.registration.started if self.record.registration else None

    @property
    def completed(self) -> date | None:
        """The day on which it was completed last, also where that holds no longer."""
        here = self.record.registration.completed if self.record.registration else None
        if here is None and not (self.record.holds or self.record.is_required):
            return None
        done = self.record.done
        return here if done is None or (here and self.record.membership.school.day(here) == done) else done

    @property
    def due(self) -> date | None:
        return self.record.due if self.record.is_required else None

    @property
    def minutes(self) -> float | None:
        return round(self.record.registration.total_time / 60, 1) if self.record.registration else None


TRAINING: tuple[Column[TrainingLine], ...] = (
    Column("Name", lambda line: line.record.membership.name),
    Column("E-mail", lambda line: line.record.membership.email),
    Column("Staff id", lambda line: line.record.membership.staff_id),
    Column("Teams", lambda line: "; ".join(line.teams)),
    Column("Course", lambda line: line.record.course.title),
    Column("Status", lambda line: status_of_record(line.record).word),
    Column("Score", lambda line: line.marks),
    Column("Percent", lambda line: line.percent),
    Column("Times started", lambda line: line.attempts),
    Column("Started", lambda line: line.started),
    Column("Completed", lambda line: line.completed, on_page=True, empty="Not yet"),
    Column("Due", lambda line: line.due, on_page=True, empty="No date"),
    Column("Minutes", lambda line: line.minutes),
)
ON_PAGE: tuple[Column[TrainingLine], ...] = (
    Column("Score", lambda line: line.score, empty="None yet"),
    *(column for column in TRAINING if column.on_page),
)


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """An answer with all that it belongs to."""

    membership: Membership
    attempt: AttemptHistory
    activity: ActivityHistory
    group: Group
    answer: Answer


ANSWERS: tuple[Column[AnswerLine], ...] = (
    Column("Name", lambda line: line.membership.name),
    Column("E-mail", lambda line: line.membership.email),
    Column("Attempt", lambda line: line.group.number or line.attempt.first),
    Column("Part", lambda line: line.activity.activity.title),
    Column("Asked in", lambda line: line.group.title),
    Column("Question", lambda line: line.answer.question),
    Column("Answer", lambda line: line.answer.given),
    Column("Right answer", lambda line: line.answer.right),
    Column("Result", lambda line: line.answer.word),
    Column("Answered", lambda line: line.answer.at),
)


def answer_lines(membership: Membership, attempts: Iterable[AttemptHistory]) -> Iterator[AnswerLine]:
    """A line for each answer of a person in their attempts."""
    for attempt in attempts:
        for activity in attempt.activities:
            for group in activity.groups:
                for answer in group.answers:
                    yield AnswerLine(membership, attempt, activity, group, answer)
