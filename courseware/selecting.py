"""The source of one package: the course without what is for other variants, or for the editions of other
days; ids, names and places stay.

The rest of the compiler gets such a source like any other, so that nothing after this asks for whom or from
when a line is (decisions 23 and 26).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from types import NoneType
from typing import Any

from msgspec.structs import astuple, replace

from courseware.authored.lines import CheckLine, ContactLine, PageLine, ScriptLine
from courseware.authored.model import Model
from courseware.authored.questions import AuthoredQuestion
from courseware.authored.selective import DAYS, Selective, reaches
from courseware.authored.variant import Variant, entry_of
from courseware.conditions import Condition, day_of, without_others
from courseware.material import CourseSource
from courseware.source import AssessmentSettings, CourseFile, HelpLineChoice, HelpLineEntry, LessonFile
from courseware.yaml12.nodes import SourceMap, SourceText

WHOLE = frozenset({SourceMap, NoneType, bool, int, str, date})  # types of values that have no parts to lose


def select(source: CourseSource, variant: Variant | None, day: date | None = None) -> CourseSource:
    """The course as that variant has it in the edition of that day, otherwise of the day whose law it states;
    the source itself where nothing of it is left out."""
    selection = Selection(source, variant, day or source.course.as_of)
    lessons = {name: selection.lesson(one) for name, one in source.lessons.items() if selection.has(one)}
    banks = {name: selection.kept(bank) for name, bank in source.banks.items()}
    course = course_of(source.course, selection, source.lessons.keys() - lessons.keys())
    loses_something = not (
        course is source.course
        and same((*lessons.values(),), (*source.lessons.values(),))
        and same((*banks.values(),), (*source.banks.values(),))
    )
    if day is not None and day != course.as_of:
        course = replace(course, as_of=day)
    if variant is None and not loses_something and course is source.course:
        return source
    is_part = variant is not None or loses_something
    selected = replace(
        source,
        lessons=lessons,
        banks=banks,
        course=course,
        variant=variant,
        is_part=source.is_part or is_part,
    )
    if selected.derived is None:
        return selected
    from courseware.refreshing.finishing import finished

    return finished(selected)


def course_of(course: CourseFile, selection: Selection, gone: Collection[str]) -> CourseFile:
    """Its course.yaml: of a variant one audience, one nation, its own title and minutes."""
    kept: CourseFile = selection.kept(course)
    update: dict[str, Any] = {}
    if gone:
        update["lessons"] = tuple(name for name in course.lessons if name not in {*gone})
    if kept.help_lines and not all(map(selection.has_help_line, kept.help_lines)):
        update["help_lines"] = tuple(filter(selection.has_help_line, kept.help_lines))
    if course.assessment and selection.lost_objectives:
        update["assessment"] = assessment_of(course.assessment, selection.lost_objectives)
    if variant := selection.variant:
        entry = entry_of(course, variant.name)
        update["for_"] = tuple(word for word in course.for_ if word == variant.audience)
        update["in_"] = tuple(word for word in course.in_ if word == variant.nation)
        update["course"] = (entry.called if entry else None) or course.course
        update["minutes"] = (entry.minutes if entry else None) or course.minutes
    return replace(kept, **update) if update else kept


def assessment_of(asked: AssessmentSettings, lost: frozenset[str]) -> AssessmentSettings:
    """Nothing is drawn of an objective that the package does not have."""
    tested = asked.pre_test
    update = {
        "draw": None if asked.draw is None else without(asked.draw, lost),
        "pre_test": without(tested, lost) if isinstance(tested, Mapping) else tested,
    }
    return replace(asked, **update)


def without(numbers: Mapping[SourceText, int], lost: frozenset[str]) -> dict[SourceText, int]:
    return {name: number for name, number in numbers.items() if name not in lost}


class Selection:
    """The parts of a course that one package has. A part is left out together with what it names: lessons and
    questions with their objective, a line with its contact, a check with its question in a bank."""

    def __init__(self, source: CourseSource, variant: Variant | None, day: date) -> None:
        self.variant = variant
        self.day = day
        self.course = source.course
        self.catalogue_lines = source.catalogue.help_lines if source.catalogue else {}
        self.lost_objectives = self._lost(source.course.objectives)
        self.lost_contacts = self._lost(source.course.contacts)
        self.lost_questions: frozenset[str] = frozenset()
        self.lost_questions = frozenset(
            str(name)
            for bank in source.banks.values()
            for name, one in bank.questions.items()
            if not self.has(one)
        )

    def _lost(self, named: Mapping[SourceText, object]) -> frozenset[str]:
        entries = {name: one for name, one in named.items() if isinstance(one, Selective)}
        return frozenset(str(name) for name, one in entries.items() if not self.sees(one))

    def sees(self, one: Selective) -> bool:
        """True where it is for these readers and this day."""
        if one.is_for_all:
            return True
        return one.is_shown_on(self.day) and (self.variant is None or self.variant.sees(one))

    def has_help_line(self, one: SourceText | HelpLineChoice | HelpLineEntry) -> bool:
        """A line of the catalogue's is chosen by its name. It may be for readers that a course without
        variants has, or for others."""
        if isinstance(one, HelpLineEntry):
            return True
        line = self.catalogue_lines.get(one.line if isinstance(one, HelpLineChoice) else one)
        if line is None:
            return True
        own = {"only for": self.course.for_, "only in": self.course.in_, "only with": self.course.with_ or ()}
        is_meant = self.variant.is_meant_by if self.variant else lambda key, words: {*own[key]} & {*words}
        return line.is_shown_on(self.day) and all(is_meant(key, words) for key, words in line.conditions)

    def has(self, one: object) -> bool:
        """True where the package has that line, lesson, question, option or entry."""
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
        return self.sees(one)

    def lesson(self, lesson: LessonFile) -> LessonFile:
        script = tuple(self.script(lesson.script))
        if not same(script, lesson.script):
            lesson = replace(lesson, script=script)
        kept: LessonFile = self.kept(lesson)
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
        """The value without what the package does not have; the same object where nothing is left out."""
        if isinstance(value, SourceText):
            if "[[" not in value:
                return value
            return without_others(value, self.is_meant, only_of_days=self.variant is None)
        if isinstance(value, Model):
            parts = zip(value.__struct_fields__, astuple(value), strict=True)
            update = {
                name: new
                for name, one in parts
                if type(one) not in WHOLE and (new := self.kept(one)) is not one
            }
            return replace(value, **update) if update else value
        if type(value) is tuple:
            kept = tuple(self.kept(one) for one in value if self.has(one))
            return value if same(kept, value) else kept
        if type(value) is dict:
            pairs = {self.kept(key): self.kept(one) for key, one in value.items() if self.has(one)}
            return value if same((*pairs, *pairs.values()), (*value, *value.values())) else pairs
        return value

    def is_meant(self, condition: Condition) -> bool:
        """True for a day that is none, too: a rule refuses it."""
        if condition.key in DAYS:
            day = day_of(condition)
            return day is None or reaches(condition.key, day, self.day)
        words = {word for word, _ in condition.words}
        return self.variant is None or self.variant.is_meant_by(condition.key, words)


def same(new: tuple[object, ...], old: tuple[object, ...]) -> bool:
    return len(new) == len(old) and all(one is other for one, other in zip(new, old, strict=True))
