"""The description that `courseware` puts into its own packages; packages by others have none."""

from __future__ import annotations

from msgspec import Struct


class Part(Struct, frozen=True):
    """A lesson of one of our courses, or its final questions: the objective that reports its state."""

    objective: str
    title: str
    minutes: int
    tries: int = 0  # how often its questions may be handed in; 0: no limit
    teaches: str = ""  # the objective whose pre-test spares the lesson; empty where none does
    optional: str = ""  # the course that it is of, where the package's own result does not need it
    result: str = ""  # of an optional part that its objective reports on: "passed", else "completed"
    variant: str = ""  # of the course that an optional part is, where it has variants


class SchoolContact(Struct, frozen=True):
    """A contact that each school fills in for itself (decision 15)."""

    slot: str
    label: str  # "Your designated safeguarding lead"


class Provenance(Struct, frozen=True):
    """The origin of a package that `courseware` compiled; other packages have none."""

    course: str  # the course's id
    edition: str
    variant: str = ""  # "audience=governors jurisdiction=wales", sorted by key
    compiler: str = ""  # "courseware 0.1.0"
    parts: tuple[Part, ...] = ()  # the parts of its one SCO, in order
    status: str = ""  # "draft" until a specialist has reviewed the edition, then "reviewed"
    contacts: tuple[SchoolContact, ...] = ()  # those that its pages show
    as_of: str = ""  # the day whose edition it is, "2026-11-24"
    legislation: str = ""  # "separate", "optional" or "left out", where the course has a legal companion
    legislation_of: str = ""  # of such a companion: the id of its main course
    refresher_of: str = ""  # the id of the course that it refreshes
    statistics: str = ""  # SHA-256 of the file that chose its questions
