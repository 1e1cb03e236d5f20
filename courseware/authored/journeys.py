"""Journeys: an author's own tests of a course. Each lists what a learner does, and what is to be seen."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from courseware.authored.model import Model, Share, Slug, Text, YesOrNo, slug, text
from courseware.authored.reading import (
    NOT_EMPTY,
    WRITTEN,
    ChosenBy,
    OneOrMore,
    Written,
    first_key,
    invalid,
)
from courseware.yaml12.nodes import SourceMap, SourceText

RightOrWrong = Literal["right", "wrong"]
WORDS = ("open", "next", "hand in", "try again", "close")  # steps that need no more than their name
# Expected of what can be seen only while the course is open.
OF_PAGE = ("page", "shows", "does not show", "answered", "not answered")


def word(node: object) -> SourceText:
    """One of the words that are a step by themselves."""
    if isinstance(node, SourceMap) or text(node) not in WORDS:
        raise invalid("not a step", node)
    return text(node)


WRITTEN[word] = Written(words=WORDS)


def in_words(node: object) -> object:
    """An answer in words; whether it fits is asked once the question is known."""
    if isinstance(node, str) and not node.strip():
        raise invalid("no answer", node)
    return node


WRITTEN[in_words] = Written(r"\S", "no answer", is_all=False)

Words = Annotated[tuple[SourceText, ...] | None, OneOrMore(text)]
Names = Annotated[tuple[SourceText, ...] | None, OneOrMore(slug)]


class AnswerStep(Model):
    """One question is answered."""

    answer: Slug
    with_: Annotated[Any, in_words]


class AnswerRestStep(Model):
    """Every question on the screen that has no answer yet is answered."""

    answer_the_rest: RightOrWrong


class ReadOnStep(Model):
    """The learner reads on to a page, a lesson, or one of the course's own screens."""

    read_on_to: Text
    answering: RightOrWrong | None = None  # the questions on the way; otherwise they are passed by


class LeaveStep(Model):
    """The learner reads on to a page and leaves the course there."""

    leave_on: Text


class Expected(Model):
    """The state that a learner or an LMS is to see."""

    fewest = 1

    page: Text | None = None
    shows: Words = None  # on the screen
    does_not_show: Words = None
    answered: Names = None
    not_answered: Names = None
    status: Literal["not attempted", "incomplete", "completed"] | None = None
    passed: YesOrNo | None = None
    score: Share | None = None
    lessons_done: Names = None

    def verify(self) -> None:
        if len(self.keys) < self.fewest:
            raise invalid("nothing expected", self.node)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that the author wrote, in their order."""
        return tuple(str(key) for key in self.node)


class ExpectStep(Model):
    expect: Expected


STEPS: dict[str, type[Model]] = {
    "answer": AnswerStep,
    "answer the rest": AnswerRestStep,
    "read on to": ReadOnStep,
    "leave on": LeaveStep,
    "expect": ExpectStep,
}
Step = AnswerStep | AnswerRestStep | ReadOnStep | LeaveStep | ExpectStep | SourceText


def kind_of_step(node: object) -> str | None:
    """A text is a word; so is a word with a colon behind it, which is then refused."""
    key = first_key(node)
    return "word" if isinstance(node, str) or key in WORDS else key


read_step = ChosenBy(kind_of_step, {"word": word, **{key: model.read for key, model in STEPS.items()}})


class JourneyFile(Model):
    """journeys/<name>.yaml."""

    journey: Text
    variant: Names = None  # those that it is played in; None for all
    steps: Annotated[tuple[Annotated[Step, read_step], ...], NOT_EMPTY]
