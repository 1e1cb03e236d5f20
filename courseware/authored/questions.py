"""Questions as an author writes them: in a bank, or as a check in a lesson."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any

from courseware.authored.model import Model, ModelType, Slug, Text, YesOrNo
from courseware.authored.reading import NOT_EMPTY, invalid
from courseware.authored.selective import Selective
from courseware.questions import KINDS
from courseware.questions.kind import QuestionKind
from courseware.yaml12.nodes import SourceMap


class QuestionWithoutAnswer(Selective, dict=True):
    """The part of a question that does not depend on its kind."""

    about: Slug | None = None
    reread: Text | None = None  # a page's title, or a lesson
    because: Text | None = None  # told after any answer
    partial_credit: YesOrNo = False

    @classmethod
    def completed(cls, node: SourceMap) -> Mapping[str, object]:
        """A sentence with gaps says itself what is asked, and so does a scenario."""
        kinds = [kind for kind in KINDS.values() if kind.asks_itself and kind.key in node]
        asked = kinds[0].asked_in(node[kinds[0].key]) if kinds and "ask" not in node else None
        return node if asked is None else {**node, "ask": asked}

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

    def verify(self) -> None:
        """It has one kind, the keys that this needs, and only keys of that kind."""
        if len(self.kinds) > 1:
            raise invalid("two kinds", self.node)
        for key in self.kind.needed if self.kinds else ():
            if getattr(self, key) is None:
                raise invalid("needed key", self.node, key=key)
        for key in self.details if self.kinds else ():
            if key not in self.kind.fields:
                fitting = [kind.key for kind in KINDS.values() if key in kind.fields]
                raise invalid("other kind", self.node, key=key, kinds=fitting)
        if self.partial_credit and self.kinds and not self.kind.has_parts:
            raise invalid("no parts", self.node, key=self.kind.key)


if TYPE_CHECKING:
    AuthoredQuestion = QuestionWithoutAnswer
else:
    TYPES = {name: one | None for kind in KINDS.values() for name, one in kind.fields.items()}
    AuthoredQuestion = ModelType(
        "AuthoredQuestion",
        (QuestionWithoutAnswer,),
        {"__module__": __name__, "__annotations__": TYPES, **dict.fromkeys(TYPES)},
    )


class BankQuestion(AuthoredQuestion):
    """A question in a bank."""

    ask: Text
    always: YesOrNo = False  # in every draw
    must_be_right: YesOrNo = False  # nobody passes without it

    def verify(self) -> None:
        super().verify()
        if not self.kinds:
            raise invalid("no options", self.node)


class BankFile(Model):
    """quizzes/<name>.yaml: questions by their ids, in the order in which they are asked."""

    bank: Text
    questions: Annotated[dict[Slug, BankQuestion], NOT_EMPTY]
