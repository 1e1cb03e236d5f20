"""Texts that a learner reads, and the time that they take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from courseware import markdown
from courseware.authored.lines import ContentNoteLine, PageLine
from courseware.authored.variant import entry_of
from courseware.errors import Problem
from courseware.material import CourseSource, Material
from courseware.rules.walk import whole_lessons
from courseware.yaml12.nodes import SourceText, source_index

ENOUGH = 10  # in one text; more are the same mistake again
ITEM = re.compile(r"([-*+•]|[12][.)])\s")
LINE, JOINED = re.compile(rf"\n[^\S\n]*{ITEM.pattern}"), re.compile(rf" (?<=\S ){ITEM.pattern}")
KEY_BEFORE = re.compile(r"([a-z][a-z ]*):\s*$")
LONGEST_KEY = 80  # characters, with the white space behind it
ONE_LINE_END = re.compile(r"(?<!\n)\n(?=[^\n])")
MARKS = re.compile(r"^#{1,6}(?= )|(?<= )#{1,6}$|\*\*|\[\[|\]\(|__\w|(?<!\w)([*_`])\w(?:[^*_`\n]*\w)?\1(?!\w)")


def markdown_is_sound(words: SourceText) -> Iterator[Problem]:
    return islice(markdown.problems(words), ENOUGH)


def lines_are_kept(words: SourceText) -> Iterator[Problem]:
    """YAML joins the lines of a text without “|”; a list in them is lost, and so is an empty line."""
    text, start = words.source_file.text, words.start
    if text[start] == "|" or text.find("\n", start, start + len(words)) < 0:
        return
    lost = lost_item(words) or ("\n" in words and lost_paragraph(words))
    if lost:
        index, message = lost
        key = KEY_BEFORE.search(text, max(0, start - LONGEST_KEY), start)
        where = f"write “{key[1]}: |”" if key else "write “|” where the text begins"
        hint = f"{where}, and the text on the lines below, further in"
        yield Problem(words.source_file.place(index), message, hint, "warning")


def lost_item(words: SourceText) -> tuple[int, str] | None:
    if not JOINED.search(words):
        return None
    end = source_index(words, len(words))
    items = {match.start(1) for match in LINE.finditer(words.source_file.text, words.start, end)}
    if len(items) + bool(ITEM.match(words)) < 2:  # one alone is a sentence that was broken at its dash
        return None
    for match in islice(JOINED.finditer(words), ENOUGH):
        index = source_index(words, match.start(1))
        if index in items:
            return (
                index,
                f"this line is joined to the one above it, so that “{match[1]}” begins no item of a list",
            )
    return None


def lost_paragraph(words: SourceText) -> tuple[int, str] | None:
    """YAML keeps the end of one line where there was an empty one, and Markdown takes that for a space."""
    text = words.source_file.text
    for match in ONE_LINE_END.finditer(words) if words.style != "double quoted" else ():
        index = source_index(words, match.end())
        above = text[words.start : index]
        if above[len(above.rstrip()) :].count("\n") > 1:
            return index, "the empty line above begins no paragraph, because YAML joins these lines"
    return None


def names_have_no_marks(source: CourseSource) -> Iterator[Problem]:
    for words in (*source.course.objective_texts.values(), *source.course.contact_labels.values()):
        yield from plain_text_has_no_marks(words)


def plain_text_has_no_marks(words: SourceText) -> Iterator[Problem]:
    """Titles and the like are shown as they were written."""
    if markdown.has_any("*_`[]#", words) and (match := MARKS.search(words)):
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
        place, hint = source.course.at("minutes"), "change one of them"
        if source.variant and (entry := entry_of(source.course, source.variant.name)):
            place = entry.at("minutes") if entry.minutes else place
            hint += "" if entry.minutes else ", or give the variant “minutes:” of its own"
        yield Problem(place, message, hint, "warning")


def notes_cover_something(material: Material) -> Iterator[Problem]:
    """A content note covers all that follows it on its page."""
    for lesson in whole_lessons(material):
        for block, after in pairwise((*lesson.script, None)):
            if isinstance(block, ContentNoteLine) and (after is None or isinstance(after, PageLine)):
                message = "nothing follows this content note on its page"
                yield Problem(block.place, message, "put it before what it warns of")
