"""A pre-test: the bank has its questions, a lesson may be spared by each objective, and nobody passes by
guessing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from courseware.errors import Problem
from courseware.material import CourseSource
from courseware.planning.assessment import FEWEST_TESTED
from courseware.rules.hints import did_you_mean
from courseware.yaml12.nodes import SourceText


def pre_test_can_be_made(source: CourseSource) -> Iterator[Problem]:
    asked, bank = source.course.assessment, source.final_bank
    is_whole = source.is_whole("lessons") and source.is_whole("quizzes")
    if asked is None or bank is None or not asked.pre_test or not is_whole:
        return
    about = Counter(str(question.about) for question in bank.questions.values() if question.about)
    taught = frozenset(str(lesson.teaches) for lesson in source.lessons.values() if lesson.teaches)
    if isinstance(asked.pre_test, Mapping):
        for name, number in asked.pre_test.items():
            yield from _of_objective(source, name, number, about[name], name in taught)
        return
    if not taught.intersection(about):
        hint = "write “teaches:” in lessons, and “about:” in questions of the bank"
        yield Problem(asked.at("pre-test"), "this pre-test can spare no lesson", hint)
    for name in source.course.objectives:
        if name in taught and 0 < about[name] < FEWEST_TESTED:
            yield _easily_guessed(name, about[name])


def _of_objective(
    source: CourseSource, name: SourceText, number: int, in_bank: int, is_taught: bool
) -> Iterator[Problem]:
    if name not in source.course.objectives:
        hint = did_you_mean(name, source.course.objectives)
        yield Problem(name.place, f"the course has no objective “{name}”", hint)
    elif not is_taught:
        message = f"no lesson teaches “{name}”, so that the pre-test can spare none"
        yield Problem(name.place, message, f"write “teaches: {name}” in the lesson that does")
    elif number > in_bank:
        message = f"the pre-test asks {number} questions about “{name}”, and the bank has {in_bank}"
        yield Problem(name.place, message, "write more, or ask fewer")
    elif number < FEWEST_TESTED:
        yield _easily_guessed(name, number)


def _easily_guessed(name: SourceText, number: int) -> Problem:
    some = "one question" if number == 1 else f"{number} questions"
    message = f"the pre-test has {some} about “{name}”, which somebody may guess"
    return Problem(name.place, message, f"let it have at least {FEWEST_TESTED}", "warning")
