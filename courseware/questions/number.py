"""A number, exact or within a tolerance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

from courseware.authored.model import text
from courseware.authored.reading import invalid, written_as
from courseware.blocks import Question
from courseware.errors import Problem
from courseware.questions.in_words import NotAnAnswerError, texts_in
from courseware.questions.kind import Hand, PlannedAnswer, QuestionKind, Writing

if TYPE_CHECKING:
    from courseware.authored.questions import AuthoredQuestion

DECIMAL = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,6})?")
LONGEST = 16  # characters that a learner types


@written_as(DECIMAL.pattern, "not a decimal")
def decimal(value: object) -> Decimal:
    word = text(value)
    if not DECIMAL.fullmatch(word):
        raise invalid("not a decimal", word, f"“{word.excerpt}” is not a number")
    return Decimal(word)


Figure = Annotated[Decimal, decimal]


class NumberKind(QuestionKind):
    """The answer is a number from the least to the most that is right."""

    key = name = "number"
    styles = ("entry", "field")
    fields = {"number": Figure, "within": Figure}
    hint = "write the number, such as “number: 1”"
    refusal = "number first"

    def planned(self, asked: AuthoredQuestion, _: Writing) -> PlannedAnswer:
        around = asked.within or Decimal(0)
        return PlannedAnswer(
            detail=(self.answer(asked) - around, self.answer(asked), self.answer(asked) + around)
        )

    def identity(self, asked: AuthoredQuestion) -> Sequence[object]:
        return [str(self.answer(asked)), str(asked.within or 0)]

    def longest_answer(self, _: Question) -> str:
        """As it was typed."""
        return "9" * LONGEST

    def facts(self, question: Question) -> dict[str, Any]:
        return {"right": [f"{limit.normalize():f}" for limit in question.detail]}

    def right_words(self, question: Question) -> Sequence[str]:
        least, exactly, most = self.facts(question)["right"]
        return [exactly if least == most else f"{least} – {most}"]

    def right_answer(self, question: Question) -> Sequence[str]:
        return [self.facts(question)["right"][1]]

    def wrong_answer(self, question: Question) -> Sequence[str]:
        _, _, most = question.detail
        return [f"{most + 1:f}"]

    def answer_in_words(self, _: Question, said: object) -> Sequence[str]:
        """As it is typed: the course itself says what it can read."""
        texts = texts_in(said)
        if len(texts) != 1:
            raise NotAnAnswerError(said, "one number is typed in this question", hint="write one of them")
        return texts

    def enter(self, hand: Hand, given: Sequence[str]) -> None:
        hand.write(given)

    def problems(self, asked: AuthoredQuestion) -> Iterator[Problem]:
        if asked.within is not None and asked.within < 0:
            yield Problem(asked.at("within"), "a tolerance is not negative", "write it without “-”")


NUMBER = NumberKind()
