"""The frozen models of an author's files: keys are plain words, unknown keys are refused, each has its place.

The lines of a lesson are in `authored.lines`, questions in `authored.questions`, laws in `authored.law`.
Messages about what fits no model are in `authored` too; rules across models are in `validate`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from courseware.authored.lines import PageLine, TaggedLine
from courseware.authored.model import (
    SLUG,
    Day,
    Model,
    NumberOrAll,
    Share,
    Slug,
    Slugs,
    Telephone,
    Text,
    WholeNumber,
    YesOrNo,
    one_or_more,
    text,
)
from courseware.authored.selective import CONDITIONS, Selective
from courseware.yaml12.nodes import SourceList, SourceMap, SourceText


class LessonFile(Selective):
    """lessons/<name>.yaml: a flat script, in which `page:` is a line like a heading."""

    lesson: Text
    teaches: Slug | None = None
    minutes: WholeNumber | None = None
    summary: Text | None = None
    done_when: Literal["answered", "shown"] = "answered"
    script: Annotated[tuple[TaggedLine, ...], Field(min_length=1)]

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of its pages; a page before the first `page:` has none."""
        titles = tuple(str(block.page) for block in self.script if isinstance(block, PageLine))
        begins_untitled = bool(self.script) and not isinstance(self.script[0], PageLine)
        return ("", *titles) if begins_untitled else titles


# `yes`, or how many questions about each objective.
PreTestSettings = Annotated[
    Annotated[dict[Slug, WholeNumber], Tag("numbers")] | Annotated[YesOrNo, Tag("yes")],
    Discriminator(lambda value: "numbers" if isinstance(value, dict) else "yes"),
]


class AssessmentSettings(Model):
    """The bank and the mark that decide whether the course is passed."""

    from_: Slug
    pass_: Share
    draw: dict[Slug, WholeNumber] | None = None  # how many questions about each objective
    questions: NumberOrAll = None  # how many of the bank; None for all
    shuffle: YesOrNo = True
    tries: WholeNumber | None = None
    minutes: WholeNumber | None = None
    pre_test: PreTestSettings = Field(False, alias="pre-test")


class ReviewSettings(Model):
    """The review of one edition by somebody who knows the subject."""

    by: Text
    role: Text
    on: Day
    edition: Text


class HelpLineEntry(Selective):
    """A number that anybody may call, at any school."""

    line: Text
    number: Telephone
    for_: Text | None = None


class HelpLineChoice(Selective):
    """A help line of the catalogue's, for some readers or in the editions of some days."""

    line: Slug


def of_lines(value: object) -> object:
    """`none` is the word for an empty list."""
    said = value[0] if isinstance(value, SourceList) and len(value) == 1 else value
    return () if isinstance(said, str) and said.strip().lower() == "none" else value


def name_or_line(value: object) -> str:
    """A map without a number and with a condition is a name of the catalogue's with its condition."""
    if isinstance(value, SourceMap):
        is_name = SLUG.fullmatch(str(value.get("line"))) and not value.keys() & {"number", "for"}
        return "choice" if is_name and value.keys() & {*CONDITIONS} else "line"
    return "name"


HelpLineOrName = Annotated[
    Annotated[Slug, Tag("name")]
    | Annotated[HelpLineChoice, Tag("choice")]
    | Annotated[HelpLineEntry, Tag("line")],
    Discriminator(name_or_line),
]
HelpLines = Annotated[tuple[HelpLineOrName, ...], BeforeValidator(of_lines)]


class ObjectiveEntry(Selective):
    """An objective of some variants."""

    objective: Text


class ContactEntry(Selective):
    """A contact of some variants."""

    contact: Text


def text_or_entry(value: object) -> str:
    return "entry" if isinstance(value, SourceMap | Model) else "text"


