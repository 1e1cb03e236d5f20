"""A course in several SCOs: its units, and the pages of each."""

from __future__ import annotations

from msgspec.structs import replace

from courseware.formats.markup import one_line
from courseware.formats.outline import FINAL, LESSON, OPTIONAL, PRE_TEST, Kind, Unit
from courseware.pages import FINAL_QUESTIONS, CoursePart, Onward, Pages, Sco
from courseware.rendering.wording import filled
from courseware.source import CourseFile

PRE_TEST_ID = "pre_test"  # no lesson's id has an underscore


def units_of(course: CourseFile, planned: Pages, *, skips: bool) -> tuple[Unit, ...]:
    """The SCOs of a course that asks for several, in their order; none for a course in one. Without `skips`
    a pre-test could spare nothing, so there is none."""
    if course.structure != "multi":
        return ()
    tested = planned.tested_objectives if skips else frozenset()
    lessons = [
        Unit(
            one.id,
            LESSON,
            one_line(one.title),
            f"{one.id}.html",
            one.minutes,
            spared_by=one.objective if one.objective in tested else "",
        )
        for one in planned.lessons
    ]
    optional = tuple(
        _unit(
            part.final_objective,
            OPTIONAL,
            filled(planned.words["optional part"], title=part.title),
            part.minutes,
        )
        for part in planned.optional
    )
    asked, words = planned.assessment, planned.words
    if asked is None:
        return (*lessons, *optional)
    final = _unit(FINAL_QUESTIONS, FINAL, words["final questions"], asked.minutes)
    if not tested:
        return (*lessons, final, *optional)
    first = _unit(PRE_TEST_ID, PRE_TEST, words["pre-test"], asked.pre_test_minutes)
    return (first, *lessons, final, *optional)


def _unit(name: str, kind: Kind, title: str, minutes: int) -> Unit:
    return Unit(name, kind, one_line(title), f"{name}.html", minutes)


def pages_of(planned: Pages, unit: Unit, units: tuple[Unit, ...]) -> Pages:
    """The pages of one SCO. An optional part is a course of its own, in one SCO."""
    for part in planned.optional:
        if part.final_objective == unit.id:
            own = {name: getattr(part, name) for name in CoursePart.__struct_fields__}
            sco = Sco(unit.id, unit.kind, _onward(unit, units), part.lessons, part.assessment)
            return replace(planned, **own | {"sco": sco}, optional=(), beside=None, legislation="")
    asked = planned.assessment
    if asked and unit.kind == FINAL:
        asked = replace(asked, pre_test=(), pre_test_minutes=0)
    return replace(
        planned,
        lessons=tuple(one for one in planned.lessons if unit.kind == LESSON and one.id == unit.id),
        assessment=None if unit.kind == LESSON else asked,
        optional=(),
        sco=Sco(unit.id, unit.kind, _onward(unit, units), planned.lessons, planned.assessment),
    )


def _onward(unit: Unit, units: tuple[Unit, ...]) -> Onward:
    """A learner goes on to the next SCO, and leaves after the final questions. These end the attempt only
    where nothing can be left to do: a new attempt begins with nothing done."""
    is_last = unit == units[-1]
    if unit.kind == FINAL:
        return "exitAll" if is_last else "suspendAll"
    return "suspendAll" if is_last else "continue"
