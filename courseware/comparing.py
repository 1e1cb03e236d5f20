"""Two variants of a course side by side, or its editions of two days: what only one of them has, by lesson
and page, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from courseware.authored.lines import (
    CalloutLine,
    CheckLine,
    ContactLine,
    ContentNoteLine,
    DetailsLine,
    DutyLine,
    ImageLine,
    LegislationLine,
    PageLine,
    ScenarioLine,
    ScriptLine,
    StepsLine,
    TextLine,
    WhatIsInForceLine,
)
from courseware.authored.model import Model, models_below
from courseware.authored.selective import Selective
from courseware.authored.texts import markdown_in
from courseware.authored.variant import Variant
from courseware.errors import CoursewareError, Problem
from courseware.judging import judge
from courseware.load import SourceReader
from courseware.markdown import citations, plain
from courseware.material import CourseSource
from courseware.options import BuildOptions
from courseware.planning.assessment import plan_assessment
from courseware.planning.figures import CourseFigures
from courseware.refreshing.course import read_course
from courseware.selecting import select
from courseware.source import LessonFile
from courseware.yaml12.nodes import SourceText, excerpt

COURSE = "The course"
DUTIES = {
    "must": "the duty",
    "should": "the guidance",
    "school must": "the school's duty",
    "school should": "the school's guidance",
}


class Difference(Struct, frozen=True):
    """One thing that only one of the two has."""

    lesson: str  # its title, or “The course” or “Final questions”
    page: str  # its title; empty where the page has none
    only: str  # the variant's name, or the day
    what: str  # “the question”
    words: str = ""
    inside: str = ""  # the words of what both have and it is a part of

    def __str__(self) -> str:
        words = f" “{self.words}”" if self.words else ""
        inside = f", in “{self.inside}”" if self.inside else ""
        return f"only {self.only}: {self.what}{words}{inside}"


Name = TypeVar("Name", bound=str)
Only = tuple[str, ...]  # the variant or the day, what it is, its words, and those of what it is a part of


class Comparison(Struct, frozen=True):
    """A course, and what two of its variants, or of its days' editions, have of it."""

    whole: CourseSource
    both: tuple[CourseSource, CourseSource]
    names: tuple[str, str]

    def differences(self) -> Iterator[Difference]:
        for only in self._of_course():
            yield Difference(COURSE, "", *only)
        for name, lesson in self.whole.lessons.items():
            yield from self._of_lesson(str(name), lesson)
        for only in self._of_assessment():
            yield Difference(self.whole.words["final questions"], "", *only)

    def _of_course(self) -> Iterator[Only]:
        said = [(str(one.course.course), f"{one.course.minutes} minutes") for one in self.both]
        for at, what in ((0, "the title"), (1, "")):
            if said[0][at] != said[1][at]:
                for name, words in zip(self.names, said, strict=True):
                    yield (name, what, words[at]) if what else (name, words[at], "")
        yield from self._named("the objective", [one.course.objective_texts for one in self.both])
        yield from self._named("the contact", [one.course.contact_labels for one in self.both])
        yield from self._named(
            "the help line", [{str(line.number): line.line for line in one.help_lines} for one in self.both]
        )

    def _named(self, what: str, entries: list[dict[Name, SourceText]]) -> Iterator[Only]:
        first, second = entries
        for name in {**first, **second}:
            if (name in first) is not (name in second):
                yield self.names[name in second], what, str({**first, **second}[name])

    def _of_lesson(self, name: str, lesson: LessonFile) -> Iterator[Difference]:
        title = str(lesson.lesson)
        having = [name in source.lessons for source in self.both]
        if not all(having):
            if any(having):
                yield Difference(title, "", self.names[having[1]], "the whole lesson")
            return
        page, is_compared = "", True
        scripts = [{id(line.node): line for line in one.lessons[name].script} for one in self.both]
        for line in lesson.script:
            lines = [script.get(id(line.node)) for script in scripts]
            if isinstance(line, PageLine):
                page, is_compared = str(line.page), None not in lines
                if not is_compared and any(lines):
                    yield Difference(title, page, self.names[lines[0] is None], "the whole page")
            elif is_compared:
                for only in self._of_line(line, lines):
                    yield Difference(title, page, *only)

    def _of_line(self, line: ScriptLine, lines: list[ScriptLine | None]) -> Iterator[Only]:
        one, other = lines
        if one is None and other is None:
            return
        if one is None or other is None:
            yield self.names[one is None], *described(line, self.whole)
        elif isinstance(one, CheckLine) and isinstance(other, CheckLine):
            asked = self.both[0].question(one)
            yield from self._inside(asked, self.both[1].question(other), shown(str(asked.ask)))
        else:
            yield from self._inside(one, other, described(line, self.whole)[1])

    def _inside(self, one: Model, other: Model, words: str) -> Iterator[Only]:
        """The options and the sources of a thing that both have."""
        below = [models_below(one), models_below(other)]
        nodes = [{id(model.node) for model in models} for models in below]
        for at, models in enumerate(below):
            for model in models:
                if isinstance(model, Selective) and id(model.node) not in nodes[1 - at]:
                    yield self.names[at], "the answer", shown(str(getattr(model, "text", ""))), words
        cited = [list(self._sources(models)) for models in below]
        for at, sources in enumerate(cited):
            for source in sources:
                if source not in cited[1 - at]:
                    yield self.names[at], "the source", source, words

    def _sources(self, models: Iterable[Model]) -> Iterator[str]:
        for text in markdown_in(models):
            for reference, _ in citations(text):
                yield str(self.whole.cited(reference) or reference)

    def _of_assessment(self) -> Iterator[Only]:
        asked, bank = self.whole.course.assessment, self.whole.final_bank
        if asked is None or bank is None:
            return
        planned = [plan_assessment(source, CourseFigures(source)) for source in self.both]
        told = [f"{one.number} questions, of which {one.pass_raw} right pass" for one in planned if one]
        if told[0] != told[1]:
            yield from ((name, words, "") for name, words in zip(self.names, told, strict=True))
        banks = [source.banks[asked.from_].questions for source in self.both]
        for name, question in bank.questions.items():
            one, other = (questions.get(name) for questions in banks)
            if one is not None and other is not None:
                yield from self._inside(one, other, shown(question.ask))
            elif one is not None or other is not None:
                yield self.names[one is None], "the question", shown(question.ask)


