"""Problems: each has a place and a hint that says how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct


class Place(Struct, frozen=True, order=True):
    """A position in a file; line and column count from 1, and are 0 where the whole file is meant."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line or 1}:{self.column or 1}"


class Problem(Struct, frozen=True, order=True):
    """One thing to mend. A warning does not stop a build; with `keeps_draft` the package is a draft."""

    place: Place
    message: str
    hint: str = ""
    severity: Literal["error", "warning"] = "error"
    keeps_draft: bool = False  # a release is refused because of it
    laws: tuple[str, ...] = ()  # that the message names, where another course may say the same of others
    course: str = ""  # which says so: its title

    def __str__(self) -> str:
        first = f"{self.place}: {self.severity}: {self.message}"
        return f"{first}\n  hint: {self.hint}" if self.hint else first


class CoursewareError(Exception):
    """The base of all errors that a caller may catch; it carries all problems, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def counted(number: int, word: str) -> str:
    """“no errors”, “1 error”, “2 errors”."""
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"
