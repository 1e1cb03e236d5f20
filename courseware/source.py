"""What an author writes, as frozen models: keys are plain words, unknown ones refused, each has its `place`.

The messages for what does not fit a model are in `complaints`; rules across models are in `validate`.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from courseware.authored.model import Day, Model, Share, Slug, Slugs, Text, WholeNumber, first_key
from courseware.yaml12.written import Written


class Right(Model):
    """An answer that is right."""

    is_right: ClassVar[bool] = True
    right: Text
    because: Text | None = None

    @property
    def text(self) -> Written:
        return self.right


class Wrong(Model):
    """An answer that is wrong."""

    is_right: ClassVar[bool] = False
    wrong: Text
    because: Text | None = None

    @property
    def text(self) -> Written:
        return self.wrong


Option = Annotated[Annotated[Right, Tag("right")] | Annotated[Wrong, Tag("wrong")], Discriminator(first_key)]
Options = Annotated[tuple[Option, ...], Field(min_length=1)]
Verb = Literal["choose one", "choose all"]


class Asked(Model):
    """What a question in a bank and one written into a lesson have in common; its verb is its kind."""

    about: Slug | None = None
    reread: Text | None = None  # a page's title, or a lesson
    choose_one: Options | None = None
    choose_all: Options | None = None

    @model_validator(mode="after")
    def asks_in_one_way(self) -> Self:
        if self.choose_one is not None and self.choose_all is not None:
            raise PydanticCustomError("two_verbs", "a question has one kind")
        return self

    @property
    def verb(self) -> Verb:
        return "choose all" if self.choose_one is None else "choose one"

    @property
    def options(self) -> tuple[Option, ...]:
        return self.choose_one or self.choose_all or ()


class Question(Asked):
    """A question in a bank."""

    ask: Text

    @model_validator(mode="after")
    def has_options(self) -> Self:
        if not self.options:
            raise PydanticCustomError("no_verb", "a question has its options")
        return self


class Bank(Model):
    """quizzes/<name>.yaml: questions by their ids, in the order in which they are asked."""

    bank: Text
    questions: Annotated[dict[Slug, Question], Field(min_length=1)]


class PageLine(Model):
    """Where a page of the lesson begins."""

    page: Text


class Prose(Model):
    text: Text


class Must(Model):
    """A duty that law lays on somebody."""

    must: Text
    by: Text
    for_: Text | None = None


class Should(Model):
    """What guidance asks of somebody."""

    should: Text
    by: Text
    for_: Text | None = None


Duty = Must | Should


class Image(Model):
    image: Text
    alt: Text
    caption: Text | None = None


class Callout(Model):
    callout: Text
    title: Text | None = None


class Steps(Model):
    steps: Annotated[tuple[Text, ...], Field(min_length=1)]


class ContentNote(Model):
    """A warning; what follows it, up to the next page, is the sensitive part."""

    content_note: Text
    title: Text | None = None


class Contact(Model):
    """A contact that each school fills in; the slot is named by the course."""

    contact: Slug


class Details(Model):
    """A question that staff ask, with the answer folded away."""

    details: Text
    text: Text


class Check(Asked):
    """A question asked in a lesson, never scored; without `ask` it is one of a bank's."""

    check: Slug
    ask: Text | None = None

    @model_validator(mode="after")
    def is_whole_or_a_name(self) -> Self:
        if self.ask is not None and not self.options:
            raise PydanticCustomError("no_verb", "a question has its options")
        if self.ask is None and (self.options or self.about or self.reread):
            raise PydanticCustomError("no_ask", "a question is asked")
        return self


BLOCKS: dict[str, type[Model]] = {
    "page": PageLine,
    "text": Prose,
    "must": Must,
    "should": Should,
    "image": Image,
    "callout": Callout,
    "steps": Steps,
    "content note": ContentNote,
    "contact": Contact,
    "details": Details,
    "check": Check,
}
Block = PageLine | Prose | Must | Should | Image | Callout | Steps | ContentNote | Contact | Details | Check
TaggedBlock = Annotated[
    Annotated[PageLine, Tag("page")]
    | Annotated[Prose, Tag("text")]
    | Annotated[Must, Tag("must")]
    | Annotated[Should, Tag("should")]
    | Annotated[Image, Tag("image")]
    | Annotated[Callout, Tag("callout")]
    | Annotated[Steps, Tag("steps")]
    | Annotated[ContentNote, Tag("content note")]
    | Annotated[Contact, Tag("contact")]
    | Annotated[Details, Tag("details")]
    | Annotated[Check, Tag("check")],
    Discriminator(first_key),
]


class Lesson(Model):
    """lessons/<name>.yaml: a flat script, in which a page is a line like a heading."""

    lesson: Text
    teaches: Slug | None = None
    minutes: WholeNumber | None = None
    summary: Text | None = None
    script: Annotated[tuple[TaggedBlock, ...], Field(min_length=1)]

    @property
    def titles(self) -> tuple[str, ...]:
        """Of its pages; what stands before the first `page:` has none."""
        titled = tuple(str(block.page) for block in self.script if isinstance(block, PageLine))
        return titled if isinstance(self.script[0], PageLine) else ("", *titled)


class Assessment(Model):
    """What decides whether the course is passed."""

    from_: Slug
    pass_: Share
    questions: Literal["all"] = "all"
    tries: WholeNumber | None = None
    minutes: WholeNumber | None = None


class Course(Model):
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
    assessment: Assessment | None = None
    contacts: dict[Slug, Text] = Field(default_factory=dict)


class Theme(Model):
    accent: Text


class Catalogue(Model):
    """catalogue.yaml: what the courses under it share."""

    provider: Text
    language: Text | None = None
    theme: Theme | None = None
