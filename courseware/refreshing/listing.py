"""A refresher beside its parent: what it takes of it, by lesson and page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from msgspec import Struct

from courseware.authored.lines import LegislationLine, PageLine
from courseware.errors import CoursewareError
from courseware.judging import judge
from courseware.load import SourceReader, load
from courseware.markdown import plain
from courseware.material import CourseSource
from courseware.options import BuildOptions
from courseware.refreshing.course import read_course
from courseware.refreshing.script import Page, split
from courseware.source import LessonFile
from courseware.yaml12.nodes import excerpt

NOT_TAKEN = "Not taken"
Place = tuple[str, int]  # a lesson of the parent, and the position of a page


class TakenPart(Struct, frozen=True):
    """One thing that a refresher takes, has of its own, or leaves."""

    lesson: str  # its title in the refresher, or “Final questions”, or “Not taken”
    page: str  # its title; empty for the whole lesson, and where the page has none
    what: str  # “the whole page”
    of: str = ""  # the parent's lesson, where that is another one

    def __str__(self) -> str:
        return f"{self.page}: {self.what}".removeprefix(": ") + (f", of “{self.of}”" if self.of else "")


class Listing(Struct, frozen=True):
    """The sources of both; what they share has the same nodes."""

    refresher: CourseSource
    parent: CourseSource

    def parts(self) -> Iterator[TakenPart]:
        pages = {
            (str(name), at): [
                id(line.node) for line in page if not isinstance(line, PageLine | LegislationLine)
            ]
            for name, lesson in self.parent.lessons.items()
            for at, page in enumerate(split(lesson.script))
        }
        places = {node: place for place, nodes in pages.items() for node in nodes}
        used: set[str] = set()
        for name, lesson in self.refresher.lessons.items():
            found = [self._of_page(lesson, page, pages, places) for page in split(lesson.script)]
            used.update(place[0] for _, place in found if place)
            whole = [at for at in pages if at[0] == name]
            if [place for part, place in found if part.what == "the whole page"] == whole and whole:
                yield TakenPart(str(lesson.lesson), "", "the whole lesson")
            else:
                yield from (part for part, _ in found)
        yield from self._of_questions()
        for name, lesson in self.parent.lessons.items():
            if name not in used:
                yield TakenPart(NOT_TAKEN, "", f"the lesson “{lesson.lesson}”")

    def _of_page(
        self, lesson: LessonFile, page: Page, pages: dict[Place, list[int]], places: dict[int, Place]
    ) -> tuple[TakenPart, Place | None]:
        title = str(page[0].page) if isinstance(page[0], PageLine) else ""
        shared = [line for line in page if id(line.node) in places]
        if not shared:
            news = self.refresher.derived.news if self.refresher.derived else None
            is_made = news is not None and id(page[0].node) == news.line
            return TakenPart(str(lesson.lesson), title, "in words" if is_made else "its own"), None
        place = places[id(shared[0].node)]
        total = len(pages[place])
        some = "line" if total == 1 else "lines"
        what = "the whole page" if len(shared) == total else f"{len(shared)} of {total} {some}"
        of = str(self.parent.lessons[place[0]].lesson)
        return TakenPart(str(lesson.lesson), title, what, "" if of == lesson.lesson else of), place

    def _of_questions(self) -> Iterator[TakenPart]:
        title = self.refresher.words["final questions"]
        own, of_parent = self.refresher.final_questions, self.parent.final_questions
        taken = [name for name in own if name in of_parent]
        if own:
            yield TakenPart(title, "", f"{len(taken)} of {len(of_parent)} are taken")
        for name, question in own.items():
            if name not in of_parent:
                yield TakenPart(title, "", f"its own: “{excerpt(plain(question.ask))}”")


def list_taken(folder: Path, options: BuildOptions) -> Listing | None:
    """None for a course that is no refresher; raises CoursewareError where it is wrong."""
    reader = SourceReader()
    source = read_course(folder, reader)
    problems = [*reader.problems, *(judge(source, options).problems if source else ())]
    if any(one.severity == "error" for one in problems):
        raise CoursewareError(one for one in problems if one.severity == "error")
    if not isinstance(source, CourseSource) or source.derived is None:
        return None
    parent = load(source.derived.folder, reader)
    return Listing(source, parent) if isinstance(parent, CourseSource) else None


def report(listing: Listing) -> Iterator[str]:
    """Lines of text: each lesson, and below it what is taken."""
    for lesson, parts in groupby(listing.parts(), key=lambda one: one.lesson):
        yield lesson
        yield from (f"  {one}" for one in parts)