ObjectiveText = Annotated[
    Annotated[Text, Tag("text")] | Annotated[ObjectiveEntry, Tag("entry")], Discriminator(text_or_entry)
]
ContactText = Annotated[
    Annotated[Text, Tag("text")] | Annotated[ContactEntry, Tag("entry")], Discriminator(text_or_entry)
]


LegislationWord = Literal["separate", "optional", "left out"]


class VariantEntry(Model):
    """The readers of one variant: an audience, a nation and, where wanted, a phase."""

    for_: Slug | None = None  # None where the course has one only
    in_: Slug | None = None
    with_: Slug | None = None
    called: Text | None = None  # its title, otherwise the course's
    minutes: WholeNumber | None = None
    legislation: LegislationWord | None = None  # otherwise the course's
    keeps_the_name: YesOrNo = False  # it is the course that was there before there were variants


class CourseFile(Model):
    """course.yaml."""

    course: Text
    id: Slug
    edition: Text
    earlier_editions: Annotated[tuple[Text, ...], Field(min_length=1)] | None = None  # the oldest first
    as_of: Day
    in_: Slugs
    for_: Slugs
    with_: Slugs | None = None  # phases
    variants: Annotated[dict[Slug, VariantEntry], Field(min_length=1)] | None = None
    minutes: WholeNumber
    description: Text | None = None
    language: Text | None = None
    objectives: dict[Slug, ObjectiveText]
    lessons: Annotated[tuple[Slug, ...], Field(min_length=1)]
    structure: Literal["one", "multi"] = "one"  # SCO: of the course, or of each lesson
    order: Literal["free", "as listed"] = "free"  # of the lessons, in several SCOs
    legislation: LegislationWord | None = None  # None: separate, if there is any
    legislation_of: Slug | None = None  # the course whose legal companion this is
    assessment: AssessmentSettings | None = None
    contacts: dict[Slug, ContactText] = Field(default_factory=dict)
    help_lines: HelpLines | None = None  # of the catalogue's by their names, or its own
    emergency: Text | None = None
    reviewed: ReviewSettings | None = None

    @property
    def objective_texts(self) -> dict[SourceText, SourceText]:
        """The objectives in words, by name."""
        return {
            name: one.objective if isinstance(one, ObjectiveEntry) else one
            for name, one in self.objectives.items()
        }

    @property
    def contact_labels(self) -> dict[SourceText, SourceText]:
        """The words that learners read for each contact, by its name."""
        return {
            name: one.contact if isinstance(one, ContactEntry) else one for name, one in self.contacts.items()
        }


FileNames = Annotated[tuple[SourceText, ...], one_or_more(text)]


class TakeSettings(Model):
    """The parts of its parent that a refresher takes."""

    objectives: Slugs | None = None
    changed_since: Text | None = None  # an edition of the parent
    most_missed: WholeNumber | None = None  # how many questions


class RefresherFile(Model):
    """course.yaml of a refresher; what it does not say is its parent's."""

    course: Text
    id: Slug
    edition: Text
    refresher_of: Slug  # the parent's id
    take: TakeSettings
    minutes: WholeNumber
    instead: dict[Slug, Slug] = Field(default_factory=dict)  # of the parent's names, its own
    statistics: FileNames | None = None  # beside course.yaml, as `player questions --json` prints them
    as_of: Day | None = None
    variants: Annotated[dict[Slug, VariantEntry], Field(min_length=1)] | None = None
    description: Text | None = None
    language: Text | None = None
    objectives: dict[Slug, ObjectiveText] = Field(default_factory=dict)  # beside those that it takes
    lessons: Annotated[tuple[Slug, ...], Field(min_length=1)] | None = None  # an order of its own
    structure: Literal["one", "multi"] | None = None
    order: Literal["free", "as listed"] | None = None
    assessment: AssessmentSettings | None = None
    contacts: dict[Slug, ContactText] | None = None
    help_lines: HelpLines | None = None
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
    help_lines: dict[Slug, HelpLineEntry] = Field(default_factory=dict)
