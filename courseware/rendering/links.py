"""The targets of a course's links, and the words that a link shows."""

from __future__ import annotations

from typing import NamedTuple

from courseware.pages import Lesson, Pages, checks_in
from courseware.rendering.wording import counted


class Link(NamedTuple):
    """A link's target, with the minutes it takes in words, and the number of its lesson where that is
    shown."""

    anchor: str
    title: str = ""
    minutes: str = ""
    number: int = 0


def after(lesson: Lesson, position: int) -> Link:
    """The target of somebody who skips the rest of a page."""
    if position + 1 < len(lesson.pages):
        return Link(f"{lesson.id}.{position + 1}", lesson.pages[position + 1].title)
    return Link(f"{lesson.id}.end")


def number_of(pages: Pages, lesson: Lesson) -> int:
    """Its number in the course, from 1."""
    return next(n for n, one in enumerate(pages.course_lessons, 1) if one.id == lesson.id)


def neighbour(pages: Pages, lesson: Lesson, step: int) -> Link:
    """The screen before or after a lesson of this SCO."""
    words, asked = pages.words, pages.assessment
    at = pages.lessons.index(lesson) + step
    if at < 0:
        return Link("start.", words["course start"])
    if at < len(pages.lessons):
        return Link(pages.lessons[at].id, pages.lessons[at].title, about(pages, pages.lessons[at].minutes))
    if pages.sco:
        return Link("end.", words["part next"])
    if asked:
        return Link("assessment.", words["next questions"], about(pages, asked.minutes))
    return Link("end.", words["next end"])


def about(pages: Pages, minutes: int) -> str:
    return counted(pages.words, "about minutes", minutes) if minutes else ""


def place(pages: Pages, reread: tuple[str, int]) -> Link:
    """The page to read again, with its share of its lesson's minutes; no anchor where another SCO has it."""
    number, lesson = next((n, one) for n, one in enumerate(pages.course_lessons, 1) if one.id == reread[0])
    page = lesson.pages[reread[1]]
    share = max(1, round(lesson.minutes / len(lesson.pages)))
    anchor = f"{lesson.id}.{reread[1]}" if lesson in pages.lessons else ""
    return Link(anchor, page.title or lesson.title, about(pages, share), number)


def numbers(lesson: Lesson) -> dict[str, int]:
    """The checks of a lesson, numbered as they come."""
    asked = [question for page in lesson.pages for question in checks_in(page.blocks)]
    return {question.id: number for number, question in enumerate(asked, 1)}
