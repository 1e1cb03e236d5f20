"""What the learner reads is sound, and takes about as long as the course says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from courseware import markdown
from courseware.authored.written import Written
from courseware.errors import Problem
from courseware.rendering.palette import palette
from courseware.rules.walk import plain
from courseware.source import ContentNote, PageLine, Source

ENOUGH = 10  # in one text; who has made more mistakes has made one mistake often


def markdown_is_sound(words: Written) -> Iterator[Problem]:
    return islice(markdown.problems(words), ENOUGH)


def marks_are_taken(words: Written) -> Iterator[Problem]:
    """What looks like Markdown and is none of CommonMark's would be read out."""
    for sign, told in LEFT_OVER.items():
        if sign in words and (found := told.pattern.search(words)):
            yield Problem(words.place_of(found.start(1)), told.message.format(found[1]), told.hint, "warning")
    if words.count("**") % 2 and "**" in markdown.plain(words):
        place = words.place_of(words.rindex("**"))
        yield Problem(place, AS_IT_IS.format("**"), "write it on both sides: “**so**”", "warning")


def plain_text_has_no_marks(source: Source) -> Iterator[Problem]:
    """Titles and the like are shown as they were written."""
    for words in plain(source):
        if found := MARKS.search(words):
            message = f"Markdown is not taken here: “{found[0]}” would be shown as it is"
            yield Problem(words.place_of(found.start()), message, "leave the marks out", "warning")


AS_IT_IS = "“{}” would be shown as it is"


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A mark that Markdown does not take; its first group is what is shown."""

    pattern: re.Pattern[str]
    hint: str
    message: str = AS_IT_IS


TABLE = "a table is not taken in text: its lines would be shown as they are"
# By a sign that is quickly looked for.
LEFT_OVER = {
    "--": LeftOver(
        re.compile(r"^[ >]*(\|?[ ]*:?-{2,}:?[ ]*\|[-:| ]*)$", re.MULTILINE),
        "write a list, or make a picture of it",
        TABLE,
    ),
    "** ": LeftOver(re.compile(r"(?:^|\s)(\*\*)\s"), "leave no space between it and the words: “**so**”"),
    "~~": LeftOver(re.compile(r"(~~)\S"), "leave it out: no text is struck through"),
    "•": LeftOver(
        re.compile(r"^\s*(•)", re.MULTILINE), "begin each item with “- ”, an empty line before the first"
    ),
    "[ ]": LeftOver(re.compile(r"^\s*- (\[ \])", re.MULTILINE), "leave it out: nothing can be ticked"),
}
COLOUR = re.compile("#[0-9A-Fa-f]{6}")
MARKS = re.compile(r"\*\*|\[\[|\]\(|__\w")


def minutes_add_up(source: Source) -> Iterator[Problem]:
    minutes = [lesson.minutes for lesson in source.lessons.values() if lesson.minutes is not None]
    if not minutes or len(minutes) < len(source.course.lessons):
        return
    assessment = source.course.assessment
    total = sum(minutes) + ((assessment.minutes or 0) if assessment else 0)
    said = source.course.minutes
    if total > said:
        message = f"the lessons take {total} minutes together, and the course says {said}"
        yield Problem(source.course.at("minutes"), message, "change one of them", "warning")


def notes_cover_something(source: Source) -> Iterator[Problem]:
    """A content note opens a part that runs to the next page."""
    for lesson in source.lessons.values():
        for block, after in pairwise((*lesson.script, None)):
            if isinstance(block, ContentNote) and (after is None or isinstance(after, PageLine)):
                message = "nothing follows this content note on its page"
                yield Problem(block.place, message, "put it before what it warns of")


def accent_is_a_colour(source: Source) -> Iterator[Problem]:
    """A brand that cannot be read as it is gets a shade that can, and its author is told."""
    theme = source.catalogue.theme if source.catalogue else None
    if theme is None:
        return
    if not COLOUR.fullmatch(theme.accent):
        hint = 'write six digits or letters a to f after “#”, in quotes: “"#12556A"”'
        yield Problem(theme.accent.place, f"“{theme.accent}” is not a colour", hint)
    elif changed := palette(theme.accent).changed:
        hint = "write that shade yourself, or choose another colour"
        yield Problem(theme.accent.place, changed.rstrip("."), hint, "warning")