def compare(folder: Path, options: BuildOptions, days: Sequence[date] = ()) -> Comparison:
    """The two variants that are asked for; or one of them, or a course without any, on two days, of which the
    first may be its own. Raises CoursewareError where the course or one of them is wrong."""
    reader = SourceReader()
    material = read_course(folder, reader)
    judged = judge(material, options) if material else None
    problems = {*reader.problems, *(judged.problems if judged else ())}
    errors = [one for one in problems if one.severity == "error"]
    if judged is None or judged.source is None or errors:
        raise CoursewareError(errors)
    by_name = {one.name: one.source for one in judged.chosen}
    if not days:
        first, second = (by_name[name] for name in options.variants)
        return Comparison(judged.source, (first, second), (options.variants[0], options.variants[1]))
    if len(by_name) > 1:
        message, hint = "the course has variants, and two days are compared for one", ", ".join(by_name)
        place = judged.source.course.at("variants")
        raise CoursewareError([Problem(place, message, f"add “--variant”, one of {hint}")])
    return of_days(judged.source, next(iter(by_name.values())).variant, days)


def of_days(whole: CourseSource, variant: Variant | None, days: Sequence[date]) -> Comparison:
    first, second = days if len(days) > 1 else (whole.course.as_of, *days)
    both = (select(whole, variant, first), select(whole, variant, second))
    return Comparison(whole, both, (first.isoformat(), second.isoformat()))


def described(line: ScriptLine, source: CourseSource) -> tuple[str, str]:
    """The name that a reader would give it, and its words."""
    match line:
        case LegislationLine():
            return "the legislation lesson", str(line.legislation)
        case ContactLine():
            return "the contact", str(source.course.contact_labels.get(line.contact, line.contact))
        case ScenarioLine():
            return "the scenario", shown(str(source.question(line).ask))
        case CheckLine():
            return "the question", shown(str(source.question(line).ask))
        case WhatIsInForceLine():
            return "the table of what is in force", str(source.cited(line.what_is_in_force) or "")
        case _:
            return _described_by_its_text(line)


def _described_by_its_text(line: ScriptLine) -> tuple[str, str]:
    match line:
        case TextLine():
            return "the text", shown(line.text)
        case DutyLine():
            return DUTIES[line.key], shown(line.words)
        case ImageLine():
            return "the picture", excerpt(line.alt)
        case CalloutLine():
            return "the box", shown(line.title or line.callout)
        case StepsLine():
            return "the steps", excerpt(", ".join(map(plain, line.steps)))
        case ContentNoteLine():
            return "the content note", shown(line.content_note)
        case DetailsLine():
            return "what opens under", excerpt(line.details)
        case _:
            raise TypeError(f"{type(line).__name__} is no block of a page")


def shown(words: str) -> str:
    """The words as a reader sees them, cut where they are long."""
    return excerpt(plain(words))


def report(comparison: Comparison) -> Iterator[str]:
    """Lines of text: each lesson, each page below it, and below that what only one of the two has."""
    differences = list(comparison.differences())
    first, second = comparison.names
    if not differences:
        yield f"{first} and {second} have the same."
    for lesson, of_lesson in groupby(differences, key=lambda one: one.lesson):
        yield lesson
        for page, of_page in groupby(of_lesson, key=lambda one: one.page):
            if page:
                yield f"  {page}"
            for one in of_page:
                yield f"{'    ' if page else '  '}{one}"
