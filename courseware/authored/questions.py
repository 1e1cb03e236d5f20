"""Questions as an author writes them: in a bank, or as a check in a lesson."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from courseware.authored.model import Model, Slug, Text, first_key
from courseware.yaml12.nodes import SourceText


class RightOption(Model):
    """An answer that is right."""

    is_right: ClassVar[bool] = True
    right: Text
    because: Text | None = None

    @property
    def text(self) -> SourceText:
        return self.right


class WrongOption(Model):
    """An answer that is wrong."""

    is_right: ClassVar[bool] = False
    wrong: Text
    because: Text | None = None

    @property
    def text(self) -> SourceText:
        return self.wrong


AuthoredOption = Annotated[
    Annotated[RightOption, Tag("right")] | Annotated[WrongOption, Tag("wrong")], Discriminator(first_key)
]
AuthoredOptions = Annotated[tuple[AuthoredOption, ...], Field(min_length=1)]
QuestionKind = Literal["choose one", "choose all"]


class AuthoredQuestion(Model):
    """The common part of a question in a bank and one in a lesson; its kind is the key of its options."""

    about: Slug | None = None
    reread: Text | None = None  # a page's title, or a lesson
    choose_one: AuthoredOptions | None = None
    choose_all: AuthoredOptions | None = None

    @model_validator(mode="after")
    def asks_in_one_way(self) -> Self:
        if self.choose_one is not None and self.choose_all is not None:
            raise PydanticCustomError("two_kinds", "a question has one kind")
        return self

    @property
    def kind(self) -> QuestionKind:
        return "choose all" if self.choose_one is None else "choose one"

    @property
    def options(self) -> tuple[AuthoredOption, ...]:
        return self.choose_one or self.choose_all or ()


class BankQuestion(AuthoredQuestion):
    """A question in a bank."""

    ask: Text

    @model_validator(mode="after")
    def has_options(self) -> Self:
        if not self.options:
            raise PydanticCustomError("no_options", "a question has its options")
        return self


class BankFile(Model):
    """quizzes/<name>.yaml: questions by their ids, in the order in which they are asked."""

    bank: Text
    questions: Annotated[dict[Slug, BankQuestion], Field(min_length=1)]
