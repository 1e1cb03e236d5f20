"""Problems of a journey itself: names that its course does not have, and steps out of order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from courseware.authored.journeys import (
    OF_PAGE,
    AnswerStep,
    Expected,
    ExpectStep,
    JourneyFile,
    LeaveStep,
    ReadOnStep,
    Step,
)
from courseware.errors import Place, Problem
from courseware.journeys.answers import Asked, Questions, answer_problem
from courseware.journeys.places import UnknownPlaceError, goal_named
from courseware.material import CourseSource
from courseware.questions.in_words import NotAnAnswerError
from courseware.rules.hints import did_you_mean
from courseware.yaml12.nodes import SourceText


def journey_problems(source: CourseSource, having: Iterable[CourseSource]) -> Iterator[Problem]:
    """Every problem of a course's journeys; `having` are its variants, in which they are played."""
    sources = {one.variant.name if one.variant else "": one for one in having}
    questions = {name: Questions(one) for name, one in sources.items()}
    for journey in source.journeys.values():
        yield from unknown_variants(source, journey)
        yield from out_of_order(journey)
        found: dict[Problem, list[str]] = {}
        played = [name for name in sources if is_played_in(journey, name)]
        for name in played:
            for problem in unknown_names(sources[name], journey, questions[name]):
                found.setdefault(problem, []).append(name)
        for problem, names in found.items():
            yield problem if len(names) == len(played) else in_variants(problem, names)


def is_played_in(journey: JourneyFile, variant: str) -> bool:
    return journey.variant is None or variant in journey.variant


def in_variants(problem: Problem, names: list[str]) -> Problem:
    """A journey without `variant:` is played in each."""
    listed = ", ".join(f"“{name}”" for name in names)
    hint = "name the variants that it is for: “variant: […]”"
    return Problem(problem.place, f"in the variant {listed}, {problem.message}", hint)


def unknown_variants(source: CourseSource, journey: JourneyFile) -> Iterator[Problem]:
    known = source.course.variants or {}
    for name in journey.variant or ():
        if name not in known:
            hint = did_you_mean(name, known) or "the course names none: leave “variant:” out"
            yield Problem(name.place, f"the course has no variant “{name}”", hint)


def out_of_order(journey: JourneyFile) -> Iterator[Problem]:
    """Nothing can be done, or seen on a page, while the course is closed."""
    is_open = False
    for step in journey.steps:
        if step == "open":
            is_open = True
        elif isinstance(step, ExpectStep):
            for key in step.expect.keys:
                if not is_open and key in OF_PAGE:
                    message = f"“{key}:” is seen while the course is open, and here it is closed"
                    yield Problem(step.expect.at(key), message, "write “- open” before it")
        elif not is_open:
            yield Problem(place_of(step), "the course is not open here", "write “- open” before it")
            return
        elif step == "close" or isinstance(step, LeaveStep):
            is_open = False


def place_of(step: Step) -> Place:
    return step.place


def unknown_names(
    source: CourseSource, journey: JourneyFile, asked: Mapping[str, Asked]
) -> Iterator[Problem]:
    for step in journey.steps:
        match step:
            case AnswerStep():
                yield from wrong_answers(step, asked)
            case ReadOnStep():
                yield from unknown_place(source, step.read_on_to)
            case LeaveStep():
                yield from unknown_place(source, step.leave_on)
            case ExpectStep():
                yield from unknown_expected(source, step.expect, asked)


def wrong_answers(step: AnswerStep, asked: Mapping[str, Asked]) -> Iterator[Problem]:
    if step.answer not in asked:
        yield unknown_question(step.answer, asked)
        return
    try:
        asked[step.answer].answer_in_words(step.with_)
    except NotAnAnswerError as error:
        yield answer_problem(error)


def unknown_question(name: SourceText, asked: Mapping[str, Asked]) -> Problem:
    return Problem(name.place, f"the course has no question “{name}”", did_you_mean(name, asked))


def unknown_place(source: CourseSource, words: SourceText) -> Iterator[Problem]:
    try:
        goal_named(source, words)
    except UnknownPlaceError as error:
        yield error.problem


def unknown_expected(
    source: CourseSource, expected: Expected, asked: Mapping[str, Asked]
) -> Iterator[Problem]:
    if expected.page:
        yield from unknown_place(source, expected.page)
    for name in (*(expected.answered or ()), *(expected.not_answered or ())):
        if name not in asked:
            yield unknown_question(name, asked)
    for name in expected.lessons_done or ():
        if name not in source.lessons:
            hint = did_you_mean(name, source.lessons)
            yield Problem(name.place, f"the course has no lesson “{name}”", hint)
