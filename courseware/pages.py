"""The pages of one SCO as the learner sees them: the frozen value between `plan` and `render`, free of YAML.

A lesson is one screen; its pages are the sections under its opener, to which a learner returns. HTML in here
is made from the author's Markdown and needs no cleaning; plain text is escaped by the templates.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from courseware.assessment import Assessment

FINAL_QUESTIONS = "final_questions"  # their objective in an LMS; no lesson's id has an underscore
OPTIONAL = "optional_"  # begins the objective of an optional part, before its course's id


@dataclass(frozen=True, slots=True)
class Reference:
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


@dataclass(frozen=True, slots=True)
class Option:
    """A part of an answer: an option to choose, an item to match, a gap to fill. SCORM records its letter."""

    letter: str
    html: str
    right: bool
    because: str = ""  # HTML
    text: str = ""  # the same as the HTML in plain text
    last: bool = False  # stays at the end where options are shuffled


@dataclass(frozen=True, slots=True)
class Question:
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


@dataclass(frozen=True, slots=True)
class Text:
    html: str


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty by law (must) or by guidance (should), of the reader or of the school, with its source."""

    verb: Literal["must", "should"]
    html: str
    source: Reference
    audience: str = ""
    binds: Literal["you", "school"] = "you"


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture; `svg` holds the cleaned drawing where it is inlined, else `src` is a file of the package."""

    alt: str
    src: str = ""
    svg: str = ""
    caption: str = ""  # HTML
    width: int = 0  # of a picture; of a drawing the most that it may have, 0 for no limit
    height: int = 0
    scrolls: bool = False  # on a phone, because its words would get too small there


@dataclass(frozen=True, slots=True)
class Callout:
    html: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Steps:
    items: tuple[str, ...]  # HTML


@dataclass(frozen=True, slots=True)
class Details:
    """One entry of an accordion; neighbours are shown as one."""

    title: str
    html: str


@dataclass(frozen=True, slots=True)
class ContactSlot:
    """A contact that the school fills in after the build."""

    slot: str
    label: str


@dataclass(frozen=True, slots=True)
class LegislationPointer:
    """The lesson that has the law behind a page: a link in the same package, else words."""

    title: str
    course: str
    anchor: str = ""  # empty where the lesson is in another package


@dataclass(frozen=True, slots=True)
class ProvisionRow:
    """One row of a law's commencement."""

    says: str
    name: str  # "section 36"
    status: str  # "In force since 29 June 2026."
    in_force: bool


@dataclass(frozen=True, slots=True)
class Commencement:
    """A table of a law's provisions: those in force on the course's day, and the others."""

    title: str
    mark: str  # HTML: the number of its reference
    provisions: tuple[ProvisionRow, ...]


@dataclass(frozen=True, slots=True)
class ContentNote:
    """A warning, and the sensitive part that it covers: all blocks up to the page's end."""

    html: str
    blocks: tuple[Block, ...]
    title: str = ""  # the title of the strip while the part is shown


@dataclass(frozen=True, slots=True)
class Check:
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


@dataclass(frozen=True, slots=True)
class Page:
    """A section of a lesson; the first may have no title."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    id: str
    title: str
    pages: tuple[Page, ...]
    minutes: int
    summary: str = ""  # HTML
    references: tuple[Reference, ...] = ()
    objective: str = ""
    needs_answers: bool = False  # done once its checks are answered too, not by being shown alone


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A number that anybody may call."""

    name: str
    number: str
    audience: str = ""  # "For any adult worried about a child"


@dataclass(frozen=True, slots=True)
class LogoImage:
    """A drawing for the document, or a file of the package."""

    svg: str = ""
    src: str = ""
    ratio: float = 1  # of its width to its height


