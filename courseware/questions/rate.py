"""Rate: a scale on which nothing is right or wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import ascii_lowercase
from typing import TYPE_CHECKING, Annotated

from courseware.authored.model import Text
from courseware.authored.reading import NOT_EMPTY
from courseware.blocks import Option, Question
from courseware.errors import Problem
from courseware.markdown import plain
from courseware.questions.choose import is_one_line
from courseware.questions.kind import PlannedAnswer, QuestionKind, Writing
from courseware.questions.packing import base36

if TYPE_CHECKING:
    from courseware.authored.questions import AuthoredQuestion

MOST = 10  # steps of a scale


class RateKind(QuestionKind):
    """The answer is one step of the scale."""

    key = name = "rate"
    styles = ("rate",)
    template = "choose"
    scripts = ("choose",)
    check = "unscored_check"
    fields = {"rate": Annotated[tuple[Text, ...], NOT_EMPTY]}
    hint = "write the steps of the scale, such as “rate: [Not yet, Nearly, Ready]”"
    one = True
    role = "radiogroup"
    scored = False
    markdown_keys = frozenset({"rate"})

    def planned(self, asked: AuthoredQuestion, writing: Writing) -> PlannedAnswer:
        steps = zip(ascii_lowercase, self.answer(asked), strict=False)
        return PlannedAnswer(
            tuple(
                Option(letter, writing.inline(step), right=False, text=plain(step)) for letter, step in steps
            )
        )

    def identity(self, asked: AuthoredQuestion) -> Sequence[object]:
        return [*self.answer(asked)]

    def longest_answer(self, question: Question) -> str:
        """A bit for the step."""
        return base36(2 ** (len(question.options) - 1))

    def right_answer(self, question: Question) -> Sequence[str]:
        return [question.options[0].letter]

    def problems(self, asked: AuthoredQuestion) -> Iterator[Problem]:
        if not 2 <= len(self.answer(asked)) <= MOST:
            yield Problem(asked.at(self.key), f"a scale has 2 to {MOST} steps", self.hint)
        for step in self.answer(asked):
            yield from is_one_line(step)


RATE = RateKind()
