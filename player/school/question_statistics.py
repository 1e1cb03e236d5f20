"""The questions of a course of ours, judged by how people answered them the first time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from math import sqrt
from pathlib import Path
from typing import Any

from player.playing.version import Version
from player.records import reporting
from player.records.database import Transaction
from player.records.reporting import Activities
from player.records.versions import Versions
from player.runtime import Interaction, text_of
from player.school.answers import by_attempt, share_of
from player.school.questions import Question, Questions, questions_of
from player.school.report import interactions

SLICE = 100  # registrations whose answers are read at a time
ENOUGH = 30  # answers: with fewer, chance says more than people do
TOO_EASY, TOO_HARD, TELLS_LITTLE = 0.95, 0.25, 0.1


@dataclass
class Answers:
    """All first answers to one question: what each was worth, beside the rest of the same attempt."""

    credits: list[float] = field(default_factory=list)
    rests: list[float | None] = field(default_factory=list)
    chosen: Counter[str] = field(default_factory=Counter)


def question_statistics(
    tx: Transaction, versions: Versions, packages: Path, course: str, *, school: str | None = None
) -> list[dict[str, Any]]:
    """An entry for each question of the course's newest version that somebody has taken, in its order; those
    of an optional part come last."""
    entries = reporting.registrations(tx, course=course, school=school)
    if not entries:
        return []
    newest = versions.get(max(entry.version.id for entry in entries))
    asked = questions_of(packages, newest)
    collected = {question.id: Answers() for question in asked.values()}
    for at in range(0, len(entries), SLICE):
        some = entries[at : at + SLICE]
        attempts = reporting.attempts_of(tx, [entry.registration.id for entry in some])
        first = {registration: rows[-1].id for registration, rows in attempts.items() if rows}
        touched = reporting.activities_of(tx, first.values())
        for entry in some:
            if entry.registration.id in first:
                version = versions.get(entry.version.id)
                told = touched[first[entry.registration.id]]
                _collect(told, questions_of(packages, version), collected)
    return [_entry(question, collected[question.id], newest) for question in asked.values()]


def _collect(touched: Activities, asked: Questions, collected: Mapping[str, Answers]) -> None:
    reported = chain.from_iterable(interactions(states) for _, states in touched)
    for tries in _first_tries(list(reported), asked):
        worth = {question.id: share_of(one.result or "") for question, one in tries}
        for question, one in tries:
            if question.id not in collected:
                continue
            others = [credit for name, credit in worth.items() if name != question.id]
            answers = collected[question.id]
            answers.credits.append(worth[question.id])
            answers.rests.append(sum(others) / len(others) if others else None)
            said = question.words(text_of(one.learner_response or ""))
            answers.chosen.update(said.split("\n") if said else ())


def _first_tries(
    reported: Sequence[Interaction], asked: Questions
) -> Iterator[list[tuple[Question, Interaction]]]:
    """The first answer to each question of the lessons, and the first time that final questions were handed
    in; of the course, and of each optional part."""
    seen: set[tuple[str, bool]] = set()
    for (_, number), ones in by_attempt(reported, asked, 1).items():
        known = [(question, one) for one in ones if (question := asked.get(one.id))]
        if not known:
            continue
        question, _ = known[0]
        group = question.part, question.scored
        is_another = question.scored and not question.part and number != 1  # the pre-test, or another try
        if is_another or group in seen:
            continue
        seen.add(group)
        yield list({question.id: (question, one) for question, one in reversed(known)}.values())


def _entry(question: Question, answers: Answers, version: Version) -> dict[str, Any]:
    number = len(answers.credits)
    facility = sum(answers.credits) / number if number else None
    told = discrimination(answers.credits, answers.rests)
    return {
        "question": question.id,
        "text": question.text,
        "kind": question.kind,
        "place": question.place,
        "objective": question.objective,
        "scored": question.scored,
        "part": question.part,
        "version": version.number,
        "n": number,
        "facility": None if facility is None else round(facility, 3),
        "discrimination": None if told is None else round(told, 3),
        "options": _options(question, answers, number),
        "judged": _judged(number, facility, told),
    }


def _options(question: Question, answers: Answers, number: int) -> list[dict[str, Any]]:
    """Each option, or each other answer that was given, with its share of the people."""
    listed = () if question.targets else dict.fromkeys(question.options.values())
    words = dict.fromkeys([*(each.rstrip(".") for each in listed), *answers.chosen])
    right = {question.options[code].rstrip(".") for code in question.right if code in question.options}
    return [
        {
            "words": each,
            "right": each in right if not question.targets else None,
            "share": round(answers.chosen[each] / number, 3) if number else None,
        }
        for each in words
    ]


def discrimination(worth: Sequence[float], rests: Sequence[float | None]) -> float | None:
    """The correlation of an answer with the rest of its attempt: whether those who know more get it right.
    None where one of the two never varies."""
    pairs = [(credit, rest) for credit, rest in zip(worth, rests, strict=True) if rest is not None]
    if len(pairs) < 2:
        return None
    ours, others = zip(*pairs, strict=True)
    mean, mean_rest = sum(ours) / len(pairs), sum(others) / len(pairs)
    both = sum((one - mean) * (rest - mean_rest) for one, rest in pairs)
    spread = sqrt(sum((one - mean) ** 2 for one in ours) * sum((rest - mean_rest) ** 2 for rest in others))
    return both / spread if spread else None


def _judged(number: int, facility: float | None, told: float | None) -> str:
    """One sentence for the author; before enough people have answered it says only that."""
    if facility is None or number < ENOUGH:
        return f"too few answers to judge: {number} of {ENOUGH}"
    if facility >= TOO_EASY:
        return "nearly everybody gets it right: look at whether its wrong options tempt anybody"
    if told is not None and told < 0:
        return "those who know more get it wrong: look at whether the right answer is right"
    if facility <= TOO_HARD:
        return "hardly anybody gets it right: look at its words, and at what the lesson says"
    if told is not None and told < TELLS_LITTLE:
        return "it tells little about who knows more: look at its options"
    return "nothing to mend"
