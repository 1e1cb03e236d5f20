"""A lesson's script -> its pages, with its questions, figures and references."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from courseware import blocks, markdown
from courseware.authored.lines import (
    CalloutLine,
    CheckLine,
    ContactLine,
    ContentNoteLine,
    DetailsLine,
    DutyLine,
    ImageLine,
    LegislationLine,
    PageLine,
    ScriptLine,
    StepsLine,
    TextLine,
    WhatIsInForceLine,
)
from courseware.authored.questions import AuthoredQuestion
from courseware.material import CourseSource
from courseware.planning.companion import legislation_pointer
from courseware.planning.figures import CourseFigures
from courseware.planning.questions import plan_question
from courseware.planning.references import LessonReferences
from courseware.questions.kind import Writing
from courseware.source import LessonFile


class LessonPlanner:
    """Plans one lesson."""

    def __init__(self, name: str, lesson: LessonFile, course: CourseSource, pictures: CourseFigures) -> None:
        self.name = name
        self.lesson = lesson
        self.course = course
        self.pictures = pictures
        self.references = LessonReferences(name, course)
        self.html = partial(markdown.html, cite=self.references.mark)
        self.inline = partial(markdown.inline, cite=self.references.mark)
        self.writing = Writing(self.html, self.inline, course.words, pictures)

    def planned(self) -> blocks.Lesson:
        summary = self.inline(self.lesson.summary) if self.lesson.summary else ""
        made = tuple(
            blocks.Page(title, tuple(self._blocks(lines, position)))
            for position, (title, lines) in enumerate(_pages(self.lesson.script))
        )
        return blocks.Lesson(
            id=self.name,
            title=str(self.lesson.lesson),
            pages=made,
            minutes=self.lesson.minutes or 0,
            summary=summary,
            references=self.references.references,
            objective=str(self.lesson.teaches or ""),
            needs_answers=self.lesson.done_when == "answered",
        )

    def _blocks(self, lines: Sequence[ScriptLine], position: int) -> Iterator[blocks.Block]:
        """The blocks of one page; a content note covers all that follow it."""
        for at, line in enumerate(lines):
            if isinstance(line, ContentNoteLine):
                covered = tuple(self._blocks(lines[at + 1 :], position))
                yield blocks.ContentNote(self.html(line.content_note), covered, str(line.title or ""))
                return
            yield self._block(line, position)

    def _block(self, line: ScriptLine, position: int) -> blocks.Block:
        match line:
            case TextLine():
                return blocks.Text(self.html(line.text))
            case DutyLine():
                return self._duty(line)
            case ImageLine():
                caption = self.inline(line.caption) if line.caption else ""
                return self.pictures.figure(line.image, str(line.alt), caption)
            case WhatIsInForceLine():
                return self.references.commencement(line.what_is_in_force)
            case CheckLine():
                return blocks.Check(self._question(line, position))
            case _:
                return self._plain_block(line)

    def _plain_block(self, line: ScriptLine) -> blocks.Block:
        match line:
            case CalloutLine():
                return blocks.Callout(self.html(line.callout), str(line.title or ""))
            case StepsLine():
                return blocks.Steps(tuple(self.inline(step) for step in line.steps))
            case DetailsLine():
                return blocks.Details(str(line.details), self.html(line.text))
            case ContactLine():
                return blocks.ContactSlot(
                    str(line.contact), str(self.course.course.contact_labels[line.contact])
                )
            case LegislationLine():
                return legislation_pointer(self.course, line)
            case _:
                raise TypeError(f"{type(line).__name__} is no block of a page")

    def _duty(self, line: DutyLine) -> blocks.Duty:
        return blocks.Duty(
            verb=line.verb,
            binds=line.binds,
            html=self.references.anchored(self.html(line.words), line.by),
            source=self.references.reference(line.by),
            audience=str(line.for_ or ""),
        )

    def _question(self, check: CheckLine, position: int) -> blocks.Question:
        asked = self.course.question(check)
        return plan_question(
            str(check.check),
            str(getattr(asked, "ask", "")),
            asked,
            self.writing,
            objective=str(asked.about or self.lesson.teaches or ""),
            folder=self.course.folder,
            reread=self._place_to_reread(asked, position),
        )

    def _place_to_reread(self, asked: AuthoredQuestion, position: int) -> tuple[str, int] | None:
        """The page that asks, where the author names none; a scenario begins anew instead."""
        if asked.reread:
            return self.course.places(asked.reread)[0]
        return None if asked.kind.of_lessons else (self.name, position)


def _pages(script: Sequence[ScriptLine]) -> list[tuple[str, list[ScriptLine]]]:
    """The title and the lines of each page; the lines before the first `page:` have no title."""
    split: list[tuple[str, list[ScriptLine]]] = []
    for line in script:
        if isinstance(line, PageLine):
            split.append((str(line.page), []))
        else:
            if not split:
                split.append(("", []))
            split[-1][1].append(line)
    return split
