"""Choose one, choose all: options of which one or several are right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import compress
from string import ascii_lowercase
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Protocol

from courseware.authored.model import Text, YesOrNo
from courseware.authored.reading import NOT_EMPTY, by_first_key
from courseware.authored.selective import Selective
from courseware.blocks import Option, Question
from courseware.errors import Problem
from courseware.markdown import inline, plain
from courseware.questions.kind import PlannedAnswer, QuestionKind, Writing
from courseware.questions.packing import base36
from courseware.yaml12.nodes import SourceText

if TYPE_CHECKING:
    from courseware.authored.questions import AuthoredQuestion

BLOCK_START = re.compile(r"\s*(?:[-+*>`~]|[0-9]+[.)])")
NUMBER = re.compile("([0-9]+)([.)])")
BLOCKS = re.compile(r"<(?:p|ul|ol|blockquote|pre)\b")
LAST = re.compile(r"(?:none|all|both|neither) of (?:these|the above|them)\b", re.IGNORECASE)
MOST_OPTIONS = 26  # SCORM records an option's letter
PLACES = ("first", "second", "third", "fourth", "fifth", "sixth")
MANY = 8  # questions; with fewer, chance may do the same
REVEALING = 0.6  # the share of the way from chance to all questions


class AuthoredChoice(Protocol):
    """An option, or a thing like it, as a kind that is answered by a set of letters has them."""

    is_right: ClassVar[bool]

    @property
    def text(self) -> SourceText: ...

    @property
    def because(self) -> SourceText | None: ...

    @property
    def stays_last(self) -> bool: ...


class RightOption(Selective):
    """An answer that is right."""

    is_right: ClassVar[bool] = True
    right: Text
    because: Text | None = None
    stays_last: YesOrNo = False

    @property
    def text(self) -> SourceText:
        return self.right


class WrongOption(Selective):
    """An answer that is wrong."""

    is_right: ClassVar[bool] = False
    wrong: Text
    because: Text | None = None
    stays_last: YesOrNo = False

    @property
    def text(self) -> SourceText:
        return self.wrong


AuthoredOption = Annotated[
    RightOption | WrongOption, by_first_key({"right": RightOption, "wrong": WrongOption})
]
AuthoredOptions = Annotated[tuple[AuthoredOption, ...], NOT_EMPTY]


class ChooseKind(QuestionKind):
    """The answer is a set of letters."""

    name = "choose"
    is_choice = True
    noun: ClassVar[str] = "option"  # as messages call it
    hint = "write the options below it, each a line: “- right: …” or “- wrong: …”"

    def __init__(self, key: str, *, one: bool) -> None:
        self.key = key
        self.one = one  # type: ignore[misc]
        self.has_parts = not one  # type: ignore[misc]
        self.role = "radiogroup" if one else "group"
        self.fields = {self.field: AuthoredOptions}

    def choices(self, asked: AuthoredQuestion) -> Sequence[AuthoredChoice]:
        """What may be chosen."""
        options: Sequence[AuthoredChoice] = self.answer(asked)
        return options

    def planned(self, asked: AuthoredQuestion, writing: Writing) -> PlannedAnswer:
        return PlannedAnswer(
            tuple(
                Option(
                    letter=letter,
                    html=writing.inline(option.text),
                    right=option.is_right,
                    because=writing.html(option.because) if option.because else "",
                    text=plain(option.text),
                    last=option.stays_last or bool(LAST.match(option.text)),
                )
                for letter, option in zip(ascii_lowercase, self.choices(asked), strict=False)
            )
        )

    def identity(self, asked: AuthoredQuestion) -> Sequence[object]:
        return [[option.text, option.is_right] for option in self.choices(asked)]

    def longest_answer(self, question: Question) -> str:
        """A bit set, which is longest where every option is chosen."""
        return base36(2 ** len(question.options) - 1)

    def facts(self, question: Question) -> dict[str, Any]:
        return {**super().facts(question), "one": self.one}

    def problems(self, asked: AuthoredQuestion) -> Iterator[Problem]:
        yield from self._number_of_choices(asked)
        seen: set[str] = set()
        for option in self.choices(asked):
            said = plain(option.text).casefold()
            if said in seen:
                yield Problem(option.text.place, f"this {self.noun} is here twice", "reword or remove one")
            seen.add(said)
            yield from is_one_line(option.text)

    def _number_of_choices(self, asked: AuthoredQuestion) -> Iterator[Problem]:
        place, options, noun = asked.at(self.key), self.choices(asked), self.noun
        right = [option.is_right for option in options].count(True)
        if len(options) < 2:
            yield Problem(place, f"a question with one {noun} is no question", "write at least two")
        elif right == 0:
            hint = "write “right:” instead of “wrong:” where it is"
            yield Problem(place, f"none of the {noun}s is right", hint)
        elif self.one and right > 1:
            hint = "keep one “right:”, or write “choose all:”"
            yield Problem(place, f"“choose one:” has {right} right options", hint)
        elif right == len(options):
            hint = "add one that is wrong, or learners learn to tick them all"
            yield Problem(place, f"all of the {noun}s are right", hint, "warning")
        if len(options) > MOST_OPTIONS:
            yield Problem(place, f"a question has at most {MOST_OPTIONS} {noun}s", "leave some out")

    def problems_together(self, asked: Sequence[AuthoredQuestion]) -> Iterator[Problem]:
        """Neither the place nor the length of an option may reveal that it is right."""
        if len(asked) < MANY:
            return
        often: Counter[str] = Counter()
        chance = 0.0
        for options in map(self.choices, asked):
            right = [option.is_right for option in options]
            lengths = [len(option.text) for option in options]
            chance += right.count(True) / len(right)
            often.update(compress(PLACES, right))
            often["longest"] += lengths.count(max(lengths)) == 1 and right[lengths.index(max(lengths))]
        for which, number in often.items():
            if number > chance + REVEALING * (len(asked) - chance):
                share = f"{number} of {len(asked)}"
                message = f"the {which} {self.noun} is right in {share} questions that say “{self.key}:”"
                hint = "change some: whoever notices need not read them"
                yield Problem(asked[0].at(self.key), message, hint, "warning")


def is_one_line(text: SourceText) -> Iterator[Problem]:
    """An option is the label of its box or ring, which holds no list and no second paragraph."""
    may_be = "\n" in text or BLOCK_START.match(text)
    if may_be and BLOCKS.search(inline(text)):
        message = "an option is one piece of text, without lists, quotes or paragraphs"
        hint = "shorten it; what has to be read first belongs in “ask:”"
        if number := NUMBER.match(text):
            hint = f"write “{number[1]}\\{number[2]}”: a number and its stop begin a list"
        yield Problem(text.place, message, hint)


CHOOSE_ONE = ChooseKind("choose one", one=True)
CHOOSE_ALL = ChooseKind("choose all", one=False)
