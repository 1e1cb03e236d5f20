"""The history of a registration for a manager: its attempts, their activities, each answer, and late
commits."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from player.playing.values import Commit
from player.records import log, reporting
from player.records.database import Transaction
from player.records.play_tables import ActivityRow, AttemptRow, SessionRow
from player.records.training import TrainingRecord
from player.records.versions import Versions
from player.runtime import Interaction, text_of
from player.school.questions import NONE, PRE_TEST, Questions, questions_of
from player.school.report import interactions, objectives
from player.school.whole_answers import whole_answers

MOST_SHOWN = 200  # calls of a late commit
RESULTS = {
    "correct": ("Right", "disc", "good"),
    "incorrect": ("Not right", "return", "heed"),
    "wrong": ("Not right", "return", "heed"),
    "unanticipated": ("Not foreseen", "return", "heed"),
    "neutral": ("Not judged", "ring", ""),
}
BOOLEANS = {"t": "True", "true": "True", "1": "True", "f": "False", "false": "False", "0": "False"}


@dataclass(frozen=True, slots=True)
class Answer:
    """A question, its answer and the right answer; `at` is the SCO's own text where it is not a full time."""

    question: str
    given: str
    right: str
    word: str
    glyph: str
    tone: str
    latency: float | None
    at: datetime | str | None
    credit: float = 0  # from 0 to 1: a part of the answer may count
    must: bool = False  # nobody passes without it
    objective: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Answers that belong together: those to the questions in the lessons, or those to the final ones as they
    were handed in once; `number` is that attempt's."""

    title: str
    answers: tuple[Answer, ...]
    number: int | None = None

    @property
    def right(self) -> int:
        return sum(answer.tone == "good" for answer in self.answers)

    @property
    def points(self) -> float:
        """The right answers, and the parts of others that count."""
        return sum(answer.credit for answer in self.answers)

    @property
    def missed_must(self) -> bool:
        """True where something was missed without which nobody passes."""
        return any(answer.must and answer.credit < 1 for answer in self.answers)

    @property
    def missed_objectives(self) -> tuple[str, ...]:
        """The objectives of what was not right, each once."""
        missed = (answer.objective for answer in self.answers if answer.credit < 1 and answer.objective)
        return tuple(dict.fromkeys(missed)) if self.number is not None else ()


@dataclass(frozen=True, slots=True)
class ActivityHistory:
    """An activity of an attempt, with its answers."""

    activity: ActivityRow
    groups: tuple[Group, ...]
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
    order = {item: at for at, item in enumerate(version.tree.activities)}
    titles = {item: part.title for item, part in version.tree.activities.items()}
    sessions = reporting.sessions(tx, registration.id)
    asked = questions_of(packages, version) if packages else NONE
    noted = log.notes(tx.connection(), registration.id)
    attempts: list[AttemptHistory] = []
    for row in reversed(reporting.attempts(tx, registration.id)):
        notes = _notes(noted, row, sessions, titles)
        attempts.append(_attempt(tx, row, order, asked, notes, attempts[-1].last + 1 if attempts else 1))
    return RegistrationHistory(
        version.number,
        tuple(reversed(attempts)),
        _late(tx, registration.id, sessions, titles),
        len(sessions),
        asked.pass_mark,
    )


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
    tx: Transaction,
    attempt: AttemptRow,
    order: dict[str, int],
    asked: Questions,
    notes: tuple[HistoryNote, ...],
    first: int,
) -> AttemptHistory:
    touched = sorted(
        reporting.activities(tx, attempt.id), key=lambda pair: order.get(pair[0].item, len(order))
    )
    return AttemptHistory(
        attempt,
        tuple(
            ActivityHistory(activity, _grouped(interactions(values), asked, first), _known(values, asked))
            for activity, values in touched
        ),
        first,
        notes,
    )


def _known(values: list[str], asked: Questions) -> tuple[str, ...]:
    passed = (one.id for one in objectives(values) if one.success_status == "passed")
    return tuple(
        asked.objectives.get(name, name)
        for name in (id_.removeprefix(PRE_TEST) for id_ in passed if id_.startswith(PRE_TEST))
    )


