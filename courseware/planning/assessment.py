"""The final questions and the pre-test: what is asked, how much of it, and what passes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from functools import partial

from courseware import markdown
from courseware.assessment import ANY_OBJECTIVE, Assessment
from courseware.material import CourseSource
from courseware.planning.minutes import minutes_of, minutes_of_questions
from courseware.planning.questions import plan_question
from courseware.questions.kind import Pictures, Writing
from courseware.source import AssessmentSettings

FEWEST_TESTED = 3  # questions about an objective: who guesses knows one answer, or two


def plan_assessment(source: CourseSource, pictures: Pictures) -> Assessment | None:
    """Passing is decided by whole numbers: the smallest number of right answers that is at least the
    percentage."""
    asked = source.course.assessment
    if asked is None:
        return None
    writing = Writing(
        partial(markdown.html, cite=markdown.no_citation),
        partial(markdown.inline, cite=markdown.no_citation),
        source.words,
        pictures,
    )
    questions = tuple(
        plan_question(
            str(name),
            str(question.ask),
            question,
            writing,
            objective=str(question.about or ""),
            folder=source.folder,
            reread=_reread(source, question.reread, question.about),
        )
        for name, question in source.banks[asked.from_].questions.items()
    )
    draw = tuple((str(name), number) for name, number in (asked.draw or {}).items())
    if asked.questions and asked.questions < len(questions):
        draw = ((ANY_OBJECTIVE, asked.questions),)
    number, tested = sum(number for _, number in draw) or len(questions), pre_test(source, asked)
    return Assessment(
        questions=questions,
        pass_raw=fewest_right(Fraction(asked.pass_.value), number),
        pass_percent=asked.pass_.text,
        tries=asked.tries,
        minutes=minutes_of_questions(source, asked, number),
        draw=draw,
        shuffled=asked.shuffle,
        pre_test=tuple(tested.items()),
        pre_test_minutes=minutes_of(sum(tested.values())),
    )


def fewest_right(percent: Fraction, total: int) -> int:
    """The smallest whole number that is at least `percent` of `total`, computed exactly."""
    return math.ceil(percent * total / 100)


def _reread(source: CourseSource, named: str | None, objective: str | None) -> tuple[str, int] | None:
    """The page that the author names, else the first lesson that teaches the question's objective."""
    if named:
        return source.places(named)[0]
    teaching = (name for name, one in source.lessons.items() if objective and one.teaches == objective)
    return next(((str(name), 0) for name in teaching), None)


def pre_test(source: CourseSource, asked: AssessmentSettings) -> dict[str, int]:
    """The number of questions about each objective in the pre-test: the author's numbers, or for `yes` as
    many as are drawn, three at least, about each objective that a lesson teaches."""
    if isinstance(asked.pre_test, Mapping):
        return {str(name): number for name, number in asked.pre_test.items()}
    if not asked.pre_test:
        return {}
    in_bank = Counter(question.about for question in source.banks[asked.from_].questions.values())
    taught = {lesson.teaches for lesson in source.lessons.values()}
    wanted = {name: max(FEWEST_TESTED, (asked.draw or {}).get(name, 0)) for name in source.course.objectives}
    return {
        str(name): min(number, in_bank[name])
        for name, number in wanted.items()
        if name in taught and in_bank[name]
    }
