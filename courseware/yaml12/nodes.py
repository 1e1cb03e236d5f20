"""The nodes of a YAML file: texts, maps and lists, each with its place, none resolved.

YAML 1.2 lets the reader decide the meaning of a plain `no` or `16:30`; here it stays text until a model wants
a number or a date.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Literal

from courseware.errors import Place

Style = Literal["plain", "quoted", "double quoted", "block"]
STYLES: dict[str, Style] = {"'": "quoted", '"': "double quoted", "|": "block", ">": "block"}

LONGEST_QUOTE = 60
# The digits that follow a backslash and its letter; and the letters that stand for white space.
DIGITS = {"x": 2, "u": 4, "U": 8}
SPACES = "tnrvfLNP_"


def excerpt(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE].rstrip()}…"


class SourceFile:
    """A file's name and text; it turns an index into a line and a column."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.last_found: dict[int, tuple[int, int]] = {}  # by start: the last offset and its index

    def place(self, index: int) -> Place:
        line = bisect_right(self.line_starts, index)
        return Place(self.name, line, index - self.line_starts[line - 1] + 1)

    @cached_property
    def line_starts(self) -> list[int]:
        return list(accumulate((len(line) + 1 for line in self.text.split("\n")[:-1]), initial=0))


class SourceText(str):
    """A text of the author's, and where it stands in which file; its place is computed when somebody asks."""

    __slots__ = ("source_file", "start")
    source_file: SourceFile
    start: int

    @property
    def style(self) -> Style:
        """A plain text begins with no quote and no bar."""
        return STYLES.get(self.source_file.text[self.start : self.start + 1], "plain")

    @property
    def place(self) -> Place:
        """The place at which it begins, its quote or `|` included."""
        return self.source_file.place(self.start)

    @property
    def excerpt(self) -> str:
        """The text for a message: on one line, and cut where it is long."""
        return excerpt(self)

    def place_of(self, offset: int) -> Place:
        """The place in the file of the character at that offset, through folding, quotes and escapes."""
        return self.source_file.place(source_index(self, offset))


class CutText(SourceText):
    """A text of the author's without some of its parts; its places are those in the file."""

    __slots__ = ("original", "removed")
    original: SourceText
    removed: Sequence[tuple[int, int]]  # where a part was, and how many characters were removed up to there

    def original_offset(self, offset: int) -> int:
        at = bisect_right(self.removed, offset, key=lambda one: one[0])
        return offset + (self.removed[at - 1][1] if at else 0)


def without_parts(words: SourceText, parts: Iterable[tuple[int, int]]) -> CutText:
    """The text without what stands between these offsets, which are in order."""
    pieces: list[str] = []
    removed: list[tuple[int, int]] = []
    here = lost = 0
    for start, end in parts:
        pieces.append(words[here:start])
        at, lost, here = start - lost, lost + end - start, end
        removed.append((at, lost))
    made = CutText("".join((*pieces, words[here:])))
    made.source_file, made.start = words.source_file, words.start
    made.original, made.removed = words, removed
    return made


class SourceMap(dict[str, object]):
    """A map. Its keys are SourceTexts, so each has a place; `model` is the class that was tried on it."""

    __slots__ = ("model", "source_file", "start")
    source_file: SourceFile
    start: int
    model: type | None

    @property
    def place(self) -> Place:
        return self.source_file.place(self.start)

    @property
    def is_flow(self) -> bool:
        """True where it is written inside { }."""
        return self.source_file.text.startswith("{", self.start)


class SourceList(list[object]):
    """A sequence."""

    __slots__ = ("source_file", "start")
    source_file: SourceFile
    start: int

    @property
    def place(self) -> Place:
        return self.source_file.place(self.start)

    @property
    def is_flow(self) -> bool:
        """True where it is written inside [ ]."""
        return self.source_file.text.startswith("[", self.start)


def source_index(words: SourceText, offset: int) -> int:
    """The index in the file of a character. YAML folds only white space, so both texts are compared by their
    other characters.

    The search starts at the last character found, where that comes before: places are mostly asked for in
    order.
    """
    if isinstance(words, CutText):
        return source_index(words.original, words.original_offset(offset))
    done, here = words.source_file.last_found.get(words.start, (0, 0))
    if not 0 < done <= offset:
        done, here = 0, content_start(words)
    for character in words[done:offset]:
        if not character.isspace():
            here = index_after(words, here, character)
    words.source_file.last_found[words.start] = min(offset, len(words)), here
    if offset < len(words) and not words[offset].isspace():
        return index_of(words, here, words[offset])
    return min(here, len(words.source_file.text))


def content_start(words: SourceText) -> int:
    """The index after the text's quote, or after the line of its `|`."""
    if words.style == "block":
        return words.source_file.text.find("\n", words.start) + 1
    return words.start + (words.style in ("quoted", "double quoted"))


def index_of(words: SourceText, here: int, character: str) -> int:
    """The index at which that character, or the escape for it, begins."""
    text = words.source_file.text
    while here < len(text):
        escape = escape_at(words, here)
        if not unescaped(escape).isspace() if escape else text[here] == character:
            break
        here += len(escape) or 1
    return here


def index_after(words: SourceText, here: int, character: str) -> int:
    """The index after that character."""
    start = index_of(words, here, character)
    doubled = words.style == "quoted" and character == "'"
    return start + (len(escape_at(words, start)) or 1) + doubled


def escape_at(words: SourceText, here: int) -> str:
    """The escape of a double-quoted text that begins here, or an empty text."""
    text = words.source_file.text
    if words.style != "double quoted" or text[here : here + 1] != "\\":
        return ""
    return text[here : here + 2 + DIGITS.get(text[here + 1 : here + 2], 0)]


def unescaped(escape: str) -> str:
    """The character that the escape stands for; all white space counts as a tab."""
    digits = escape[2:]
    return chr(int(digits, 16)) if digits else "\t" if escape[1] in SPACES else escape[1]
