"""Fill in: a sentence with gaps, each with the words that are right in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

from courseware.authored.model import Text
from courseware.blocks import Option, Question
from courseware.errors import Problem, counted
from courseware.markdown import plain
from courseware.questions.in_words import NotAnAnswerError, texts_in
from courseware.questions.kind import Hand, PlannedAnswer, QuestionKind, Writing
from courseware.questions.packing import longest_text

if TYPE_CHECKING:
    from courseware.authored.questions import AuthoredQuestion

GAP = re.compile(r"\[([^\[\]]*)\]")
MOST = 10  # gaps (SCORM 2004 RTE 4.2.9.1: as many texts of a fill-in are kept)
SHORTEST, LONGEST = 20, 80  # characters of a gap


class FillInKind(QuestionKind):
    """The answer is a text for each gap; capitals, and marks around it, do not count."""

    key = "fill in"
    name = "fill_in"
    scripts = ("several_parts", "packing_text")
    styles = ("field", "fill_in")
    fields = {"fill_in": Text}
    hint = "write the sentence, with what is right in brackets: “Tell the [head|headteacher].”"
    has_parts = True
    asks_itself = True
    refusal = "fill first"

    def planned(self, asked: AuthoredQuestion, _: Writing) -> PlannedAnswer:
        """A piece of text before each gap, and one behind the last."""
        pieces = GAP.split(self.answer(asked))
        gaps = [gap.split("|") for gap in pieces[1::2]]
        options = tuple(
            Option(letter, text, right=True, text=" / ".join(map(str.strip, gap)))
            for letter, text, gap in zip(ascii_lowercase, pieces[::2], gaps, strict=False)
        )
        return PlannedAnswer(options, detail=pieces[-1])

    def identity(self, asked: AuthoredQuestion) -> Sequence[object]:
        return [self.answer(asked)]

    def own_words(self, asked: AuthoredQuestion, words: Mapping[str, str]) -> tuple[str, str] | None:
        sentence = self.answer(asked)
        return (words["what is missing"], GAP.sub("…", sentence)) if asked.ask is sentence else None

    def longest_answer(self, question: Question) -> str:
        """All gaps as one text, a line for each."""
        return longest_text(sum(length_of(gap) for gap in question.options) + len(question.options) - 1)

    def facts(self, question: Question) -> dict[str, Any]:
        return {
            "right": [option.text.split(" / ") for option in question.options],
            "lengths": [length_of(option) for option in question.options],
        }

    def option_words(self, _: Question) -> dict[str, str]:
        """A response holds the learner's own words."""
        return {}

    def right_codes(self, _: Question) -> list[str]:
        return []

    def right_answer(self, question: Question) -> Sequence[str]:
        return [option.text.split(" / ")[0] for option in question.options]

    def wrong_answer(self, question: Question) -> Sequence[str]:
        return ["0 0 0"] * len(question.options)

    def answer_in_words(self, question: Question, said: object) -> Sequence[str]:
        texts, gaps = texts_in(said), len(question.options)
        if len(texts) != gaps:
            message = f"the sentence has {counted(gaps, 'gap')}, and this is for {len(texts)}"
            raise NotAnAnswerError(said, message, hint="write a text for each gap, in their order")
        return texts

    def enter(self, hand: Hand, given: Sequence[str]) -> None:
        hand.write(given)

    def problems(self, asked: AuthoredQuestion) -> Iterator[Problem]:
        sentence = self.answer(asked)
        gaps = GAP.findall(sentence)
        if not gaps:
            yield Problem(sentence.place, "this sentence has no gap", self.hint)
        elif len(gaps) > MOST:
            yield Problem(sentence.place, f"a sentence has at most {MOST} gaps", "make two questions of it")
        for gap in gaps:
            words = [word.strip() for word in gap.split("|")]
            if not all(words):
                yield Problem(sentence.place, "a gap has nothing that is right in it", self.hint)
            elif max(map(len, words)) > LONGEST:
                message = f"what is right in a gap has more than {LONGEST} characters"
                yield Problem(sentence.place, message, "ask for less")
            elif len(words) == 1 and "," in gap:
                apart = "|".join(map(str.strip, gap.split(",")))
                hint = f"write “[{apart}]” where each is right by itself, else leave the comma out"
                message = f"the comma in “[{gap}]” is part of what is right in that gap"
                yield Problem(sentence.place, message, hint, "warning")
        if plain(GAP.sub("", sentence)) != " ".join(GAP.sub("", sentence).split()):
            yield Problem(sentence.place, "a sentence with gaps has no Markdown", "take the marks out")


def length_of(gap: Option) -> int:
    """The characters that fit a gap: more than is right, so that its width tells nothing."""
    return min(LONGEST, max(SHORTEST, *(2 * len(words) for words in gap.text.split(" / "))))


FILL_IN = FillInKind()
