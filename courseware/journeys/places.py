"""The places that a journey names: pages and lessons, and the screens that every course has."""

from __future__ import annotations

from msgspec import Struct

from courseware.errors import Problem
from courseware.material import CourseSource
from courseware.rules.hints import did_you_mean
from courseware.yaml12.nodes import SourceText

START, QUESTIONS, END = "start.", "questions.", "end."
BEFORE_QUESTIONS, RESULT, PRE_TEST = "assessment.", "results.", "pre-test."


class Goal(Struct, frozen=True):
    """A screen of the course, and a page of it where it is a lesson that has several."""

    screen: str
    page: int | None = None


class UnknownPlaceError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def screens_of(source: CourseSource) -> dict[str, str]:
    """The screens that are no lessons, by the words of a journey."""
    asked = source.course.assessment
    if asked is None:
        return {"start": START, "end": END}
    pre_test = {"pre-test": PRE_TEST} if asked.pre_test else {}
    return {"start": START, **pre_test, "final questions": BEFORE_QUESTIONS, "result": RESULT}


def goal_named(source: CourseSource, words: SourceText) -> Goal:
    """The page of that title, the lesson of that name or the screen; raises UnknownPlaceError."""
    places = source.places(words)
    if len(places) == 1:
        (lesson, page), is_lesson = places[0], words in source.lessons
        return Goal(lesson, None if is_lesson else page)
    screens = screens_of(source)
    if not places and words in screens:
        return Goal(screens[words])
    if places:
        lessons = " and ".join(f"“{lesson}”" for lesson, _ in places)
        hint = f"name the lesson: it is in {lessons}"
        raise UnknownPlaceError(Problem(words.place, f"several pages are called “{words.excerpt}”", hint))
    titles = [title for one in source.lessons.values() for title in one.titles if title]
    close = did_you_mean(words, [*titles, *source.lessons, *screens])
    hint = (
        close
        if close.startswith("did")
        else "name a page by its title, a lesson by its name, or "
        + (" or ".join(f"“{word}”" for word in screens))
    )
    raise UnknownPlaceError(Problem(words.place, f"the course has no page “{words.excerpt}”", hint))
