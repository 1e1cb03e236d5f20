"""The blocks of a page, its pages and its lessons, as the learner sees them: frozen, free of YAML.

A lesson is one screen; its pages are the sections under its opener, to which a learner returns. HTML in here
is made from the author's Markdown and needs no cleaning; plain text is escaped by the templates.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from msgspec import Struct


class Reference(Struct, frozen=True):
    """A source in a lesson's list of references, numbered within the lesson."""

    number: int
    title: str  # "Keeping children safe in education 2025"
    provision: str  # "part one", "section 5B", or empty
    kind: Literal["law", "statutory guidance", "guidance", "other"]
    citation: str = ""  # "1989 c. 41"
    url: str = ""
    says: str = ""
    status: str = ""  # "Passed on 29 April 2026. We found no date on which it comes into force."
    law: str = ""  # its key, which the references to one law share
    part: str = ""  # the key of the provision, which says where in the law it stands
    short: str = ""  # "KCSIE 2026"
    checked: str = ""  # the day on which somebody compared it with its source, "2026-11-24"


class Option(Struct, frozen=True):
    """A part of an answer: an option to choose, an item to match, a gap to fill. SCORM records its letter."""

    letter: str
    html: str
    right: bool
    because: str = ""  # HTML
    text: str = ""  # the same as the HTML in plain text
    last: bool = False  # stays at the end where options are shuffled


class Question(Struct, frozen=True):
    """A question of a lesson (never scored) or of the assessment."""

    id: str
    fingerprint: str
    kind: str  # the key of its entry in `questions`
    ask: str  # HTML, without a paragraph around it
    text: str  # the same in plain text, for the interaction's description
    options: tuple[Option, ...]
    objective: str = ""
    reread: tuple[str, int] | None = None  # lesson id and the position of the page to read again
    targets: tuple[Option, ...] = ()  # what items are matched with
    detail: Any = None  # known to its kind alone
    because: str = ""  # HTML, where the answer as a whole has a reason
    partial: bool = False  # a part of the answer earns a part of the credit
    always: bool = False  # asked in every draw
    must: bool = False  # nobody passes without it
    place: str = ""  # in the author's files, "quizzes/final.yaml:12"


class Text(Struct, frozen=True):
    html: str


class Duty(Struct, frozen=True):
    """A duty by law (must) or by guidance (should), of the reader or of the school, with its source."""

    verb: Literal["must", "should"]
    html: str
    source: Reference
    audience: str = ""
    binds: Literal["you", "school"] = "you"


class Figure(Struct, frozen=True):
    """A picture; `svg` holds the cleaned drawing where it is inlined, else `src` is a file of the package."""

    alt: str
    src: str = ""
    svg: str = ""
    caption: str = ""  # HTML
    width: int = 0  # of a picture; of a drawing the most that it may have, 0 for no limit
    height: int = 0
    scrolls: bool = False  # on a phone, because its words would get too small there


class Callout(Struct, frozen=True):
    html: str
    title: str = ""


class Steps(Struct, frozen=True):
    items: tuple[str, ...]  # HTML


class Details(Struct, frozen=True):
    """One entry of an accordion; neighbours are shown as one."""

    title: str
    html: str


class ContactSlot(Struct, frozen=True):
    """A contact that the school fills in after the build."""

    slot: str
    label: str


class LegislationPointer(Struct, frozen=True):
    """The lesson that has the law behind a page: a link in the same package, else words."""

    title: str
    course: str
    anchor: str = ""  # empty where the lesson is in another package


class ProvisionRow(Struct, frozen=True):
    """One row of a law's commencement."""

    says: str
    name: str  # "section 36"
    status: str  # "In force since 29 June 2026."
    in_force: bool


class Commencement(Struct, frozen=True):
    """A table of a law's provisions: those in force on the course's day, and the others."""

    title: str
    mark: str  # HTML: the number of its reference
    provisions: tuple[ProvisionRow, ...]


class ContentNote(Struct, frozen=True):
    """A warning, and the sensitive part that it covers: all blocks up to the page's end."""

    html: str
    blocks: tuple[Block, ...]
    title: str = ""  # the title of the strip while the part is shown


class Check(Struct, frozen=True):
    question: Question


Block = (
    Text
    | Duty
    | Figure
    | Callout
    | Steps
    | Details
    | ContactSlot
    | LegislationPointer
    | Commencement
    | ContentNote
    | Check
)


class Page(Struct, frozen=True):
    """A section of a lesson; the first may have no title."""

    title: str
    blocks: tuple[Block, ...]


class Lesson(Struct, frozen=True):
    id: str
    title: str
    pages: tuple[Page, ...]
    minutes: int
    summary: str = ""  # HTML
    references: tuple[Reference, ...] = ()
    objective: str = ""
    needs_answers: bool = False  # done once its checks are answered too, not by being shown alone


def all_blocks(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """The blocks, those behind a content note too."""
    for block in blocks:
        yield block
        if isinstance(block, ContentNote):
            yield from all_blocks(block.blocks)


def checks_to_answer(lesson: Lesson) -> tuple[Question, ...]:
    """The checks without which the lesson is not done: a part behind a content note may be skipped."""
    blocks = (block for page in lesson.pages for block in page.blocks) if lesson.needs_answers else ()
    return tuple(block.question for block in blocks if isinstance(block, Check))


def checks_in(blocks: tuple[Block, ...]) -> Iterator[Question]:
    """The questions among the blocks, those behind a content note too."""
    yield from (block.question for block in all_blocks(blocks) if isinstance(block, Check))
