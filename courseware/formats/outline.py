"""A course as its author orders it: each format arranges it as an organization of its own."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal

from msgspec import Struct

Kind = Literal["pre-test", "lesson", "final questions", "optional part"]
PRE_TEST: Final = "pre-test"
LESSON: Final = "lesson"
FINAL: Final = "final questions"
OPTIONAL: Final = "optional part"


class Unit(Struct, frozen=True):
    """One of a course's SCOs: the pre-test, a lesson, the final questions, or a whole optional part."""

    id: str  # a lesson's; those of the others have an underscore
    kind: Kind
    title: str
    href: str
    minutes: int = 0
    spared_by: str = ""  # the objective of the pre-test that spares the lesson

    @property
    def counts(self) -> bool:
        """True where the course is not complete without it."""
        return self.kind in (LESSON, FINAL)


class Outline(Struct, frozen=True):
    """A course in one SCO, or in the units that its author wants as SCOs."""

    course: str  # the id
    title: str
    pass_percent: Decimal | None = None  # None without final questions
    units: tuple[Unit, ...] = ()  # none: one SCO
    lessons_title: str = ""  # what learners call them: "Lessons"
    in_order: bool = False  # a lesson opens when those before it are done
    tested: tuple[str, ...] = ()  # the objectives of the pre-test

    @property
    def lessons(self) -> tuple[Unit, ...]:
        """Those that the final questions wait for."""
        return tuple(unit for unit in self.units if unit.kind == LESSON)

    def resource(self, unit: Unit | None = None) -> str:
        """The identifier of a unit's resource, or of the course's one."""
        return f"resource-{self.course}" if unit is None else f"resource-{unit.id}"

    def item(self, unit: Unit | None = None) -> str:
        return f"item-{self.course}" if unit is None else f"item-{unit.id}"
