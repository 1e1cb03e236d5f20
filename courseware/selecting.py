"""The source of one variant: the course without what is not for it; ids, names and places stay.

The rest of the compiler gets such a source like any other, so that nothing after this asks for whom a line
is (decision 23).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from courseware.authored.lines import CheckLine, ContactLine, PageLine, ScriptLine
from courseware.authored.model import Model
from courseware.authored.questions import AuthoredQuestion
from courseware.authored.selective import Selective
from courseware.authored.variant import Variant, entry_of
from courseware.conditions import Condition, without_others
from courseware.material import CourseSource
from courseware.source import AssessmentSettings, CourseFile, LessonFile
from courseware.yaml12.nodes import SourceText


def select(source: CourseSource, variant: Variant) -> CourseSource:
    """The course as that variant has it."""
    selection = Selection(source, variant)
    lessons = {name: selection.lesson(one) for name, one in source.lessons.items() if selection.has(one)}
    gone = source.lessons.keys() - lessons.keys()
    return replace(
        source,
        lessons=lessons,
        banks={name: selection.kept(bank) for name, bank in source.banks.items()},
        course=course_of(source.course, selection, gone),
        variant=variant,
    )


def course_of(course: CourseFile, selection: Selection, gone: Iterable[str]) -> CourseFile:
    """Its course.yaml: one audience, one nation, its own title and minutes."""
    variant = selection.variant
    kept: CourseFile = selection.kept(course)
    entry = entry_of(course, variant.name)
    update: dict[str, Any] = {
        "for_": tuple(word for word in course.for_ if word == variant.audience),
        "in_": tuple(word for word in course.in_ if word == variant.nation),
        "lessons": tuple(name for name in course.lessons if name not in {*gone}),
    }
    if entry:
        update["course"], update["minutes"] = entry.called or course.course, entry.minutes or course.minutes
    if course.assessment:
        update["assessment"] = assessment_of(course.assessment, selection.lost_objectives)
    return kept.model_copy(update=update)


def assessment_of(asked: AssessmentSettings, lost: frozenset[str]) -> AssessmentSettings:
    """Nothing is drawn of an objective that the variant does not have."""
    tested = asked.pre_test
    update = {
        "draw": None if asked.draw is None else without(asked.draw, lost),
        "pre_test": without(tested, lost) if isinstance(tested, Mapping) else tested,
    }
    return asked.model_copy(update=update)


def without(numbers: Mapping[SourceText, int], lost: frozenset[str]) -> dict[SourceText, int]:
    return {name: number for name, number in numbers.items() if name not in lost}


class Selection:
    """What one variant has of a course. What names something goes with it: lessons and questions with their
    objective, a line with its contact, a check with its question in a bank."""

    def __init__(self, source: CourseSource, variant: Variant) -> None:
        self.variant = variant
        course = source.course
        self.lost_objectives = self._lost(course.objectives)
        self.lost_contacts = self._lost(course.contacts)
        self.lost_questions: frozenset[str] = frozenset()
        self.lost_questions = frozenset(
            str(name)
            for bank in source.banks.values()
            for name, one in bank.questions.items()
            if not self.has(one)
        )

    def _lost(self, named: Mapping[SourceText, object]) -> frozenset[str]:
        entries = {name: one for name, one in named.items() if isinstance(one, Selective)}
        return frozenset(str(name) for name, one in entries.items() if not self.variant.sees(one))

    def has(self, one: object) -> bool:
        """True where the variant has that line, lesson, question, option or entry."""
        if not isinstance(one, Selective):
            return True
        if isinstance(one, LessonFile) and one.teaches in self.lost_objectives:
            return False
        if isinstance(one, AuthoredQuestion) and one.about in self.lost_objectives:
            return False
        if isinstance(one, ContactLine) and one.contact in self.lost_contacts:
            return False
        if isinstance(one, CheckLine) and one.ask is None and one.check in self.lost_questions:
            return False
        return self.variant.sees(one)

    def lesson(self, lesson: LessonFile) -> LessonFile:
        kept: LessonFile = self.kept(lesson.model_copy(update={"script": tuple(self.script(lesson.script))}))
        return kept

    def script(self, lines: Iterable[ScriptLine]) -> Iterator[ScriptLine]:
        """A page goes with all that stands on it."""
        has_page = True
        for line in lines:
            if isinstance(line, PageLine):
                has_page = self.has(line)
            if has_page and self.has(line):
                yield line

    def kept(self, value: Any) -> Any:
        """The value without what the variant does not have; the same object where nothing is left out."""
        if isinstance(value, SourceText):
            return without_others(value, self.is_meant)
        if isinstance(value, Model):
            inside = {name: (one, self.kept(one)) for name, one in vars(value).items() if name != "node"}
            update = {name: new for name, (old, new) in inside.items() if new is not old}
            return value.model_copy(update=update) if update else value
        if type(value) is tuple:
            kept = tuple(self.kept(one) for one in value if self.has(one))
            return value if same(kept, value) else kept
        if type(value) is dict:
            pairs = {self.kept(key): self.kept(one) for key, one in value.items() if self.has(one)}
            return value if same((*pairs, *pairs.values()), (*value, *value.values())) else pairs
        return value

    def is_meant(self, condition: Condition) -> bool:
        return self.variant.is_meant_by(condition.key, {word for word, _ in condition.words})


def same(new: tuple[object, ...], old: tuple[object, ...]) -> bool:
    return len(new) == len(old) and all(one is other for one, other in zip(new, old, strict=True))
