"""True or false: a sentence that is either."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from courseware.authored.model import TrueOrFalse
from courseware.blocks import Option, Question
from courseware.questions.kind import PlannedAnswer, QuestionKind, Writing

if TYPE_CHECKING:
    from courseware.authored.questions import AuthoredQuestion


class TrueOrFalseKind(QuestionKind):
    """Two options in a fixed order, “a” true and “b” false."""

    key = "this is"
    name = "true_or_false"
    template = "choose"
    scripts = ("choose",)
    fields = {"this_is": TrueOrFalse}
    hint = "write “this is: true” or “this is: false”"
    one = True
    role = "radiogroup"

    def planned(self, asked: AuthoredQuestion, writing: Writing) -> PlannedAnswer:
        words = ((True, writing.words["is true"]), (False, writing.words["is false"]))
        options = (
            Option(letter, text, self.answer(asked) is value, text=text)
            for letter, (value, text) in zip("ab", words, strict=True)
        )
        return PlannedAnswer(tuple(options))

    def identity(self, asked: AuthoredQuestion) -> Sequence[object]:
        return [self.answer(asked)]

    def longest_answer(self, _: Question) -> str:
        """The position of one option as a bit."""
        return "2"

    def option_words(self, question: Question) -> dict[str, str]:
        """SCORM 1.2 says “t” and “f”, 2004 “true” and “false”."""
        true, false = (option.text for option in question.options)
        return {"true": true, "false": false, "t": true, "f": false}

    def right_codes(self, question: Question) -> list[str]:
        return ["true" if question.options[0].right else "false"]

    def facts(self, question: Question) -> dict[str, Any]:
        return {**super().facts(question), "one": True}


TRUE_OR_FALSE = TrueOrFalseKind()
