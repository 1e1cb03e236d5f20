"""A question kind: all that the compiler knows of it. Its template and its script have the same name.

The rest of the compiler, the course's scripts and the player know kinds only by this class, by the object
that the script puts into `kinds`, and by the words that `course.json` gives for each letter of an answer.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from msgspec import Struct

from courseware.blocks import Figure, Option, Question
from courseware.errors import Problem
from courseware.questions.in_words import NotAnAnswerError, letter_of, texts_in
from courseware.questions.spots import Picture
from courseware.yaml12.nodes import SourceText

if TYPE_CHECKING:
    from courseware.authored.questions import AuthoredQuestion


class NamedPicture(Struct, frozen=True):
    """A file of the folder “media”, as an author names it, and what it shows."""

    image: SourceText
    alt: SourceText


class Pictures(Protocol):
    """The pictures of a course on their way into a package."""

    def of_question(self, named: NamedPicture, /) -> tuple[Figure, Picture]:
        """The picture for the document, and its size."""


class Writing(Struct, frozen=True):
    """The author's Markdown as HTML, with citations numbered, pictures, and the frame's own words."""

    html: Callable[[str], str]
    inline: Callable[[str], str]
    words: Mapping[str, str]
    pictures: Pictures


class PlannedAnswer(Struct, frozen=True):
    """The part of a question that differs between kinds."""

    options: tuple[Option, ...] = ()
    targets: tuple[Option, ...] = ()
    detail: Any = None  # known to the kind alone


class Hand(Protocol):
    """The learner's hand in one question of a page; journeys and tests have their own."""

    def choose(self, letters: Sequence[str], /) -> None:
        """Choose these options, and no other."""

    def pick(self, letters: Sequence[str], /) -> None:
        """Pick one from each list."""

    def write(self, texts: Sequence[str], /) -> None:
        """Fill each field."""

    def put_in_order(self, letters: Sequence[str], /) -> None:
        """Move the items until they stand so."""

    def submit(self) -> None:
        """Press the button below the question."""


class QuestionKind(ABC):
    """One kind of question."""

    key: str  # the key under which its answer is written
    name: ClassVar[str]  # of its script, and of its template where it has one of its own
    template: ClassVar[str] = ""
    scripts: ClassVar[
        tuple[str, ...]
    ] = ()  # on which its own is built: another kind's, or one that several kinds share
    check: ClassVar[str] = ""  # the script of how a lesson asks it, where it does so in a way of its own
    styles: ClassVar[tuple[str, ...]] = ()  # style sheets beside it, in the order of their rules
    fields: Mapping[str, Any]  # the fields of the author's model, and their types
    needed: ClassVar[tuple[str, ...]] = ()  # keys without which its own is not enough
    hint: str  # how an author writes its answer
    hints: ClassVar[Mapping[str, str]] = {}  # how an author writes the keys beside and below it
    one: ClassVar[bool] = False  # exactly one option is right
    label: ClassVar[str] = ""  # the frame's word for it, where it is no question and has no number
    role: str = "group"
    refusal: ClassVar[str] = "choose first"  # what is said where nothing was answered
    is_choice: ClassVar[bool] = False  # an LMS is told of letters alone
    scored: ClassVar[bool] = True
    of_lessons: ClassVar[bool] = False  # never in the final questions, though an answer may be right
    submit: ClassVar[str] = ""  # the frame's words of the button, where it neither checks nor keeps
    reveal: ClassVar[str] = "show answer"  # the frame's words of the quiet button
    begins_again: ClassVar[bool] = False  # that button shows no answer, and begins the question again
    has_parts: ClassVar[bool] = False  # so that there may be partial credit
    asks_itself: ClassVar[bool] = False  # its answer may say what is asked, without `ask:`
    markdown_keys: ClassVar[frozenset[str]] = frozenset()

    @property
    def template_file(self) -> str:
        return f"{self.template or self.name}.html"

    @cached_property
    def field(self) -> str:
        """The name of the author's key in the model."""
        return self.key.replace(" ", "_")

    def answer(self, asked: AuthoredQuestion) -> Any:
        """The value under the kind's key."""
        return getattr(asked, self.field)

    @abstractmethod
    def planned(self, asked: AuthoredQuestion, writing: Writing) -> PlannedAnswer:
        """The answer as the learner sees it."""

    @abstractmethod
    def identity(self, asked: AuthoredQuestion) -> Sequence[object]:
        """The texts and values on which the meaning of a stored answer depends (decision 2)."""

    @abstractmethod
    def longest_answer(self, question: Question, /) -> str:
        """The longest text that the script's `pack` can write (decision 2)."""

    def asked_in(self, value: object, /) -> object:
        """The question that the answer, as it was written, asks by itself; None where it asks none."""
        return value

    def picture(self, _: AuthoredQuestion, /) -> NamedPicture | None:
        """The one that it asks about."""
        return None

    def own_words(self, _: AuthoredQuestion, __: Mapping[str, str], /) -> tuple[str, str] | None:
        """Where its answer says what is asked, as with a sentence that has gaps, and there is no `ask:`: the
        frame's words above it, and the question for a record. None for any other question."""
        return None

    def facts(self, question: Question) -> dict[str, Any]:
        """The data for the script, beside what every question has."""
        return {"right": [option.letter for option in question.options if option.right]}

    def texts(self, _: Question, /) -> Sequence[str]:
        """The HTML that is read beside what is asked, the options and the targets."""
        return ()

    def rules(self, _: Question, /) -> Iterator[str]:
        """Rules of the style sheet for this question alone: an LMS may refuse styles in the document."""
        yield from ()

    def option_words(self, question: Question) -> dict[str, str]:
        """The words for what stands in a response as an LMS has it."""
        return {option.letter: option.text for option in question.options}

    def right_codes(self, question: Question) -> list[str]:
        """The right ones of these, or of a match's targets."""
        return [option.letter for option in question.options if option.right]

    def right_words(self, question: Question) -> Sequence[str]:
        """The right answer in words, a line for each part."""
        return [option.text for option in question.options if option.right]

    def right_answer(self, question: Question) -> Sequence[str]:
        """A right answer as the script reads it; of what is not scored, any answer."""
        return [option.letter for option in question.options if option.right]

    def wrong_answer(self, question: Question) -> Sequence[str]:
        """A wrong answer, which earns no partial credit either where that can be."""
        wrong = [option.letter for option in question.options if not option.right]
        return wrong[:1] or self.right_answer(question)[:-1]

    def answer_in_words(self, question: Question, said: object) -> Sequence[str]:
        """The answer that a journey says in words; raises NotAnAnswerError."""
        texts = texts_in(said)
        if self.one and len(texts) > 1:
            raise NotAnAnswerError(said, "one option is chosen in this question", hint="write one of them")
        return [letter_of(question.options, one) for one in texts]

    def enter(self, hand: Hand, given: Sequence[str]) -> None:
        """Enter the answer as a learner does, without the last press of the button."""
        hand.choose(given)

    def problems(self, _: AuthoredQuestion, /) -> Iterator[Problem]:
        """The problems of one question."""
        yield from ()

    def problems_in_picture(self, _: AuthoredQuestion, __: Picture, /) -> Iterator[Problem]:
        """The problems of one question in its picture, which is of this size."""
        yield from ()

    def problems_together(self, _: Sequence[AuthoredQuestion], /) -> Iterator[Problem]:
        """The problems of all questions of this kind in a bank, or in the lessons."""
        yield from ()
