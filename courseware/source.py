"""The frozen models of an author's files: keys are plain words, unknown keys are refused, each has its place.

The lines of a lesson are in `authored.lines`, questions in `authored.questions`, laws in `authored.law`.
Messages about what fits no model are in `authored` too; rules across models are in `validate`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import field

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
    slug,
    text,
    whole_number,
    yes_or_no,
)
from courseware.authored.reading import NOT_EMPTY, ChosenBy, ListOrNone, MapOf, OneOrMore, Reader
from courseware.authored.selective import CONDITIONS, Selective
from courseware.yaml12.nodes import SourceMap, SourceText


class LessonFile(Selective):
    """lessons/<name>.yaml: a flat script, in which `page:` is a line like a heading."""

    lesson: Text
    teaches: Slug | None = None
    minutes: WholeNumber | None = None
    summary: Text | None = None
    done_when: Literal["answered", "shown"] = "answered"
    script: Annotated[tuple[TaggedLine, ...], NOT_EMPTY]

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of its pages; a page before the first `page:` has none."""
        titles = tuple(str(block.page) for block in self.script if isinstance(block, PageLine))
        begins_untitled = bool(self.script) and not isinstance(self.script[0], PageLine)
        return ("", *titles) if begins_untitled else titles


# `yes`, or how many questions about each objective.
PreTestSettings = Annotated[
    dict[SourceText, int] | bool,
    ChosenBy(
        lambda node: "numbers" if isinstance(node, SourceMap) else "yes",
        {"numbers": MapOf(slug, whole_number), "yes": yes_or_no},
    ),
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
    pre_test: PreTestSettings = field(default=False, name="pre-test")


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


def name_or_line(node: object) -> str:
    """A map without a number and with a condition is a name of the catalogue's with its condition."""
    if isinstance(node, SourceMap):
        is_name = SLUG.fullmatch(str(node.get("line"))) and not node.keys() & {"number", "for"}
        return "choice" if is_name and node.keys() & {*CONDITIONS} else "line"
    return "name"


read_line = ChosenBy(name_or_line, {"name": slug, "choice": HelpLineChoice.read, "line": HelpLineEntry.read})
HelpLines = Annotated[tuple[SourceText | HelpLineChoice | HelpLineEntry, ...], ListOrNone(read_line)]


class ObjectiveEntry(Selective):
    """An objective of some variants."""

    objective: Text


class ContactEntry(Selective):
    """A contact of some variants."""

    contact: Text


def text_or_entry(entry: type[Model]) -> Reader:
    """A text, or a map that says for whom the text is."""
    return ChosenBy(
        lambda node: "entry" if isinstance(node, SourceMap) else "text", {"text": text, "entry": entry.read}
    )


ObjectiveText = Annotated[SourceText | ObjectiveEntry, text_or_entry(ObjectiveEntry)]
ContactText = Annotated[SourceText | ContactEntry, text_or_entry(ContactEntry)]


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
    earlier_editions: Annotated[tuple[Text, ...], NOT_EMPTY] | None = None  # the oldest first
    as_of: Day
    in_: Slugs
    for_: Slugs
    with_: Slugs | None = None  # phases
    variants: Annotated[dict[Slug, VariantEntry], NOT_EMPTY] | None = None
    minutes: WholeNumber
    description: Text | None = None
    language: Text | None = None
    objectives: dict[Slug, ObjectiveText]
    lessons: Annotated[tuple[Slug, ...], NOT_EMPTY]
    structure: Literal["one", "multi"] = "one"  # SCO: of the course, or of each lesson
    order: Literal["free", "as listed"] = "free"  # of the lessons, in several SCOs
    legislation: LegislationWord | None = None  # None: separate, if there is any
    legislation_of: Slug | None = None  # the course whose legal companion this is
    assessment: AssessmentSettings | None = None
    contacts: dict[Slug, ContactText] = field(default_factory=dict)
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


FileNames = Annotated[tuple[SourceText, ...], OneOrMore(text)]


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
    instead: dict[Slug, Slug] = field(default_factory=dict)  # of the parent's names, its own
    statistics: FileNames | None = None  # beside course.yaml, as `player questions --json` prints them
    as_of: Day | None = None
    variants: Annotated[dict[Slug, VariantEntry], NOT_EMPTY] | None = None
    description: Text | None = None
    language: Text | None = None
    objectives: dict[Slug, ObjectiveText] = field(default_factory=dict)  # beside those that it takes
    lessons: Annotated[tuple[Slug, ...], NOT_EMPTY] | None = None  # an order of its own
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
    help_lines: dict[Slug, HelpLineEntry] = field(default_factory=dict)
