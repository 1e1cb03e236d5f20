"""Match: each item goes with one target, chosen from a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import ascii_lowercase
from typing import TYPE_CHECKING, Annotated, Any, cast

from courseware.authored.model import Text
from courseware.authored.reading import NOT_EMPTY
from courseware.blocks import Option, Question
from courseware.errors import Problem
from courseware.markdown import plain
from courseware.questions.in_words import NotAnAnswerError, letter_of
from courseware.questions.kind import Hand, PlannedAnswer, QuestionKind, Writing
from courseware.yaml12.nodes import SourceMap, SourceText

if TYPE_CHECKING:
    from courseware.authored.questions import AuthoredQuestion

MOST = 26  # items or targets: each has a letter, and a digit of base 36 holds its position


class MatchKind(QuestionKind):
    """The answer is a target's letter for each item."""

    key = name = "match"
    scripts = ("several_parts",)
    styles = ("entry", "field")
    fields = {
        "match": Annotated[dict[Text, Text], NOT_EMPTY],
        "also": Annotated[tuple[Text, ...], NOT_EMPTY],
    }
    hint = "write each pair below it, a line each: “the item: what goes with it”"
    has_parts = True
    refusal = "match first"
    markdown_keys = frozenset({"match", "also"})

    def planned(self, asked: AuthoredQuestion, writing: Writing) -> PlannedAnswer:
        """Targets in the order of the alphabet, which says nothing of where they belong."""
        pairs = {plain(item): plain(target) for item, target in self.answer(asked).items()}
        texts = sorted({*pairs.values(), *map(plain, asked.also or ())}, key=str.casefold)
        letters = dict(zip(texts, ascii_lowercase, strict=False))
        return PlannedAnswer(
            tuple(
                Option(letter, writing.inline(item), right=False, text=plain(item))
                for letter, item in zip(ascii_lowercase, self.answer(asked), strict=False)
            ),
            tuple(Option(letter, "", right=False, text=text) for text, letter in letters.items()),
            tuple(letters[target] for target in pairs.values()),
        )

    def identity(self, asked: AuthoredQuestion) -> Sequence[object]:
        return [[*self.answer(asked).items()], [*(asked.also or ())]]

    def longest_answer(self, question: Question) -> str:
        """A digit for each item."""
        return "1" * len(question.options)

    def facts(self, question: Question) -> dict[str, Any]:
        return {"right": list(question.detail), "targets": "".join(one.letter for one in question.targets)}

    def right_codes(self, question: Question) -> list[str]:
        return list(question.detail)

    def right_words(self, question: Question) -> Sequence[str]:
        targets = {one.letter: one.text for one in question.targets}
        return [
            f"{item.text}: {targets[letter]}"
            for item, letter in zip(question.options, question.detail, strict=True)
        ]

    def right_answer(self, question: Question) -> Sequence[str]:
        return list(question.detail)

    def wrong_answer(self, question: Question) -> Sequence[str]:
        """Another target for each item."""
        return [
            next(target.letter for target in question.targets if target.letter != right)
            for right in question.detail
        ]

    def answer_in_words(self, question: Question, said: object) -> Sequence[str]:
        if not isinstance(said, SourceMap) or not all(isinstance(one, SourceText) for one in said.values()):
            message = "this question is answered by pairs"
            raise NotAnAnswerError(said, message, hint="write “with: {the item: what goes with it}”")
        given = {
            letter_of(question.options, cast(SourceText, item)): letter_of(
                question.targets, cast(SourceText, target)
            )
            for item, target in said.items()
        }
        missing = [one.text for one in question.options if one.letter not in given]
        if missing:
            raise NotAnAnswerError(said, f"“{missing[0]}” is matched with nothing", hint="add it")
        return [given[one.letter] for one in question.options]

    def enter(self, hand: Hand, given: Sequence[str]) -> None:
        hand.pick(given)

    def problems(self, asked: AuthoredQuestion) -> Iterator[Problem]:
        pairs, place = self.answer(asked), asked.at(self.key)
        if len(pairs) < 2:
            yield Problem(place, "one pair is nothing to match", "write at least two")
        targets = {plain(target) for target in pairs.values()}
        if len(targets) + len(asked.also or ()) < 2:
            yield Problem(place, "every item goes with the same target", "write another target")
        if max(len(pairs), len(targets) + len(asked.also or ())) > MOST:
            yield Problem(place, f"a question matches at most {MOST} items", "leave some out")
        for target in asked.also or ():
            if plain(target) in targets:
                yield Problem(target.place, "this target goes with an item already", "remove it here")


MATCH = MatchKind()
