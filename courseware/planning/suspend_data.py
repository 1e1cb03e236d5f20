"""The longest suspend data that a course can produce (decision 2): an LMS cuts off what is longer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from courseware.assessment import ANY_OBJECTIVE
from courseware.blocks import Question
from courseware.pages import CoursePart, Pages
from courseware.questions import KINDS
from courseware.questions.packing import base36

JUDGE = "9zldr"  # the longest possible: 24 bits
PRE_TEST_PLACE = "pre-test_.zz"
SHORT_ID = 3  # characters, of which there are enough for all questions
MOST_SEEN = 300  # questions of earlier tries: `draw.js` remembers no more
MOST_TRIES = 300  # more often than anybody answers one question; two digits of the tally hold it


class LargestSuspendData(Struct, frozen=True):
    """The length of the longest string, and what could make it shorter."""

    characters: int
    longest_ids: tuple[str, ...]
    shortest: int  # characters, were each id as short as an id can be
    of_a_question: float  # characters, on the average


def largest(pages: Pages) -> LargestSuspendData:
    """The case in which every page was read and every question answered as long as it can be."""
    lessons = [lesson for part in pages.parts for lesson in part.lessons]
    places = [f"{lesson.id}.{base36(max(len(lesson.pages) - 1, 0))}" for lesson in lessons]
    ends = [f"{part.course}_.zz" for part in pages.optional]
    place = max([*places, *ends, "assessment.0", PRE_TEST_PLACE], key=len)
    fields = [
        field for part in pages.parts for field in ((part.course,) if part.is_optional else ()) + full(part)
    ]
    text = "~".join(["3" if pages.optional else "2", place, *fields])
    questions = [one for part in pages.parts for one in (*part.checks(), *part.final_questions)]
    named = [*(question.id for question in questions), *(lesson.id for lesson in lessons)]
    answers = [one for part in pages.parts for one in longest_answers(part)]
    return LargestSuspendData(
        characters=len(text),
        longest_ids=tuple(sorted({one.id for one in questions}, key=lambda one: (-len(one), one))[:3]),
        shortest=len(text) - sum(max(0, len(one) - SHORT_ID) for one in named),
        of_a_question=len("!".join(answers)) / max(1, len(answers)),
    )


def full(part: CoursePart) -> tuple[str, ...]:
    """The fields of a part, each as long as it can be: lessons, assessment, draw, spared, answers."""
    lessons = [f"{lesson.id}.{base36(2 ** len(lesson.pages) - 1)}.d" for lesson in part.lessons]
    asked, assessment, draw, tested = part.assessment, "", "", ""
    if asked:
        if asked.pre_test:
            tested = "." + "!".join(objective for objective, _ in asked.pre_test)
        assessment = f"{base36(MOST_TRIES)}.2.{base36(asked.number * 100)}.{JUDGE}"
        draw = f"{JUDGE}.{'xx' * (min(len(asked.questions), MOST_SEEN) if asked.draw else 0)}"
    return "!".join(lessons), assessment, draw, tested, "!".join(longest_answers(part))


def longest_answers(part: CoursePart) -> list[str]:
    """Those of all checks, and of the longest draw."""
    checks, asked = [answer(question) for question in part.checks()], part.assessment
    if asked is None:
        return checks
    groups = asked.draw or ((ANY_OBJECTIVE, len(asked.questions)),)
    final, pre_test = drawn(asked.questions, groups), drawn(asked.questions, asked.pre_test)
    return [*checks, *max(final, pre_test, key=lambda one: len("!".join(one)))]


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
