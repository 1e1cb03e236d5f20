"""What a journey expects, held against what the screen and the LMS show."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from courseware.authored.journeys import Expected
from courseware.errors import Problem
from courseware.journeys.learner import Learner
from courseware.journeys.lms import Record
from courseware.journeys.places import BEFORE_QUESTIONS, QUESTIONS, Goal, goal_named, screens_of
from courseware.journeys.screen import Seen
from courseware.material import CourseSource
from courseware.questions.in_words import normal
from courseware.yaml12.nodes import excerpt

ROUNDING = Decimal("0.005")  # of a percent; SCORM 1.2 gets two digits of it
Unmet = Iterator[str]


def unmet(expected: Expected, learner: Learner | None, record: Record) -> Iterator[Problem]:
    """A problem for each key that does not hold, in the author's order."""
    for key in expected.keys:
        if key in OF_RECORD:
            found = OF_RECORD[key](expected, record)
        elif learner is not None:
            found = OF_SCREEN[key](expected, learner)
        else:
            found = iter(["the course is closed"])
        for message in found:
            yield Problem(expected.at(key), message)


def page(expected: Expected, learner: Learner) -> Unmet:
    assert expected.page is not None  # noqa: S101 - its key is written
    goal, seen = goal_named(learner.source, expected.page), learner.screen.sees()
    if not is_there(goal, seen):
        yield f"the page is “{title_of(learner.source, seen)}”, and “{expected.page}” was expected"


def is_there(goal: Goal, seen: Seen) -> bool:
    if goal.screen == BEFORE_QUESTIONS:
        return seen.screen in (BEFORE_QUESTIONS, QUESTIONS)
    return goal.screen == seen.screen and (goal.page is None or goal.page in seen.pages)


def title_of(source: CourseSource, seen: Seen) -> str:
    """The page as a journey would name it."""
    if seen.screen in source.lessons:
        titles = source.lessons[seen.screen].titles
        return titles[seen.pages[0]] or seen.screen
    names = {screen: words for words, screen in screens_of(source).items()}
    return {**names, QUESTIONS: "final questions"}.get(seen.screen, seen.screen.rstrip("."))


def shows(expected: Expected, learner: Learner) -> Unmet:
    words = learner.screen.words()
    for one in expected.shows or ():
        if normal(one) not in normal(words):
            yield f"the screen does not show “{one.excerpt}”; it begins with “{excerpt(words)}”"


def does_not_show(expected: Expected, learner: Learner) -> Unmet:
    words = normal(learner.screen.words())
    for one in expected.does_not_show or ():
        if normal(one) in words:
            yield f"the screen shows “{one.excerpt}”, which was expected not to be there"


def answered(expected: Expected, learner: Learner) -> Unmet:
    for name in expected.answered or ():
        if not learner.has_answered(name):
            yield f"“{name}” is not answered"


def not_answered(expected: Expected, learner: Learner) -> Unmet:
    for name in expected.not_answered or ():
        if learner.has_answered(name):
            yield f"“{name}” is answered, and was expected not to be"


def status(expected: Expected, record: Record) -> Unmet:
    if record.status != expected.status:
        yield f"the LMS has the status “{record.status}”, and “{expected.status}” was expected"


def passed(expected: Expected, record: Record) -> Unmet:
    if record.passed != expected.passed:
        there, wanted = ("passed", "not passed") if record.passed else ("not passed", "passed")
        yield f"the LMS has the course as {there}, and {wanted} was expected"


def score(expected: Expected, record: Record) -> Unmet:
    assert expected.score is not None  # noqa: S101 - its key is written
    if record.score is None:
        yield f"the LMS has no score, and {expected.score.text}% was expected"
    elif abs(Decimal(record.score) - expected.score.value) > ROUNDING:
        yield f"the LMS has the score {record.score:.4g}%, and {expected.score.text}% was expected"


def lessons_done(expected: Expected, record: Record) -> Unmet:
    for name in expected.lessons_done or ():
        if name not in record.done:
            yield f"the LMS does not have the lesson “{name}” as done"


OF_SCREEN: Mapping[str, Callable[[Expected, Learner], Unmet]] = {
    "page": page,
    "shows": shows,
    "does not show": does_not_show,
    "answered": answered,
    "not answered": not_answered,
}
OF_RECORD: Mapping[str, Callable[[Expected, Record], Unmet]] = {
    "status": status,
    "passed": passed,
    "score": score,
    "lessons done": lessons_done,
}
