"""Write: a text of the learner's own, kept for them; nothing is right or wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

from courseware.authored.model import text
from courseware.authored.reading import invalid, written_as
from courseware.blocks import Question
from courseware.questions.in_words import NotAnAnswerError, texts_in
from courseware.questions.kind import Hand, PlannedAnswer, QuestionKind, Writing
from courseware.questions.packing import packed_length

if TYPE_CHECKING:
    from courseware.authored.questions import AuthoredQuestion

LENGTH = re.compile("up to ([1-9][0-9]{1,2}|1000) characters")


@written_as(LENGTH.pattern, "no length")
def length(value: object) -> int:
    word = text(value)
    match = LENGTH.fullmatch(word)
    if match is None:
        raise invalid("no length", word, f"“{word.excerpt}” is no length of a text")
    return int(match[1])


class WriteKind(QuestionKind):
    """The answer is a text of so many bytes: an English letter is one, a curly quote three."""

    key = name = "write"
    scripts = ("packing_text",)
    check = "unscored_check"
    styles = ("entry", "field")
    fields = {"write": Annotated[int, length]}
    hint = "say how long it may be, such as “write: up to 300 characters”"
    scored = False
    refusal = "write first"

    def planned(self, asked: AuthoredQuestion, _: Writing) -> PlannedAnswer:
        return PlannedAnswer(detail=self.answer(asked))

    def identity(self, _: AuthoredQuestion) -> Sequence[object]:
        """A text fits whatever length is allowed now."""
        return []

    def longest_answer(self, question: Question) -> str:
        """So many bytes."""
        return "A" * packed_length(question.detail)

    def facts(self, question: Question) -> dict[str, Any]:
        return {"right": [], "most": question.detail}

    def right_answer(self, question: Question) -> Sequence[str]:
        return ["A few words of my own."[: question.detail]]

    def wrong_answer(self, question: Question) -> Sequence[str]:
        return self.right_answer(question)

    def answer_in_words(self, _: Question, said: object) -> Sequence[str]:
        texts = texts_in(said)
        if len(texts) != 1:
            raise NotAnAnswerError(said, "one text is written in this question", hint="write it under “|”")
        return texts

    def enter(self, hand: Hand, given: Sequence[str]) -> None:
        hand.write(given)


WRITE = WriteKind()
