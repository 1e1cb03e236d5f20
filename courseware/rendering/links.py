"""The targets of a course's links, and the words that a link shows."""

from __future__ import annotations

from typing import NamedTuple

from courseware.blocks import Lesson, checks_in
from courseware.pages import CoursePart
from courseware.questions import KINDS
from courseware.rendering.wording import lasting


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


def number_of(part: CoursePart, lesson: Lesson) -> int:
    """Its number in its part of the course, from 1."""
    return next(n for n, one in enumerate(part.course_lessons, 1) if one.id == lesson.id)


def neighbour(part: CoursePart, lesson: Lesson, step: int) -> Link:
    """The screen before or after a lesson of this SCO."""
    words, asked = part.words, part.assessment
    at = part.lessons.index(lesson) + step
    if at < 0:
        return Link("start.", words["course start"])
    if at < len(part.lessons):
        return Link(part.lessons[at].id, part.lessons[at].title, about(part, part.lessons[at].minutes))
    if asked:
        return Link(f"{part.prefix}assessment.", words["next questions"], about(part, asked.minutes))
    if part.sco:
        return Link("end.", words["part next"])
    return Link(f"{part.prefix}end.", words["next end optional" if part.is_optional else "next end"])


def about(pages: CoursePart, minutes: int) -> str:
    return lasting(pages.words, "about minutes", minutes) if minutes else ""


def place(pages: CoursePart, reread: tuple[str, int]) -> Link:
    """The page to read again, with its share of its lesson's minutes; no anchor where another SCO has it."""
    number, lesson = next((n, one) for n, one in enumerate(pages.course_lessons, 1) if one.id == reread[0])
    page = lesson.pages[reread[1]]
    share = max(1, round(lesson.minutes / len(lesson.pages)))
    anchor = f"{lesson.id}.{reread[1]}" if lesson in pages.lessons else ""
    return Link(anchor, page.title or lesson.title, about(pages, share), number)


def numbers(lesson: Lesson) -> dict[str, int]:
    """The checks of a lesson, numbered as they come; scenarios have no number."""
    checks = (question for page in lesson.pages for question in checks_in(page.blocks))
    asked = [question for question in checks if not KINDS[question.kind].label]
    return {question.id: number for number, question in enumerate(asked, 1)}
