"""The parts of the parent that a refresher takes: pages of its lessons, and questions of its banks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from courseware.authored.lines import CheckLine, PageLine, ScriptLine
from courseware.authored.questions import AuthoredQuestion
from courseware.authored.selective import Selective
from courseware.editions import has_changed, has_changed_inside
from courseware.legislation import without_lines
from courseware.material import CourseSource
from courseware.refreshing.script import Page, conditions_together, split
from courseware.source import LessonFile


class Wanted(Struct, frozen=True):
    """All that `take:` asks for."""

    objectives: frozenset[str]
    since: str | None
    missed: frozenset[str]  # questions


class TakenPage(Struct, frozen=True):
    """One page of the parent, and the reasons for which it is taken."""

    lines: Page
    position: int
    changed: tuple[ScriptLine, ...] = ()  # its lines that have changed
    is_new: bool = False  # the whole page has
    is_of_objective: bool = False
    is_missed: bool = False

    @property
    def is_news(self) -> bool:
        return self.is_new or bool(self.changed)

    @property
    def moves(self) -> bool:
        """True where the whole page stands among what is new: there nobody is spared it."""
        return self.is_new or (bool(self.changed) and not self.is_of_objective)

    @property
    def remaining(self) -> Page:
        """Its lines without the checks that have changed, which are asked among what is new; nothing where no
        more than its title is left."""
        moved = [line for line in self.changed if isinstance(line, CheckLine)]
        lines = tuple(line for line in self.lines if line not in moved)
        return lines if any(not isinstance(line, PageLine) for line in lines) else ()

    @property
    def stays(self) -> bool:
        """True where its lesson has it."""
        return (self.is_of_objective or self.is_missed) and not self.moves

    def begins(self, one: TakenLesson) -> PageLine | LessonFile:
        """The line that begins it, or its lesson."""
        first = self.lines[0]
        return first if isinstance(first, PageLine) else one.lesson

    def title_in(self, one: TakenLesson) -> str:
        """A page without a title is its lesson's first."""
        begins = self.begins(one)
        return str(begins.page if isinstance(begins, PageLine) else begins.lesson)

    def readers(self, parent: CourseSource, one: TakenLesson) -> dict[str, Any]:
        """The conditions of the page, of its lesson, and of the objective that this teaches."""
        objective = next(
            (entry for name, entry in parent.course.objectives.items() if name == one.lesson.teaches), None
        )
        around = (self.begins(one), one.lesson, objective)
        return conditions_together(each for each in around if isinstance(each, Selective))


class TakenLesson(Struct, frozen=True):
    """The pages of one lesson of the parent that are taken."""

    name: str
    lesson: LessonFile
    pages: tuple[TakenPage, ...]


def taken_lessons(parent: CourseSource, wanted: Wanted) -> Iterator[TakenLesson]:
    """Each lesson of which something is taken, in the parent's order; no line leads to its legal companion,
    which only the parent has."""
    missed = places_of_missed(parent, wanted.missed)
    for name, lesson in parent.lessons.items():
        is_of_objective = lesson.teaches in wanted.objectives
        is_new = has_changed(lesson, wanted.since)
        pages = []
        for position, lines in enumerate(split(without_lines(lesson).script)):
            if all(isinstance(line, PageLine) for line in lines):
                continue  # it held a way to the companion alone
            changed = tuple(line for line in lines if line_has_changed(parent, line, wanted.since))
            page = TakenPage(
                lines,
                position,
                changed,
                is_new or any(isinstance(line, PageLine) for line in changed),
                is_of_objective,
                (str(name), position) in missed,
            )
            if page.is_news or page.is_of_objective or page.is_missed:
                pages.append(page)
        if pages:
            yield TakenLesson(str(name), lesson, tuple(pages))


def line_has_changed(parent: CourseSource, line: ScriptLine, since: str | None) -> bool:
    """A check has, too, where its question in a bank has; the bank may lack it, which a rule reports."""
    if has_changed_inside(line, since):
        return True
    if not isinstance(line, CheckLine) or line.ask is not None:
        return False
    asked = (bank.questions[line.check] for bank in parent.banks.values() if line.check in bank.questions)
    return any(has_changed_inside(one, since) for one in asked)


def places_of_missed(parent: CourseSource, missed: frozenset[str]) -> frozenset[tuple[str, int]]:
    """The pages on which the missed questions are asked or taught, by lesson and position."""
    found: set[tuple[str, int]] = set()
    for name, lesson in parent.lessons.items():
        for position, lines in enumerate(split(lesson.script)):
            if any(isinstance(line, CheckLine) and line.check in missed for line in lines):
                found.add((str(name), position))
    for bank in parent.banks.values():
        for name, question in bank.questions.items():
            if name in missed:
                found.update(pages_that_teach(parent, question))
    return frozenset(found)


def pages_that_teach(parent: CourseSource, question: AuthoredQuestion) -> Iterator[tuple[str, int]]:
    """The page that the question names under `reread`; a lesson that it names, or else the first that
    teaches its objective."""
    if question.reread and question.reread not in parent.lessons:
        yield from parent.places(question.reread)
        return
    teaching = [
        name for name, one in parent.lessons.items() if question.about and one.teaches == question.about
    ]
    for name in [question.reread] if question.reread else teaching[:1]:
        lesson = parent.lessons[name]
        yield from ((str(name), position) for position in range(len(split(lesson.script))))
