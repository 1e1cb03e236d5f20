"""The answers of a registration in the course's words: each question, what was given and what is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from player.runtime import Interaction, text_of
from player.school.questions import PRE_TEST, Questions
from player.school.whole_answers import whole_answers

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


def grouped(reported: Sequence[Interaction], asked: Questions, first: int) -> tuple[Group, ...]:
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
    counting = {"": Counting(first)}
    for interaction in whole_answers(reported, asked):
        question = asked.get(interaction.id)
        part = question.part if question else ""
        key: tuple[str, int | None] = ("Questions in the lessons" if question else "", None)
        if question and interaction.id.startswith(PRE_TEST):
            key = ("Pre-test", None)
        elif question and question.scored:
            number = question.of or asked.number or len(asked.values())
            attempt = counting.setdefault(part, Counting(1)).attempt_of(interaction.id, question.id, number)
            key = (
                (f"Optional part, {part}: attempt {attempt}", None) if part else ("Final questions", attempt)
            )
        elif part:
            key = (f"Optional part, {part}: questions in the lessons", None)
        groups.setdefault(key, []).append(interaction)
    return groups


@dataclass(slots=True)
class Counting:
    """The attempts at final questions, which begin anew when one comes again, or when enough were asked."""

    attempt: int
    handed_in: set[str] = field(default_factory=set)
    questions: set[str] = field(default_factory=set)

    def attempt_of(self, interaction: str, question: str, number: int) -> int:
        """The attempt to which an answer belongs, of which each asks so many questions."""
        is_next = question not in self.questions and len(self.questions) >= number
        if interaction in self.handed_in or (self.handed_in and is_next):
            self.attempt, self.handed_in, self.questions = self.attempt + 1, set(), set()
        self.handed_in.add(interaction)
        self.questions.add(question)
        return self.attempt


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
