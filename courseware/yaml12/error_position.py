"""The position at which libyaml stopped in a file."""

from __future__ import annotations

from msgspec import Struct

from courseware.errors import Problem
from courseware.yaml12.nodes import SourceFile

IN_QUOTES = "put the text in quotes, or under “|”"
LOST = "the text ends before “#”: what follows it is lost"


class ErrorPosition(Struct, frozen=True):
    """The position at which libyaml stopped, and the start of the construct that it was reading."""

    source_file: SourceFile
    index: int  # at which libyaml stopped
    context: int  # at which the construct began

    @property
    def text(self) -> str:
        return self.source_file.text

    def at(self, index: int, message: str, hint: str) -> Problem:
        return Problem(self.source_file.place(index), message, hint)

    def moved_to(self, index: int) -> ErrorPosition:
        return ErrorPosition(self.source_file, index, index)

    def line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def before(self) -> str:
        """The part of the line before the position."""
        return self.text[self.line_start(self.index) : self.index]

    def character(self, index: int) -> str:
        return self.text[index : index + 1]

    def line(self, index: int) -> str:
        """The whole line that holds that index."""
        return self.text[self.line_start(index) :].split("\n", 1)[0]

    def column(self, index: int) -> int:
        return index - self.line_start(index)

    def line_above(self, index: int) -> str:
        """The nearest line above that is not empty, or an empty text."""
        return (self.text[: self.line_start(index)].rstrip().rsplit("\n", 1) or [""])[-1]
