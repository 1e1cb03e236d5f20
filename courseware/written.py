"""What stands in a YAML file, each piece knowing its place: text, entries and lists, nothing resolved yet.

YAML 1.2 lets the reader decide what a plain `no` or `16:30` means; here it stays text until a model asks for
a number or a date.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from courseware.errors import Place

Style = Literal["plain", "quoted", "double quoted", "block"]

ESCAPE_LENGTHS = {"x": 4, "u": 6, "U": 10}


@dataclass(frozen=True, slots=True)
class Span:
    """Where in a file's text a value was written, so that any character of it can be found again."""

    text: str
    start: int
    end: int
    style: Style


class Written(str):
    """The author's words, with the place where they begin."""

    __slots__ = ("flow", "place", "span")
    place: Place
    span: Span
    flow: bool

    @classmethod
    def at(cls, value: str, place: Place, span: Span, *, flow: bool = False) -> Written:
        """The words at that place; `flow` says that they stand inside `{ }` or `[ ]`."""
        written = cls(value)
        written.place, written.span, written.flow = place, span, flow
        return written

    def place_of(self, offset: int) -> Place:
        """The place in the file of the character at that offset, through folding, quotes and escapes."""
        index = source_index(self.span, self, offset)
        before = self.span.text.rfind("\n", 0, index)
        line = self.span.text.count("\n", 0, index) + 1
        return Place(self.place.file, line, index - before)


class Entries(dict[str, object]):
    """A mapping; its keys are `Written`, so each has a place; `model` is what was tried on it."""

    __slots__ = ("model", "place")
    place: Place
    model: type | None


class Items(list[object]):
    """A sequence."""

    __slots__ = ("place",)
    place: Place


def source_index(span: Span, value: str, offset: int) -> int:
    """White space is where YAML folds, so both texts are walked by their other characters."""
    here = span.start + (span.style in ("quoted", "double quoted"))
    if span.style == "block":
        here = span.text.find("\n", span.start, span.end) + 1
    for character in value[:offset]:
        if not character.isspace():
            here = past(span, here, character)
    if offset < len(value) and not value[offset].isspace():
        return before(span, here, value[offset])
    return min(here, span.end)


def before(span: Span, here: int, character: str) -> int:
    """The index at which that character, or the escape that stands for it, begins."""
    while here < span.end and span.text[here] != character and not escapes(span, here):
        here += 1
    if escapes(span, here) and span.text[here + 1 : here + 2] in "\n ":
        return before(span, here + 2, character)
    return here


def past(span: Span, here: int, character: str) -> int:
    """The index after that character."""
    start = before(span, here, character)
    if escapes(span, start):
        return start + ESCAPE_LENGTHS.get(span.text[start + 1 : start + 2], 2)
    doubled = span.style == "quoted" and character == "'"
    return start + 1 + doubled


def escapes(span: Span, here: int) -> bool:
    """Whether a backslash escape of a double-quoted text begins here."""
    return span.style == "double quoted" and span.text[here : here + 1] == "\\"
