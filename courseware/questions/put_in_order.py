"""Put in order: items that are moved until they stand in the right order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import ascii_lowercase
from typing import TYPE_CHECKING, Annotated, Any

from courseware.authored.model import Text
from courseware.authored.reading import NOT_EMPTY
from courseware.blocks import Option, Question
from courseware.errors import Problem
from courseware.markdown import plain
from courseware.questions.choose import is_one_line
from courseware.questions.in_words import NotAnAnswerError, letter_of, texts_in
from courseware.questions.kind import Hand, PlannedAnswer, QuestionKind, Writing

if TYPE_CHECKING:
    from courseware.authored.questions import AuthoredQuestion

MOST = 26  # items: each has a letter


class OrderKind(QuestionKind):
    """The answer is the letters in the learner's order; the author's order is the right one."""

    key = "put in order"
    name = "put_in_order"
    scripts = ("several_parts",)
    styles = ("entry", "put_in_order")
    fields = {"put_in_order": Annotated[tuple[Text, ...], NOT_EMPTY]}
    hint = "write the items below it in the right order, each a line: “- …”"
    has_parts = True
    refusal = "order first"
    markdown_keys = frozenset({"put in order"})

    def planned(self, asked: AuthoredQuestion, writing: Writing) -> PlannedAnswer:
        """Shown in the order of the alphabet, or backwards where that is the right one."""
        options = tuple(
            Option(letter, writing.inline(item), right=True, text=plain(item))
            for letter, item in zip(ascii_lowercase, self.answer(asked), strict=False)
        )
        shown = sorted(options, key=lambda option: option.text.casefold())
        return PlannedAnswer(options, detail=tuple(shown[::-1] if tuple(shown) == options else shown))

    def identity(self, asked: AuthoredQuestion) -> Sequence[object]:
        return [*self.answer(asked)]

    def longest_answer(self, question: Question) -> str:
        """The letters themselves."""
        return "".join(option.letter for option in question.options)

    def facts(self, question: Question) -> dict[str, Any]:
        return {**super().facts(question), "start": [option.letter for option in question.detail]}

    def wrong_answer(self, question: Question) -> Sequence[str]:
        """Each item one place further on."""
        first, *others = self.right_answer(question)
        return [*others, first]

    def answer_in_words(self, question: Question, said: object) -> Sequence[str]:
        given = [letter_of(question.options, one) for one in texts_in(said)]
        missing = [one.text for one in question.options if one.letter not in given]
        if missing or len(given) > len(question.options):
            which = f"“{missing[0]}” has no place in this order" if missing else "an item is here twice"
            raise NotAnAnswerError(said, which, hint="name each item once, from the first to the last")
        return given

    def enter(self, hand: Hand, given: Sequence[str]) -> None:
        hand.put_in_order(given)

    def problems(self, asked: AuthoredQuestion) -> Iterator[Problem]:
        items = self.answer(asked)
        if not 3 <= len(items) <= MOST:
            number = "1 item is" if len(items) == 1 else f"{len(items)} items are"
            yield Problem(asked.at(self.key), f"{number} put in order", f"write 3 to {MOST}")
        seen: set[str] = set()
        for item in items:
            if plain(item).casefold() in seen:
                yield Problem(item.place, "this item is here twice", "reword or remove one")
            seen.add(plain(item).casefold())
            yield from is_one_line(item)


PUT_IN_ORDER = OrderKind()
