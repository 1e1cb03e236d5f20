"""The lesson about what is new, which nobody is spared: a page that tells it in words, and the pages on
which it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import shorten

from msgspec.structs import replace

from courseware.authored.lines import (
    CalloutLine,
    CheckLine,
    ContentNoteLine,
    DetailsLine,
    DutyLine,
    ImageLine,
    PageLine,
    ScenarioLine,
    ScriptLine,
    StepsLine,
    TextLine,
)
from courseware.derived import News, NewsEntry
from courseware.errors import Place
from courseware.markdown import plain
from courseware.material import CourseSource
from courseware.refreshing.made import as_markdown, listed, made
from courseware.refreshing.taking import TakenLesson, TakenPage
from courseware.rendering.wording import filled
from courseware.source import LessonFile

LONGEST = 160  # characters of a line


def news_of(parent: CourseSource, taken: Sequence[TakenLesson], since: str, line: ScriptLine | None) -> News:
    """All that is told; `line` is the one that tells it in words, where the author has written no other."""
    title = as_markdown(str(parent.course.course))
    pages = [(one, page) for one in taken for page in one.pages if page.is_news]
    return News(
        head=filled(parent.words["changed since"], title=title, edition=as_markdown(since)),
        since=since,
        line=id(line.node) if line else 0,
        entries=tuple(entry(parent, one, page) for one, page in pages),
        pages={
            id(page.begins(one).node): frozenset(id(line.node) for line in page.changed)
            for one, page in pages
            if not page.is_new and not (page.is_missed and page.moves)
        },
    )


def entry(parent: CourseSource, one: TakenLesson, page: TakenPage) -> NewsEntry:
    """Nothing of what stands behind a content note is told before it."""
    key = "new page in lesson" if page.is_new else "changed page in lesson"
    titles = {"page": page.title_in(one), "lesson": str(one.lesson.lesson)}
    said = filled(parent.words[key], **{name: as_markdown(text) for name, text in titles.items()})
    lines = []
    is_covered = page.is_new
    for line in page.lines:
        is_covered = is_covered or isinstance(line, ContentNoteLine)
        if page.is_new or line in page.changed:
            lines.append((id(line.node), "" if is_covered else quoted(parent, line)))
    return NewsEntry(said, tuple(lines))


def quoted(parent: CourseSource, line: ScriptLine) -> str:
    if isinstance(line, CheckLine):
        return parent.words["changed scenario" if isinstance(line, ScenarioLine) else "changed question"]
    said = plain(words_of(line))
    return f"“{as_markdown(shorten(said, LONGEST, placeholder=' …'))}”" if said else ""


def news_pages(parent: CourseSource, taken: Iterable[TakenLesson], place: Place) -> Iterator[ScriptLine]:
    """Pages that moved here, whole; of the others, which stay in their lessons, what has changed. They are
    for the readers of the lesson that they stood in."""
    for one in taken:
        for page in one.pages:
            if page.is_news:
                title = page.title_in(one)
                if not page.moves:
                    title = filled(parent.words["new on page"], page=title)
                begins = page.begins(one)
                update = {**page.readers(parent, one), "node": begins.node}
                kept = (
                    begins
                    if page.moves and isinstance(begins, PageLine)
                    else made(PageLine, place, page=title)
                )
                yield replace(kept, **update)
                yield from (line for line in page.lines if page.moves and line is not begins)
                yield from _changed_lines(page) if not page.moves else ()


def line_in_words(place: Place) -> TextLine:
    """Its words are written when it is known who reads them."""
    return made(TextLine, place, text="…")


def news_lesson(parent: CourseSource, script: Iterable[ScriptLine], place: Place) -> LessonFile:
    lines = tuple(script)
    dummy = made(
        LessonFile, place, lesson=parent.words["what is new"], script=listed(line_in_words(place).node)
    )
    return replace(dummy, script=lines)


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


def words_of(line: ScriptLine) -> str:
    """The words that a learner reads there first; of a picture, its description."""
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
        case _:
            return ""
