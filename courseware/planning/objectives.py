"""The objectives of a refresher carry its edition, so that what somebody has shown in an earlier one spares
nothing in the next."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from msgspec.structs import replace

from courseware.authored.lines import CheckLine
from courseware.authored.model import Model
from courseware.material import CourseSource
from courseware.source import AssessmentSettings, LessonFile
from courseware.yaml12.nodes import SourceText

NO_SLUG = re.compile("[^a-z0-9]+")
V = TypeVar("V")
M = TypeVar("M", bound=Model)


def with_objectives_of_edition(source: CourseSource) -> CourseSource:
    """`respond` of edition 2026.2 is `respond-2026-2` in the package; any other course stays as it is."""
    if source.derived is None:
        return source
    edition = NO_SLUG.sub("-", str(source.course.edition).lower()).strip("-")
    return Renaming(f"-{edition}").course(source)


class Renaming:
    """Writes an ending behind each objective."""

    def __init__(self, ending: str) -> None:
        self.ending = ending

    def course(self, source: CourseSource) -> CourseSource:
        asked = source.course.assessment
        update: dict[str, Any] = {
            "objectives": self.keys(source.course.objectives),
            "assessment": self.assessment(asked) if asked else None,
        }
        return replace(
            source,
            course=replace(source.course, **update),
            lessons={name: self.lesson(one) for name, one in source.lessons.items()},
            banks={
                name: replace(
                    bank, questions={key: self.named(one, "about") for key, one in bank.questions.items()}
                )
                for name, bank in source.banks.items()
            },
        )

    def assessment(self, asked: AssessmentSettings) -> AssessmentSettings:
        test = asked.pre_test
        update = {
            "draw": self.keys(asked.draw) if asked.draw is not None else None,
            "pre_test": self.keys(test) if isinstance(test, Mapping) else test,
        }
        return replace(asked, **update)

    def lesson(self, lesson: LessonFile) -> LessonFile:
        script = tuple(
            self.named(line, "about") if isinstance(line, CheckLine) else line for line in lesson.script
        )
        return replace(self.named(lesson, "teaches"), script=script)

    def named(self, model: M, field: str) -> M:
        name = getattr(model, field)
        return replace(model, **{field: self.name(name)}) if name else model

    def keys(self, named: Mapping[SourceText, V]) -> dict[SourceText, V]:
        return {self.name(name): value for name, value in named.items()}

    def name(self, name: SourceText) -> SourceText:
        renamed = SourceText(f"{name}{self.ending}")
        renamed.source_file, renamed.start = name.source_file, name.start
        return renamed
