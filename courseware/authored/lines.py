"""The lines of a lesson's script: each begins a page, or is a block of one."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, cast

from msgspec import field

from courseware.authored.model import Slug, Text
from courseware.authored.questions import AuthoredQuestion
from courseware.authored.reading import NOT_EMPTY, by_first_key, invalid
from courseware.authored.selective import Selective
from courseware.yaml12.nodes import SourceText


class PageLine(Selective):
    """Begins a page of the lesson."""

    page: Text


class TextLine(Selective):
    text: Text


class DutyLine(Selective):
    """A duty of the reader or of the reader's school: law says what must, guidance what should be done."""

    verb: ClassVar[Literal["must", "should"]]
    binds: ClassVar[Literal["you", "school"]]
    by: Text
    for_: Text | None = None

    @property
    def key(self) -> str:
        """The key that the author writes."""
        return self.verb if self.binds == "you" else f"{self.binds} {self.verb}"

    @property
    def words(self) -> SourceText:
        return cast(SourceText, getattr(self, self.key.replace(" ", "_")))


class MustLine(DutyLine):
    verb, binds = "must", "you"
    must: Text


class ShouldLine(DutyLine):
    verb, binds = "should", "you"
    should: Text


class SchoolMustLine(DutyLine):
    verb, binds = "must", "school"
    school_must: Text


class SchoolShouldLine(DutyLine):
    verb, binds = "should", "school"
    school_should: Text


class ImageLine(Selective):
    image: Text
    alt: Text
    caption: Text | None = None


class CalloutLine(Selective):
    callout: Text
    title: Text | None = None


class StepsLine(Selective):
    steps: Annotated[tuple[Text, ...], NOT_EMPTY]


class ContentNoteLine(Selective):
    """A warning; the sensitive part follows it, up to the next page."""

    content_note: Text
    title: Text | None = None


class ContactLine(Selective):
    """A contact that each school fills in; the slot is named by the course."""

    contact: Slug


class LegislationLine(Selective):
    """Leads to a lesson of the legal companion; it goes where the legislation is left out."""

    legislation: Slug


class DetailsLine(Selective):
    """A question that staff ask, with its answer folded away."""

    details: Text
    text: Text


class CheckLine(AuthoredQuestion):
    """A question in a lesson, never scored; without `ask` it is taken from a bank."""

    check: Slug
    ask: Text | None = None

    def verify(self) -> None:
        """It is a whole question, or a name and nothing else."""
        super().verify()
        if self.ask is not None and not self.has_answer:
            raise invalid("no options", self.node)
        with_it = (self.details, self.about, self.reread, self.because)
        if self.ask is None and (self.has_answer or any(with_it)):
            raise invalid("no ask", self.node)


class ScenarioLine(CheckLine):
    """A check that is played, scene by scene; without `scenes` it is taken from a bank."""

    check: Slug = field(name="scenario")


class WhatIsInForceLine(Selective):
    """A table of a law's provisions, made from the law file: which are in force on the course's day."""

    what_is_in_force: Text  # the law's key


LINES: dict[str, type[Selective]] = {
    "page": PageLine,
    "text": TextLine,
    "must": MustLine,
    "should": ShouldLine,
    "school must": SchoolMustLine,
    "school should": SchoolShouldLine,
    "image": ImageLine,
    "callout": CalloutLine,
    "steps": StepsLine,
    "content note": ContentNoteLine,
    "contact": ContactLine,
    "legislation": LegislationLine,
    "details": DetailsLine,
    "check": CheckLine,
    "scenario": ScenarioLine,
    "what is in force": WhatIsInForceLine,
}
ScriptLine = (
    PageLine
    | TextLine
    | MustLine
    | ShouldLine
    | SchoolMustLine
    | SchoolShouldLine
    | ImageLine
    | CalloutLine
    | StepsLine
    | ContentNoteLine
    | ContactLine
    | LegislationLine
    | DetailsLine
    | CheckLine
    | ScenarioLine
    | WhatIsInForceLine
)
TaggedLine = Annotated[ScriptLine, by_first_key(LINES)]
