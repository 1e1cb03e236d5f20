"""The lesson about what is new, which nobody is spared: a page that tells it in words, and the pages on
which it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import shorten

from courseware.authored.lines import (
    CalloutLine,
    CheckLine,
    ContentNoteLine,
    DetailsLine,
    DutyLine,
    ImageLine,
    PageLine,
    ScriptLine,
    StepsLine,
    TextLine,
)
from courseware.errors import Place
from courseware.markdown import plain
from courseware.material import CourseSource
from courseware.refreshing.made import as_markdown, listed, made, text_at
from courseware.refreshing.taking import TakenLesson, TakenPage
from courseware.rendering.wording import counted, filled
from courseware.source import LessonFile

NAME = "what-is-new"
LONGEST = 160  # characters of a line


def news_script(
    parent: CourseSource, taken: Sequence[TakenLesson], questions: int, since: str, place: Place
) -> Iterator[ScriptLine]:
    """The page in words, without a title as it has the lesson's, then the pages; `questions` is the number of
    final questions that are new."""
    words = parent.words
    told = [*_told(parent, taken)]
    if questions:
        told.append(counted(words, "new questions", questions))
    head = filled(words["changed since"], title=as_markdown(parent.course.course), edition=as_markdown(since))
    yield made(TextLine, place, text="\n".join([head, "", *(f"- {one}" for one in told)]))
    yield from news_pages(parent, taken, place)


def news_pages(parent: CourseSource, taken: Iterable[TakenLesson], place: Place) -> Iterator[ScriptLine]:
    """Pages that moved here, whole; of the others, which stay in their lessons, what has changed."""
    for one in taken:
        for page in one.pages:
            if page.moves:
                yield from _whole(one, page, place)
            elif page.is_news:
                title = filled(parent.words["new on page"], page=page_title(one, page))
                yield made(PageLine, place, page=title)
                yield from _changed_lines(page)


def news_lesson(parent: CourseSource, script: Iterable[ScriptLine], place: Place) -> LessonFile:
    lines = tuple(script)
    dummy = made(LessonFile, place, lesson=parent.words["what is new"], script=listed(lines[0].node))
    return dummy.model_copy(update={"script": lines})


def page_title(one: TakenLesson, page: TakenPage) -> str:
    """A page without a title is its lesson's first."""
    first = page.lines[0]
    return str(first.page if isinstance(first, PageLine) else one.lesson.lesson)


def _whole(one: TakenLesson, page: TakenPage, place: Place) -> Iterator[ScriptLine]:
    if not isinstance(page.lines[0], PageLine):
        yield made(PageLine, place, page=text_at(page_title(one, page), place))
    yield from page.lines


def _changed_lines(page: TakenPage) -> Iterator[ScriptLine]:
    """The lines that have changed, with the content note that covers them; all of what a new note covers."""
    last = max(page.lines.index(line) for line in page.changed)
    is_covered = False
    for at, line in enumerate(page.lines):
        if isinstance(line, ContentNoteLine) and (line in page.changed or at < last):
            is_covered = line in page.changed
            yield line
        elif line in page.changed or (is_covered and not isinstance(line, CheckLine)):
            yield line


def _told(parent: CourseSource, taken: Iterable[TakenLesson]) -> Iterator[str]:
    """Each page on which something has changed, in words."""
    for one in taken:
        for page in one.pages:
            if page.is_news:
                key = "new page in lesson" if page.is_new else "changed page in lesson"
                titles = {"page": page_title(one, page), "lesson": str(one.lesson.lesson)}
                said = filled(parent.words[key], **{name: as_markdown(text) for name, text in titles.items()})
                lines = [] if page.is_new else [*_said(parent, page)]
                yield ": ".join([said, *([" ".join(lines)] if lines else [])])


def _said(parent: CourseSource, page: TakenPage) -> Iterator[str]:
    """What each changed line says; nothing of what stands behind a content note."""
    for line in page.lines:
        if isinstance(line, ContentNoteLine):
            return
        if line in page.changed:
            said = plain(words_of(parent, line))
            yield f"“{as_markdown(shorten(said, LONGEST, placeholder=' …'))}”" if said else ""


def words_of(parent: CourseSource, line: ScriptLine) -> str:
    """What a learner reads there first; of a picture, what it shows."""
    match line:
        case TextLine():
            return line.text
        case DutyLine():
            return line.words
        case ImageLine():
            return line.alt
        case CalloutLine():
            return line.callout
        case StepsLine():
            return ", ".join(line.steps)
        case DetailsLine():
            return line.details
        case CheckLine():
            return str(parent.question(line).ask)
        case _:
            return ""
