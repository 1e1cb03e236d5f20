"""The pages of one SCO as the learner sees them: the frozen value between `plan` and `render`, free of YAML.

Its blocks and lessons are in `blocks`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from msgspec import Struct, field

from courseware.assessment import Assessment
from courseware.blocks import ContactSlot, Lesson, Question, checks_in

FINAL_QUESTIONS = "final_questions"  # their objective in an LMS; no lesson's id has an underscore
OPTIONAL = "optional_"  # begins the objective of an optional part, before its course's id


class HelpLine(Struct, frozen=True):
    """A number that anybody may call."""

    name: str
    number: str
    audience: str = ""  # "For any adult worried about a child"


class LogoImage(Struct, frozen=True):
    """A drawing for the document, or a file of the package."""

    svg: str = ""
    src: str = ""
    ratio: float = 1  # of its width to its height


class Logo(Struct, frozen=True):
    """The provider's logo; without one for the dark it stands on a white plate there."""

    alt: str
    image: LogoImage
    on_dark: LogoImage | None = None


class MediaFile(Struct, frozen=True):
    """A file that is copied into the package as it is."""

    path: str  # in the package
    source: Path


class Review(Struct, frozen=True):
    """The person who compared this edition with the law and guidance that it states."""

    by: str
    role: str
    on: str  # ISO date


Onward = Literal["continue", "suspendAll", "exitAll"]  # what an LMS is asked for when a SCO is finished


class Sco(Struct, frozen=True):
    """One SCO of a course in several, and what the others have."""

    id: str
    kind: Literal["pre-test", "lesson", "final questions", "optional part"]
    onward: Onward
    lessons: tuple[Lesson, ...]  # of the whole course
    assessment: Assessment | None  # of the whole course


class RefreshedCourse(Struct, frozen=True):
    """The course that a refresher is for people who have completed it."""

    id: str
    title: str
    edition: str
    since: str = ""  # the edition since which the refresher says what has changed
    statistics: str = ""  # the digest of the file that chose its questions


class CoursePart(Struct, frozen=True):
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

    @property
    def final_questions(self) -> tuple[Question, ...]:
        return self.assessment.questions if self.assessment else ()

    def checks(self) -> Iterator[Question]:
        """Every question asked in a lesson, in order."""
        for lesson in self.lessons:
            for page in lesson.pages:
                yield from checks_in(page.blocks)


class OptionalPart(CoursePart, frozen=True):
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


class CourseBeside(Struct, frozen=True):
    """Another course to which the learner is sent in words: it has a package of its own."""

    course: str
    title: str
    minutes: int
    is_main: bool  # else it is the companion


class Pages(CoursePart, frozen=True):
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
