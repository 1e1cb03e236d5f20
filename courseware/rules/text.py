"""Texts that a learner reads, the time that they take, and the colour that they have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise

from courseware import markdown
from courseware.errors import Problem
from courseware.material import CourseSource, Material
from courseware.rendering.palette import palette
from courseware.rules.walk import plain_texts, whole_lessons
from courseware.source import ContentNoteLine, PageLine
from courseware.yaml12.nodes import SourceText, source_index

ENOUGH = 10  # in one text; more are the same mistake again
ITEM = re.compile(r"([-*+•]|[12][.)])\s")
LINE, JOINED = re.compile(rf"\n[^\S\n]*{ITEM.pattern}"), re.compile(rf" (?<=\S ){ITEM.pattern}")
COLOUR = re.compile("#[0-9A-Fa-f]{6}")
MARKS = re.compile(r"\*\*|\[\[|\]\(|__\w|(?<!\w)([*_`])\w(?:[^*_`\n]*\w)?\1(?!\w)")


def markdown_is_sound(words: SourceText) -> Iterator[Problem]:
    return islice(markdown.problems(words), ENOUGH)


def lists_are_kept(words: SourceText) -> Iterator[Problem]:
    """YAML joins the lines of a text without “|”, and a list in them is lost."""
    text, start = words.source_file.text, words.start
    if text[start] == "|" or text.find("\n", start, start + len(words)) < 0 or not JOINED.search(words):
        return
    items = {match.start(1) for match in LINE.finditer(text, start, source_index(words, len(words)))}
    if len(items) + bool(ITEM.match(words)) < 2:  # one alone is a sentence that was broken at its dash
        return
    for match in islice(JOINED.finditer(words), ENOUGH):
        index = source_index(words, match.start(1))
        if index in items:
            message = (
                f"this line is joined to the one above it, so that “{match[1]}” begins no item of a list"
            )
            hint = "write “|” after the key, and the text below it"
            yield Problem(words.source_file.place(index), message, hint, "warning")
            return


def plain_text_has_no_marks(material: Material) -> Iterator[Problem]:
    """Titles and the like are shown as they were written."""
    yield from marked(plain_texts(material))


def names_have_no_marks(source: CourseSource) -> Iterator[Problem]:
    yield from marked((*source.course.objectives.values(), *source.course.contacts.values()))


def marked(texts: Iterable[SourceText]) -> Iterator[Problem]:
    for words in texts:
        if markdown.has_any("*_`[]", words) and (match := MARKS.search(words)):
            message = f"Markdown is not taken here: “{match[0]}” would be shown as it is"
            yield Problem(words.place_of(match.start()), message, "leave the marks out", "warning")


def minutes_add_up(source: CourseSource) -> Iterator[Problem]:
    """A learner sees the course's minutes beside those that are left."""
    lessons = [lesson.minutes for lesson in source.lessons.values()]
    if not any(lessons) or not source.is_whole("lessons") or len(lessons) < len(source.course.lessons):
        return
    assessment, said = source.course.assessment, source.course.minutes
    timed = assessment.minutes if assessment else None
    total = sum(minutes or 1 for minutes in lessons) + (timed or 0)  # lessons without minutes share the rest
    if total > said or (total < said and all(lessons) and (timed or not assessment)):
        parts = "the lessons and the final questions" if timed else "the lessons"
        message = f"{parts} take {total} minutes together, and the course says {said}"
        yield Problem(source.course.at("minutes"), message, "change one of them", "warning")


def notes_cover_something(material: Material) -> Iterator[Problem]:
    """A content note covers all that follows it on its page."""
    for lesson in whole_lessons(material):
        for block, after in pairwise((*lesson.script, None)):
            if isinstance(block, ContentNoteLine) and (after is None or isinstance(after, PageLine)):
                message = "nothing follows this content note on its page"
                yield Problem(block.place, message, "put it before what it warns of")


def accent_is_a_colour(material: Material) -> Iterator[Problem]:
    """An unreadable accent is replaced by a readable shade, and the author is told."""
    theme = material.catalogue.theme if material.catalogue else None
    if theme is None:
        return
    if not COLOUR.fullmatch(theme.accent):
        hint = 'write six digits or letters a to f after “#”, in quotes: “"#12556A"”'
        yield Problem(theme.accent.place, f"“{theme.accent}” is not a colour", hint)
    elif changed := palette(theme.accent).changed:
        hint = "write that shade yourself, or choose another colour"
        yield Problem(theme.accent.place, changed.rstrip("."), hint, "warning")
