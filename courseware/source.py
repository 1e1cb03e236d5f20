"""What an author writes, as frozen models: keys are plain words, unknown ones refused, each has its `place`.

The messages for what does not fit a model are in `complaints`; rules across models are in `validate`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Discriminator, Field, PlainValidator, Tag, model_validator
from pydantic_core import PydanticCustomError

from courseware.errors import Place
from courseware.written import Entries, Items, Written

LONGEST_SLUG = 100  # it is in file names, in addresses, and in what a course may remember
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def text(value: object) -> Written:
    if not isinstance(value, Written):
        raise PydanticCustomError("not_text", "text is wanted here")
    if not value.strip():
        raise PydanticCustomError("empty", "there is no text here")
    return value


def slug(value: object) -> Written:
    word = text(value)
    if not SLUG.fullmatch(word):
        raise PydanticCustomError("not_slug", "“{word}” is not an id", {"word": str(word)})
    if len(word) > LONGEST_SLUG:
        raise PydanticCustomError(
            "long_slug", "this name has more than {most} letters", {"most": LONGEST_SLUG}
        )
    return word


def whole_number(value: object) -> int:
    word = text(value)
    if not re.fullmatch("[1-9][0-9]{0,5}", word):
        raise PydanticCustomError(
            "not_number", "“{word}” is not a whole number from 1 up", {"word": str(word)}
        )
    return int(word)


def day(value: object) -> date:
    word = text(value)
    shaped = re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", word)
    try:
        return date.fromisoformat(word if shaped else "")
    except ValueError:
        raise PydanticCustomError("not_date", "“{word}” is not a date", {"word": str(word)}) from None


@dataclass(frozen=True, slots=True)
class Percent:
    """A share as the author wrote it, kept exact."""

    text: str  # "80", "66.5"
    value: Decimal


def percent(value: object) -> Percent:
    word = text(value)
    if not re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{1,4})? ?%", word):
        raise PydanticCustomError("not_percent", "“{word}” is not a percentage", {"word": str(word)})
    figure = word.rstrip("% ")
    return Percent(figure, Decimal(figure))


Text = Annotated[Written, PlainValidator(text)]
Slug = Annotated[Written, PlainValidator(slug)]
Slugs = Annotated[tuple[Slug, ...], Field(min_length=1)]
WholeNumber = Annotated[int, PlainValidator(whole_number)]
Day = Annotated[date, PlainValidator(day)]
Share = Annotated[Percent, PlainValidator(percent)]


def spaced(name: str) -> str:
    """Keys are plain words with spaces; a trailing underscore keeps clear of Python's own words."""
    return name.rstrip("_").replace("_", " ")


class Model(BaseModel):
    """The base of all that an author writes."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=spaced,
        arbitrary_types_allowed=True,
        hide_input_in_errors=True,
    )

    # What it was read from, under a key that nobody can type.
    node: Entries = Field(alias="\0node", repr=False)

    @model_validator(mode="before")
    @classmethod
    def keep_node(cls, node: object) -> object:
        if not isinstance(node, Entries):
            return node
        node.model = cls
        return {**node, "\0node": node}

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.node.place

    def at(self, key: str) -> Place:
        """Where the value of that key begins."""
        value = self.node.get(key)
        return value.place if isinstance(value, Written | Entries | Items) else self.place


def first_key(node: object) -> str | None:
    """The first key says what a thing is."""
    return next(iter(node), None) if isinstance(node, Entries) else None


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
    reread: Slug | None = None
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


class Provision(Model):
    """A section of an Act, a part of guidance."""

    says: Text | None = None
    called: Text | None = None
    in_force_from: Day | None = None
    in_force_until: Day | None = None


class Law(Model):
    """An Act, regulations or a guidance document."""

    title: Text
    kind: Literal["law", "guidance", "other"] = "law"
    citation: Text | None = None
    in_: Slugs
    source: Text
    checked: Day | None = None  # the day on which somebody last compared it with its source
    in_force_from: Day | None = None
    in_force_until: Day | None = None
    provisions: dict[Text, Provision] = Field(default_factory=dict)


class LawFile(Model):
    """law/<name>.yaml."""

    laws: dict[Slug, Law]


class Theme(Model):
    accent: Text


class Catalogue(Model):
    """catalogue.yaml: what the courses under it share."""

    provider: Text
    language: Text | None = None
    theme: Theme | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One course, whole: its own files and those that it borrows from the catalogue above."""

    folder: Path
    course: Course
    lessons: Mapping[str, Lesson]  # in the course's order
    banks: Mapping[str, Bank]
    laws: Mapping[str, Law]
    catalogue: Catalogue | None
    words: Mapping[str, str]  # the frame's own, in the course's language
    broken: frozenset[str] = frozenset()  # what is there but could not be read, such as “quizzes/final”

    @property
    def language(self) -> str:
        """BCP 47: the course's, else the catalogue's, else British English."""
        shared = self.catalogue.language if self.catalogue else None
        return str(self.course.language or shared or "en-GB")

    def media(self, name: str) -> Path:
        """The file that an `image:` names."""
        return self.folder / "media" / name

    def question(self, check: Check) -> Asked:
        """The question of a check: its own words, or those of the bank that has it."""
        if check.ask is not None:
            return check
        return next(
            bank.questions[check.check] for bank in self.banks.values() if check.check in bank.questions
        )

    def cited(self, reference: str) -> Citation | None:
        """What `kcsie p1` or `fgma-2003` refers to; None where no law file has it."""
        key, _, provision = reference.strip().partition(" ")
        law = self.laws.get(key)
        if law is None:
            return None
        if not provision:
            return Citation(key, law)
        found = law.provisions.get(provision.strip())  # type: ignore[call-overload]
        return None if found is None else Citation(key, law, provision.strip(), found)


@dataclass(frozen=True, slots=True)
class Citation:
    """A law or guidance document as cited, with the provision where one was named."""

    key: str
    law: Law
    provision_key: str = ""
    provision: Provision | None = None

    @property
    def provision_name(self) -> str:
        """`section 5B` for `s5B`, unless the law file calls it something else."""
        if self.provision is not None and self.provision.called is not None:
            return str(self.provision.called)
        return spelt_out(self.provision_key)


KINDS_OF_PROVISION = {
    "s": "section",
    "p": "part",
    "ch": "chapter",
    "sch": "schedule",
    "reg": "regulation",
    "art": "article",
    "para": "paragraph",
    "annex": "annex",
}


STEP = re.compile(r"(sch|ch|s|p|reg|art|para|annex)-?([0-9]+[A-Z]*(?:\([0-9a-z]+\))*|[A-Z])")


def spelt_out(key: str) -> str:
    """The key of a provision as a reader would say it; as it stands where it follows no pattern."""
    if not re.fullmatch(rf"{STEP.pattern}(?:-{STEP.pattern})*", key):
        return key
    return ", ".join(f"{KINDS_OF_PROVISION[kind]} {number}" for kind, number in STEP.findall(key))
