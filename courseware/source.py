"""The frozen models of what an author writes. Keys are plain words, unknown keys are refused, each has its
`place`.

Messages about what fits no model are in `authored`; rules across models are in `validate`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self, Union, cast

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from courseware.authored.model import (
    Day,
    Model,
    Share,
    Slug,
    Slugs,
    Telephone,
    Text,
    WholeNumber,
    first_key,
)
from courseware.yaml12.nodes import SourceList, SourceMap, SourceText


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


class PageLine(Model):
    """Begins a page of the lesson."""

    page: Text


class TextLine(Model):
    text: Text


class DutyLine(Model):
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


class ImageLine(Model):
    image: Text
    alt: Text
    caption: Text | None = None


class CalloutLine(Model):
    callout: Text
    title: Text | None = None


class StepsLine(Model):
    steps: Annotated[tuple[Text, ...], Field(min_length=1)]


class ContentNoteLine(Model):
    """A warning; the sensitive part follows it, up to the next page."""

    content_note: Text
    title: Text | None = None


class ContactLine(Model):
    """A contact that each school fills in; the slot is named by the course."""

    contact: Slug


class DetailsLine(Model):
    """A question that staff ask, with its answer folded away."""

    details: Text
    text: Text


class CheckLine(AuthoredQuestion):
    """A question in a lesson, never scored; without `ask` it is taken from a bank."""

    check: Slug
    ask: Text | None = None

    @model_validator(mode="after")
    def is_whole_or_a_name(self) -> Self:
        if self.ask is not None and not self.options:
            raise PydanticCustomError("no_options", "a question has its options")
        if self.ask is None and (self.options or self.about or self.reread):
            raise PydanticCustomError("no_ask", "a question is asked")
        return self


class WhatIsInForceLine(Model):
    """A table of a law's provisions, made from the law file: which are in force on the course's day."""

    what_is_in_force: Text  # the law's key


LINES: dict[str, type[Model]] = {
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
    "details": DetailsLine,
    "check": CheckLine,
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
    | DetailsLine
    | CheckLine
    | WhatIsInForceLine
)
if TYPE_CHECKING:
    TaggedLine = ScriptLine
else:  # the same union, of which pydantic takes the model by the first key
    TAGGED = tuple(Annotated[model, Tag(key)] for key, model in LINES.items())
    TaggedLine = Annotated[Union[TAGGED], Discriminator(first_key)]  # noqa: UP007


class LessonFile(Model):
    """lessons/<name>.yaml: a flat script, in which `page:` is a line like a heading."""

    lesson: Text
    teaches: Slug | None = None
    minutes: WholeNumber | None = None
    summary: Text | None = None
    script: Annotated[tuple[TaggedLine, ...], Field(min_length=1)]

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of its pages; a page before the first `page:` has none."""
        titles = tuple(str(block.page) for block in self.script if isinstance(block, PageLine))
        return titles if isinstance(self.script[0], PageLine) else ("", *titles)


class AssessmentSettings(Model):
    """The bank and the mark that decide whether the course is passed."""

    from_: Slug
    pass_: Share
    questions: Literal["all"] = "all"
    tries: WholeNumber | None = None
    minutes: WholeNumber | None = None


class ReviewSettings(Model):
    """The review of one edition by somebody who knows the subject."""

    by: Text
    role: Text
    on: Day
    edition: Text


class HelpLine(Model):
    """A number that anybody may call, at any school."""

    line: Text
    number: Telephone
    for_: Text | None = None


def of_lines(value: object) -> object:
    """`none` is the word for an empty list."""
    said = value[0] if isinstance(value, SourceList) and len(value) == 1 else value
    return () if isinstance(said, str) and said.strip().lower() == "none" else value


HelpLineOrName = Annotated[
    Annotated[Slug, Tag("name")] | Annotated[HelpLine, Tag("line")],
    Discriminator(lambda value: "line" if isinstance(value, SourceMap | HelpLine) else "name"),
]
HelpLines = Annotated[tuple[HelpLineOrName, ...], BeforeValidator(of_lines)]


class CourseFile(Model):
    """course.yaml."""

    course: Text
    id: Slug
    edition: Text
    as_of: Day
    in_: Slugs
    for_: Slugs
    minutes: WholeNumber
    description: Text | None = None
    language: Text | None = None
    objectives: dict[Slug, Text]
    lessons: Annotated[tuple[Slug, ...], Field(min_length=1)]
    legislation: Literal["separate", "optional", "left out"] = "separate"
    assessment: AssessmentSettings | None = None
    contacts: dict[Slug, Text] = Field(default_factory=dict)
    help_lines: HelpLines | None = None  # of the catalogue's by their names, or its own
    emergency: Text | None = None
    reviewed: ReviewSettings | None = None


class Theme(Model):
    accent: Text


class LogoSettings(Model):
    """The provider's logo, in files beside catalogue.yaml."""

    image: Text
    alt: Text
    on_dark: Text | None = None  # the same for a dark surface


class CatalogueFile(Model):
    """catalogue.yaml: the settings that the courses below it share."""

    provider: Text
    language: Text | None = None
    theme: Theme | None = None
    logo: LogoSettings | None = None
    help_lines: dict[Slug, HelpLine] = Field(default_factory=dict)
