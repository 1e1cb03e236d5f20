"""The walk over everything that an author wrote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from courseware.authored.lines import CheckLine, DutyLine, ImageLine
from courseware.authored.model import Model
from courseware.material import Material
from courseware.questions.kind import NamedPicture
from courseware.source import LessonFile

Line = TypeVar("Line", bound=Model)


def whole_lessons(material: Material) -> Iterator[LessonFile]:
    """Lessons whose script has all its lines, so that a rule may compare neighbours; of a variant, those in
    which there is a line."""
    for name, lesson in material.lessons.items():
        if f"lessons/{name}" not in material.broken and lesson.script:
            yield lesson


def lines(material: Material, model: type[Line]) -> Iterator[Line]:
    """The lines of that kind in all lessons."""
    return (line for line in material.blocks if isinstance(line, model))


def pictures(material: Material) -> Iterator[NamedPicture]:
    """Those of the pages, and those that questions ask about."""
    yield from (NamedPicture(line.image, line.alt) for line in lines(material, ImageLine))
    for asked in material.questions:
        if asked.has_answer and (named := asked.kind.picture(asked)):
            yield named


def checks(material: Material) -> Iterator[CheckLine]:
    return lines(material, CheckLine)


def duties(material: Material) -> Iterator[DutyLine]:
    return lines(material, DutyLine)
