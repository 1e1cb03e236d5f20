"""The longest suspend data that a course can produce (decision 2): an LMS cuts off what is longer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from courseware.assessment import ANY_OBJECTIVE
from courseware.pages import Pages, Question
from courseware.questions import KINDS
from courseware.questions.packing import base36

JUDGE = "9zldr"  # the longest possible: 24 bits
PRE_TEST_PLACE = "pre-test_.zz"
SHORT_ID = 3  # characters, of which there are enough for all questions
MOST_SEEN = 300  # questions of earlier tries: `draw.js` remembers no more
MOST_TRIES = 300  # more often than anybody answers one question; two digits of the tally hold it


@dataclass(frozen=True, slots=True)
class LargestSuspendData:
    """The length of the longest string, and what could make it shorter."""

    characters: int
    longest_ids: tuple[str, ...]
    shortest: int  # characters, were each id as short as an id can be
    of_a_question: float  # characters, on the average


def largest(pages: Pages) -> LargestSuspendData:
    """The case in which every page was read and every question answered as long as it can be."""
    lessons = [f"{lesson.id}.{base36(2 ** len(lesson.pages) - 1)}.d" for lesson in pages.lessons]
    places = [f"{lesson.id}.{base36(max(len(lesson.pages) - 1, 0))}" for lesson in pages.lessons]
    checks = [answer(question) for question in pages.checks()]
    asked = pages.assessment.questions if pages.assessment else ()
    answers, assessment, draw, tested = checks, "", "", ""
    if pages.assessment:
        groups = pages.assessment.draw or ((ANY_OBJECTIVE, len(asked)),)
        final, pre_test = drawn(asked, groups), drawn(asked, pages.assessment.pre_test)
        answers = [*checks, *max(final, pre_test, key=lambda one: len("!".join(one)))]
        if pages.assessment.pre_test:
            tested = "." + "!".join(objective for objective, _ in pages.assessment.pre_test)
        assessment = f"{base36(MOST_TRIES)}.2.{base36(pages.assessment.number * 100)}.{JUDGE}"
        draw = f"{JUDGE}.{'xx' * (min(len(asked), MOST_SEEN) if pages.assessment.draw else 0)}"
    place = max([*places, "assessment.0", PRE_TEST_PLACE], key=len)
    text = "~".join(["2", place, "!".join(lessons), assessment, draw, tested, "!".join(answers)])
    questions = [*pages.checks(), *asked]
    named = [*(question.id for question in questions), *(lesson.id for lesson in pages.lessons)]
    return LargestSuspendData(
        characters=len(text),
        longest_ids=tuple(sorted({one.id for one in questions}, key=lambda one: (-len(one), one))[:3]),
        shortest=len(text) - sum(max(0, len(one) - SHORT_ID) for one in named),
        of_a_question=len("!".join(answers)) / max(1, len(answers)),
    )


def drawn(questions: Sequence[Question], groups: Iterable[tuple[str, int]]) -> list[str]:
    """The longest answers that a draw of so many of each objective can have."""
    return [
        text
        for objective, number in groups
        for text in sorted(
            ("*" + answer(one) for one in questions if objective in (ANY_OBJECTIVE, one.objective)),
            key=len,
            reverse=True,
        )[:number]
    ]


def answer(question: Question) -> str:
    given = KINDS[question.kind].longest_answer(question)
    return f"{question.id}.{question.fingerprint}.{given}.{base36(MOST_TRIES * 4 + 3)}"
