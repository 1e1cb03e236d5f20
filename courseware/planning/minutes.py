"""The minutes of each part: those that its author gives, else a share of the course's."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import accumulate, pairwise

from msgspec.structs import replace

from courseware import blocks
from courseware.material import CourseSource
from courseware.questions import KINDS
from courseware.source import AssessmentSettings

MINUTES_A_QUESTION = Fraction(3, 5)
CITED = re.compile('<span class="cite">.*?</span>')
WORDS_A_CHECK = 90  # as many words as are read in the time of one check


def minutes_of_questions(source: CourseSource, asked: AssessmentSettings, number: int) -> int:
    """The author's minutes, else those that the lessons leave, else by the number of questions."""
    lessons = [lesson.minutes or 0 for lesson in source.lessons.values()]
    left = max(0, source.course.minutes - sum(lessons)) if all(lessons) else 0
    return asked.minutes or left or minutes_of(number)


def minutes_of(number: int) -> int:
    """The minutes that so many questions take."""
    return math.ceil(number * MINUTES_A_QUESTION)


def with_minutes(lessons: Sequence[blocks.Lesson], minutes: int) -> tuple[blocks.Lesson, ...]:
    """Lessons without minutes share those that the others leave, by the words and questions in them."""
    left = minutes - sum(lesson.minutes for lesson in lessons)
    parts = iter(shares(left, [_reading_weight(lesson) for lesson in lessons if not lesson.minutes]))
    return tuple(lesson if lesson.minutes else replace(lesson, minutes=next(parts)) for lesson in lessons)


def shares(whole: int, weights: Sequence[int]) -> list[int]:
    """Whole numbers from 1 up in these proportions; they add up to `whole` where it is large enough."""
    spare, total = max(0, whole - len(weights)), sum(weights)
    ends = [spare * end // total for end in accumulate(weights)]
    return [1 + end - start for start, end in pairwise((0, *ends))]


def _reading_weight(lesson: blocks.Lesson) -> int:
    shown = tuple(block for page in lesson.pages for block in page.blocks)
    checks = sum(1 for _ in blocks.checks_in(shown))
    return 1 + sum(len(CITED.sub("", text).split()) for text in _texts(shown)) + checks * WORDS_A_CHECK


def _texts(shown: Sequence[blocks.Block]) -> Iterator[str]:
    for block in shown:
        match block:
            case blocks.Check(question):
                parts = (*question.options, *question.targets)
                yield from (question.ask, *(part.html or part.text for part in parts))
                yield from KINDS[question.kind].texts(question)
            case blocks.ContentNote(html, covered):
                yield html
                yield from _texts(covered)
            case blocks.Steps(items):
                yield from items
            case _:
                yield _words(block)


def _words(
    block: blocks.Text
    | blocks.Duty
    | blocks.Callout
    | blocks.Details
    | blocks.Figure
    | blocks.ContactSlot
    | blocks.LegislationPointer
    | blocks.Commencement,
) -> str:
    match block:
        case blocks.Figure():
            return block.caption
        case blocks.ContactSlot():
            return block.label
        case blocks.LegislationPointer():
            return f"{block.title} {block.course}"
        case blocks.Commencement():
            return " ".join(f"{row.says} {row.name} {row.status}" for row in block.provisions)
        case _:
            return block.html