def _grouped(reported: Sequence[Interaction], asked: Questions, first: int) -> tuple[Group, ...]:
    """The answers by lessons and attempts, where the course is ours; else in one group without a title."""
    return tuple(
        Group(title, tuple(_answer(one, asked) for one in ones), number)
        for (title, number), ones in by_attempt(reported, asked, first).items()
    )


def by_attempt(
    reported: Sequence[Interaction], asked: Questions, first: int
) -> dict[tuple[str, int | None], list[Interaction]]:
    """What was reported by title and, of final questions, the attempt; the first of these has that number."""
    groups: dict[tuple[str, int | None], list[Interaction]] = {}
    attempt, handed_in = first, set[str]()
    for interaction in whole_answers(reported, asked):
        question = asked.get(interaction.id)
        key: tuple[str, int | None] = ("Questions in the lessons" if question else "", None)
        if question and interaction.id.startswith(PRE_TEST):
            key = ("Pre-test", None)
        elif question and question.scored:
            if interaction.id in handed_in or (handed_in and _is_next(question.id, handed_in, asked)):
                attempt, handed_in = attempt + 1, set()
            handed_in.add(interaction.id)
            key = ("Final questions", attempt)
        groups.setdefault(key, []).append(interaction)
    return groups


def _is_next(question: str, handed_in: set[str], asked: Questions) -> bool:
    """Whether a question begins another try: as many as are asked in one have been handed in."""
    known = {found.id for each in handed_in if (found := asked.get(each))}
    return question not in known and len(known) >= (asked.number or len(asked.values()))


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


def _answer(interaction: Interaction, asked: Questions) -> Answer:
    kind, result = interaction.type or "", interaction.result or ""
    word, glyph, tone = RESULTS.get(result, (_figure(result) or "Not judged", "ring", ""))
    ours = asked.get(interaction.id)
    question = interaction.description
    response = interaction.learner_response

    def in_words(pattern: str) -> str:
        return (ours.words(text_of(pattern)) if ours else "") or readable(pattern, kind)

    return Answer(
        question=ours.text if ours else text_of(question) if question else readable(interaction.id, ""),
        given="" if response is None else in_words(response),
        right=" or ".join(map(in_words, interaction.correct_responses)),
        word=word,
        glyph=glyph,
        tone=tone,
        latency=interaction.latency,
        at=_moment(interaction.timestamp),
        credit=share_of(result),
        must=bool(ours and ours.must),
        objective=asked.objectives.get(ours.objective, "") if ours else "",
    )


def share_of(result: str) -> float:
    """What an answer is worth, from 0 to 1: a part of it may count (RTE 4.2.9)."""
    if result in RESULTS:
        return float(RESULTS[result][2] == "good")
    try:
        return min(1.0, max(0.0, float(result)))
    except ValueError:
        return 0.0


def _figure(result: str) -> str:
    """A result that is a number, of up to forty digits, as people read one."""
    try:
        return f"{float(result):.7g}"
    except ValueError:
        return result


def readable(response: str, kind: str) -> str:
    """A response without the standards' delimiters: `a[.]1[,]b[.]2` is “a: 1, b: 2”."""
    text = text_of(response)
    if kind == "true-false":
        return BOOLEANS.get(text.lower(), text)
    if kind == "numeric":
        low, mark, high = text.partition("[:]")
        return f"{low or 'any'} to {high or 'any'}" if mark and low != high else low
    if kind in ("choice", "sequencing") and "[,]" not in text:
        text = text.strip("{}").replace(",", "[,]")
    parts = (text_of(part).replace("[.]", ": ") for part in text.split("[,]"))
    return ", ".join(parts).replace("_", " ")


def _moment(timestamp: str | None) -> datetime | str | None:
    """The time of an answer in UTC; its text where that has no day (SCORM 1.2) or no zone (2004 may leave it
    out)."""
    try:
        moment = datetime.fromisoformat(timestamp or "")
    except ValueError:
        return timestamp
    return moment.astimezone(UTC) if moment.tzinfo else timestamp
