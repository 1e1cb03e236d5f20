"""The final questions and the pre-test of a course, as the learner meets them: how much is asked, and what
passes."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from courseware.blocks import Question

ANY_OBJECTIVE = "*"  # in a draw


class Assessment(Struct, frozen=True):
    """The scored questions: all are asked, or so many of them as `draw` says. The raw score is the number of
    right answers; `pass_raw` of them pass."""

    questions: tuple[Question, ...]
    pass_raw: int
    pass_percent: str  # as the author wrote it: "80", "66.5"
    tries: int | None = None  # None: as many as wanted
    minutes: int = 0
    draw: tuple[tuple[str, int], ...] = ()  # how many of each objective; empty: all questions are asked
    shuffled: bool = False  # questions and options come in another order each time
    pre_test: tuple[tuple[str, int], ...] = ()  # how many of each objective are asked before the course
    pre_test_minutes: int = 0

    @property
    def number(self) -> int:
        """The number of questions that are asked."""
        return sum(number for _, number in self.draw) or len(self.questions)

    @property
    def pre_test_number(self) -> int:
        """The number of questions in the pre-test."""
        return sum(number for _, number in self.pre_test)

    @property
    def most_asked(self) -> int:
        """The most questions that are asked in one go."""
        return max(self.number, self.pre_test_number)

    def pass_points_of(self, number: int) -> int:
        """The mark of so many questions, in hundredths of one."""
        return math.ceil(Fraction(self.pass_percent) * number)

    @property
    def pass_points(self) -> int:
        """The mark in hundredths of a question; where a part of a question counts, not a whole number of
        them."""
        if any(question.partial for question in self.questions):
            return self.pass_points_of(self.number)
        return self.pass_raw * 100

    @property
    def cap(self) -> int:
        """The most points without a question that must be right: a whole percent below the mark, so that an
        LMS that rounds scores sees a fail too."""
        return max(0, math.ceil(Fraction(self.pass_percent)) - 1) * self.number
