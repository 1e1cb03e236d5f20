"""Questions as an author writes them: in a bank, or as a check in a lesson."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import Field, create_model, model_validator
from pydantic_core import PydanticCustomError

from courseware.authored.model import Model, Slug, Text, YesOrNo
from courseware.authored.selective import Selective
from courseware.questions import KINDS
from courseware.questions.kind import QuestionKind
from courseware.yaml12.nodes import SourceMap


class QuestionWithoutAnswer(Selective):
    """The part of a question that does not depend on its kind."""

    about: Slug | None = None
    reread: Text | None = None  # a page's title, or a lesson
    because: Text | None = None  # told after any answer
    partial_credit: YesOrNo = False

    @classmethod
    def implied(cls, node: SourceMap) -> Mapping[str, object]:
        """A sentence with gaps says itself what is asked, and so does a scenario."""
        kinds = [kind for kind in KINDS.values() if kind.asks_itself and kind.key in node]
        asked = kinds[0].asked_in(node[kinds[0].key]) if kinds and "ask" not in node else None
        return {} if asked is None else {"ask": asked}

    if TYPE_CHECKING:  # the fields of the kinds

        def __getattr__(self, name: str) -> Any: ...

    @cached_property
    def kinds(self) -> tuple[QuestionKind, ...]:
        """Those whose keys were written: one in a sound question."""
        return tuple(kind for kind in KINDS.values() if kind.answer(self) is not None)

    @property
    def kind(self) -> QuestionKind:
        return self.kinds[0]

    @property
    def has_answer(self) -> bool:
        return bool(self.kinds)

    @property
    def details(self) -> tuple[str, ...]:
        """The keys beside its answer that only some kinds have, such as “also”."""
        keys = {field for kind in KINDS.values() for field in kind.fields if field != kind.field}
        return tuple(sorted(key for key in keys if getattr(self, key) is not None))

    @model_validator(mode="after")
    def has_one_answer(self) -> Self:
        if len(self.kinds) > 1:
            raise PydanticCustomError("two_kinds", "a question has one kind")
        return self

    @model_validator(mode="after")
    def has_keys_of_its_kind(self) -> Self:
        for key in self.details if self.kinds else ():
            if key not in self.kind.fields:
                fitting = [kind.key for kind in KINDS.values() if key in kind.fields]
                raise PydanticCustomError("other_kind", "{key}", {"key": key, "kinds": fitting})
        if self.partial_credit and self.kinds and not self.kind.has_parts:
            raise PydanticCustomError("no_parts", "{key}", {"key": self.kind.key})
        return self


if TYPE_CHECKING:
    AuthoredQuestion = QuestionWithoutAnswer
else:
    FIELDS = {name: field for kind in KINDS.values() for name, field in kind.fields.items()}
    AuthoredQuestion = create_model("AuthoredQuestion", __base__=QuestionWithoutAnswer, **FIELDS)


class BankQuestion(AuthoredQuestion):
    """A question in a bank."""

    ask: Text
    always: YesOrNo = False  # in every draw
    must_be_right: YesOrNo = False  # nobody passes without it

    @model_validator(mode="after")
    def is_whole(self) -> Self:
        if not self.kinds:
            raise PydanticCustomError("no_options", "a question has its answer")
        return self


class BankFile(Model):
    """quizzes/<name>.yaml: questions by their ids, in the order in which they are asked."""

    bank: Text
    questions: Annotated[dict[Slug, BankQuestion], Field(min_length=1)]