@dataclass(frozen=True, slots=True)
class Logo:
    """The provider's logo; without one for the dark it stands on a white plate there."""

    alt: str
    image: LogoImage
    on_dark: LogoImage | None = None


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file that is copied into the package as it is."""

    path: str  # in the package
    source: Path


@dataclass(frozen=True, slots=True)
class Review:
    """The person who compared this edition with the law and guidance that it states."""

    by: str
    role: str
    on: str  # ISO date


Onward = Literal["continue", "suspendAll", "exitAll"]  # what an LMS is asked for when a SCO is finished


@dataclass(frozen=True, slots=True)
class Sco:
    """One SCO of a course in several, and what the others have."""

    id: str
    kind: Literal["pre-test", "lesson", "final questions", "optional part"]
    onward: Onward
    lessons: tuple[Lesson, ...]  # of the whole course
    assessment: Assessment | None  # of the whole course


@dataclass(frozen=True, slots=True)
class RefreshedCourse:
    """The course that a refresher is for people who have completed it."""

    id: str
    title: str
    edition: str
    since: str = ""  # the edition since which the refresher says what has changed
    statistics: str = ""  # the digest of the file that chose its questions


@dataclass(frozen=True, slots=True)
class CoursePart:
    """Lessons with final questions and a result of their own: the main course, or an optional one that is in
    its package (decision 25)."""

    course: str  # the id
    title: str
    language: str  # BCP 47
    edition: str
    lessons: tuple[Lesson, ...]
    words: dict[str, str]  # the frame's own words in this language
    description: str = ""  # HTML
    as_of: str = ""  # ISO date
    review: Review | None = None  # without one it is a draft
    minutes: int = 0
    objectives: tuple[tuple[str, str], ...] = ()  # id, text
    assessment: Assessment | None = None
    sco: Sco | None = None  # None: the whole course

    @property
    def course_lessons(self) -> tuple[Lesson, ...]:
        """All lessons of the course, also of one in several SCOs."""
        return self.sco.lessons if self.sco else self.lessons

    @property
    def course_assessment(self) -> Assessment | None:
        """The final questions of the course, whichever SCO asks them."""
        return self.sco.assessment if self.sco else self.assessment

    @property
    def is_optional(self) -> bool:
        """True where completion, success, score and progress of the package do not depend on it."""
        return False

    @property
    def prefix(self) -> str:
        """It begins the ids of the part's own screens in the document."""
        return ""

    @property
    def final_objective(self) -> str:
        """The objective in an LMS that reports the final questions."""
        return FINAL_QUESTIONS

    @property
    def tested_objectives(self) -> frozenset[str]:
        """Those of the pre-test: whoever passes one is spared its lessons."""
        return (
            frozenset(objective for objective, _ in self.assessment.pre_test)
            if self.assessment
            else frozenset()
        )

    def checks(self) -> Iterator[Question]:
        """Every question asked in a lesson, in order."""
        for lesson in self.lessons:
            for page in lesson.pages:
                yield from checks_in(page.blocks)


@dataclass(frozen=True, slots=True)
class OptionalPart(CoursePart):
    """A companion course in the package of its main course: nothing of the main course needs it."""

    @property
    def is_optional(self) -> bool:
        return True

    @property
    def prefix(self) -> str:
        return f"{self.course}."

    @property
    def final_objective(self) -> str:
        """Its result; a part without final questions has it too."""
        return f"{OPTIONAL}{self.course}"


@dataclass(frozen=True, slots=True)
class CourseBeside:
    """Another course to which the learner is sent in words: it has a package of its own."""

    course: str
    title: str
    minutes: int
    is_main: bool  # else it is the companion


@dataclass(frozen=True, slots=True)
class Pages(CoursePart):
    """Everything that `render` needs for one SCO: the main course, with what is optional in it."""

    contacts: tuple[ContactSlot, ...] = ()
    help_lines: tuple[HelpLine, ...] = ()
    emergency: str = ""  # HTML; empty: the frame's own sentence
    provider: str = ""
    logo: Logo | None = None
    accent: str = ""  # "#12556A"; empty: the default palette
    media: tuple[MediaFile, ...] = field(default=())
    optional: tuple[OptionalPart, ...] = ()
    beside: CourseBeside | None = None
    legislation: str = ""  # "separate", "optional" or "left out", where the course has a companion
    legislation_of: str = ""  # of a companion: the id of its main course
    refreshes: RefreshedCourse | None = None

    @property
    def parts(self) -> tuple[CoursePart, ...]:
        """The main course, then what is optional."""
        return (self, *self.optional)


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
