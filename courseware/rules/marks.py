"""Signs that look like Markdown and are not CommonMark's: a learner would see them as they were typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from courseware import markdown
from courseware.errors import Problem
from courseware.yaml12.nodes import SourceText


class StrayMark(Struct, frozen=True):
    """A sign that would be shown. In the searched text U+0000 stands for marks that Markdown takes; the
    pattern's first group is the sign."""

    pattern: str  # compiled when the first suspect text is searched
    hint: str
    message: str = "“{}” would be shown as it is"


def at_line_start(pattern: str) -> str:
    return rf"(?m)^[^\S\n]*{pattern}"


BULLETS = "•·▪‣◦●\uf0b7\uf0a7"  # the last two are of a word processor's own font
ITEMS = "begin each item with “- ”, an empty line before the first"
STRAY_MARKS = (
    StrayMark(
        at_line_start(r"(?:\0[\0 ]*)?((?:\| *)?:?-{2,}:? *\|[-:| ]*)$"),
        "write a list, or make a picture of it",
        "a table is not taken in text: its lines would be shown as they are",
    ),
    StrayMark(
        r"(?<!\S)(\*\*)(?=\s.*\*\*)",
        "leave no space between it and the words: “**so**”",
    ),
    StrayMark(
        r"((?<=\S)\*\*|\*\*(?=\S))",
        r"write it on both sides, “**so**”, with a space after it; where you mean stars, write “\*\*”",
    ),
    StrayMark(
        r"(?<![\w*\0])(\*)(?=\w)",
        r"write it on both sides, “*so*”; a list item begins with “- ”, and a star itself is “\*”",
    ),
    StrayMark(
        r"(?<![\w~=])(~~|==)\w",
        "leave it out: no text is struck through or coloured",
    ),
    StrayMark(at_line_start(rf"([{BULLETS}])"), ITEMS),
    StrayMark(at_line_start(r"(o)\s.*\n\s*o\s"), ITEMS),
    StrayMark(at_line_start(r"([–—])\s.*\n[^\S\n]*[–—]\s"), ITEMS),
    # One alone may be “-ing” or a temperature.
    StrayMark(
        at_line_start(r"(?:\0 .*\n\s*|(?=[-+1].*\n\s*(?:[-+\0]|2[.)])))([-+]|1[.)])(?=[^\W\d])"),
        ITEMS,
    ),
    StrayMark(
        at_line_start(r"(\(?[ai]\)) .*\n[^\S\n]*\(?(?:b|ii)\) "),
        "number the items, “1. ”, or begin each with “- ”, an empty line before the first",
        "“{}” begins no list, and its lines would be run together",
    ),
    StrayMark(r"\0 (\[[ xX]\])", "leave it out: nothing can be ticked"),
    StrayMark(
        r"(\[\^[^\]\s]+\])",
        "say it in the text; for law and guidance write “[[kcsie p1]]”",
        "a footnote is not taken in text: “{}” would be shown as it is",
    ),
    StrayMark(
        r"(\] ?\()(?:https?:|mailto:|tel:|www\.)",
        "leave no space between “]” and “(”, and none in the address, where it is “%20”",
        "this is no link, and its address would be shown",
    ),
    StrayMark(
        r"(?<![\w(/.])(https?://|www\.)\w",
        "write the link with words of its own: “[its words](https://…)”",
        "an address does not lead anywhere by itself",
    ),
    StrayMark(
        r"(</?[A-Za-z][\w:-]*>)",
        "leave it out",
    ),
)
# The signs of those marks that stand within a line.
SIGNS = re.compile(r"\*|<|\||~~|==|://|www\.|\[[ xX^]|\] ?\(")
OPENING = re.compile(rf"\n[^\S\n]*(?:[-+]\w|1[.)]\w|[–—]\s|o\s|\(?[ai]\) |[{BULLETS}])")


def marks_are_taken(words: SourceText) -> Iterator[Problem]:
    """One problem for each kind of mark in a text; code and links may hold any sign."""
    if not is_suspect(words):
        return
    seen = markdown.visible_text(words)
    for mark in STRAY_MARKS:
        if match := re.search(mark.pattern, seen):
            yield Problem(words.place_of(match.start(1)), mark.message.format(match[1]), mark.hint, "warning")


def indented_code(words: SourceText) -> Iterator[Problem]:
    """Four spaces make code of a line, and hardly any author means that."""
    if "    " not in words:
        return
    for start in markdown.indented_code(words):
        message = "four spaces before this line make code of it"
        hint = "indent it as far as the text above; what is code stands between lines of “```”"
        yield Problem(words.place_of(start), message, hint, "warning")
        return


def is_suspect(words: str) -> bool:
    """A quick first look, because it is asked of every text."""
    if OPENING.search(f"\n{words}"):
        return True
    return bool(SIGNS.search(words) and SIGNS.search(markdown.rendered_text(words)))
