"""The history of a registration for a manager: its attempts, their activities, each answer, and late
commits."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from player.playing.run_time_state import StateTexts
from player.playing.values import Commit
from player.playing.version import Version
from player.records import log, reporting
from player.records.database import Transaction
from player.records.play_tables import ActivityRow, AttemptRow, SessionRow
from player.records.reporting import Activities
from player.records.training import TrainingRecord
from player.records.versions import Versions
from player.school.answers import Answer, Group, grouped
from player.school.optional_parts import OptionalPart, optional_parts
from player.school.questions import NONE, PRE_TEST, Questions, questions_of
from player.school.report import interactions, objectives

MOST_SHOWN = 200  # calls of a late commit


@dataclass(frozen=True, slots=True)
class ActivityHistory:
    """An activity of an attempt, with its answers."""

    activity: ActivityRow
    groups: tuple[Group, ...]
    optional: tuple[OptionalPart, ...] = ()
    known: tuple[str, ...] = ()  # the objectives that were passed in a pre-test, which spares their lessons

    @property
    def answers(self) -> tuple[Answer, ...]:
        """All answers, in their order."""
        return tuple(answer for group in self.groups for answer in group.answers)


@dataclass(frozen=True, slots=True)
class HistoryNote:
    """A reason why the course went on as it did, or a part of a report that could not be kept."""

    at: datetime
    part: str
    sentence: str


@dataclass(frozen=True, slots=True)
class AttemptHistory:
    """An attempt as the standards count, with its activities. For people each time that final questions are
    handed in is an attempt: this one holds those from `first` to `last`."""

    attempt: AttemptRow
    activities: tuple[ActivityHistory, ...]
    first: int
    notes: tuple[HistoryNote, ...]

    @property
    def handed_in(self) -> tuple[Group, ...]:
        """The final questions, each time that they were handed in."""
        groups = (group for each in self.activities for group in each.groups if group.number is not None)
        return tuple(sorted(groups, key=lambda group: group.number or 0))

    @property
    def last(self) -> int:
        return max((group.number or 0 for group in self.handed_in), default=self.first)


@dataclass(frozen=True, slots=True)
class LateCommit:
    """A commit that came after a later session had committed: kept and shown, never counted."""

    received: datetime
    part: str
    calls: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class RegistrationHistory:
    """Everything that is known of a registration."""

    version: int
    attempts: tuple[AttemptHistory, ...]
    late: tuple[LateCommit, ...]
    sessions: int
    pass_mark: float | None = None  # how many of the final questions must be right, where that is known

    @property
    def attempts_made(self) -> int:
        """As people count them."""
        return self.attempts[0].last if self.attempts else 0


def history(
    tx: Transaction, versions: Versions, record: TrainingRecord, packages: Path | None = None
) -> RegistrationHistory | None:
    """The history of a record's registration, in the course's words where its files are at hand; None where
    there is no registration."""
    registration = record.registration
    if registration is None:
        return None
    version = versions.get(registration.version_id)
    titles = {item: part.title for item, part in version.tree.activities.items()}
    sessions = reporting.sessions(tx, registration.id)
    asked = questions_of(packages, version) if packages else NONE
    noted = log.notes(tx.connection(), registration.id)
    rows = reporting.attempts(tx, registration.id)
    touched = reporting.activities_of(tx, [row.id for row in rows])
    notes = {row.id: _notes(noted, row, sessions, titles) for row in rows}
    return RegistrationHistory(
        version.number,
        _attempts(version, asked, rows, touched, notes),
        _late(tx, registration.id, sessions, titles),
        len(sessions),
        asked.pass_mark,
    )


def answered(
    tx: Transaction, versions: Versions, records: Iterable[TrainingRecord], packages: Path
) -> Iterator[tuple[TrainingRecord, tuple[AttemptHistory, ...]]]:
    """The attempts of each of these records with their answers alone: five queries for many records."""
    begun = [(record, record.registration) for record in records if record.registration is not None]
    rows = reporting.attempts_of(tx, [registration.id for _, registration in begun])
    touched = reporting.activities_of(tx, [row.id for of_one in rows.values() for row in of_one])
    for record, registration in begun:
        version = versions.get(registration.version_id)
        asked = questions_of(packages, version)
        yield record, _attempts(version, asked, rows[registration.id], touched, {})


def _attempts(
    version: Version,
    asked: Questions,
    rows: Sequence[AttemptRow],
    touched: Mapping[str, Activities],
    notes: Mapping[str, tuple[HistoryNote, ...]],
) -> tuple[AttemptHistory, ...]:
    """The attempts of a registration, the latest first."""
    attempts: list[AttemptHistory] = []
    for row in reversed(rows):
        first = attempts[-1].last + 1 if attempts else 1
        attempts.append(_attempt(row, version, asked, touched[row.id], notes.get(row.id, ()), first))
    return tuple(reversed(attempts))


def _notes(
    noted: Sequence[log.Note], attempt: AttemptRow, sessions: list[SessionRow], titles: dict[str, str]
) -> tuple[HistoryNote, ...]:
    parts = {
        session.id: titles.get(session.item or "", "")
        for session in sessions
        if session.attempt_id == attempt.id
    }
    return tuple(
        HistoryNote(note.at, parts[note.session], sentence)
        for note in noted
        if note.session in parts
        for sentence in note.sentences
    )


def _attempt(
    attempt: AttemptRow,
    version: Version,
    asked: Questions,
    touched: Activities,
    notes: tuple[HistoryNote, ...],
    first: int,
) -> AttemptHistory:
    order = {item: at for at, item in enumerate(version.tree.activities)}
    parts = version.parts
    return AttemptHistory(
        attempt,
        tuple(
            ActivityHistory(
                activity,
                grouped(interactions(states), asked, first),
                optional_parts(parts, objectives(states)) if any(part.result for part in parts) else (),
                _known(states, asked),
            )
            for activity, states in sorted(touched, key=lambda pair: order.get(pair[0].item, len(order)))
        ),
        first,
        notes,
    )


def _known(states: list[StateTexts], asked: Questions) -> tuple[str, ...]:
    passed = (one.id for one in objectives(states) if one.success_status == "passed")
    return tuple(
        asked.objectives.get(name, name)
        for name in (id_.removeprefix(PRE_TEST) for id_ in passed if id_.startswith(PRE_TEST))
    )


def _late(
    tx: Transaction, registration: str, sessions: list[SessionRow], titles: dict[str, str]
) -> tuple[LateCommit, ...]:
    parts = {session.id: titles.get(session.item or "", "") for session in sessions}
    return tuple(
        _late_commit(commit, parts.get(commit.session, ""))
        for commit in log.superseded(tx.connection(), registration)
    )


def _late_commit(commit: Commit, part: str) -> LateCommit:
    calls = json.loads(commit.calls)
    return LateCommit(commit.received, part, tuple(map(_call, calls[:MOST_SHOWN])), len(calls))


def _call(call: list[object]) -> str:
    _, function, *arguments = call
    listed = " = ".join(str(argument)[:200] for argument in arguments if argument != "")
    return f"{function} {listed}".strip()
