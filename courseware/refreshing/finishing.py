"""The parts of a refresher that depend on what a variant, or the edition of a day, has of it: the page that
says what is new, and how much is asked of the pool."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from courseware.authored.lines import ContentNoteLine, PageLine, ScriptLine, TextLine
from courseware.authored.questions import BankQuestion
from courseware.derived import News, PoolNumbers
from courseware.editions import has_changed_inside
from courseware.material import CourseSource
from courseware.planning.assessment import FEWEST_TESTED
from courseware.refreshing.made import text_at
from courseware.refreshing.script import split
from courseware.refreshing.targets import with_targets
from courseware.rendering.wording import counted
from courseware.source import AssessmentSettings
from courseware.yaml12.nodes import SourceText

NEWS = "what-is-new"  # the name of that lesson


def finished(source: CourseSource) -> CourseSource:
    """A refresher with all that depends on its readers; any other course as it is."""
    if source.derived is None:
        return source
    name = source.variant.name if source.variant else ""
    parent = source.derived.course
    title = source.derived.titles.get(name, parent.title)
    derived = replace(source.derived, course=replace(parent, title=title))
    shown = with_news(source, derived.news) if derived.news else source
    lessons, banks = with_targets(shown.lessons, shown.banks)
    return with_numbers(replace(shown, lessons=lessons, banks=banks, derived=derived), derived.pool)


def with_news(source: CourseSource, news: News) -> CourseSource:
    """The page in words tells what these readers are shown. Pages without anything for them go, and so does a
    lesson without pages."""
    lessons = {
        name: replace(lesson, script=tuple(kept_lines(lesson.script, news, is_news=name == NEWS)))
        for name, lesson in source.lessons.items()
    }
    if lesson := lessons.get(NEWS):
        script = tuple(in_words(lesson.script, news, told(source, lesson.script, news)))
        lessons[NEWS] = replace(lesson, script=script)
    kept = {name: lesson for name, lesson in lessons.items() if lesson.script}
    names = tuple(name for name in source.course.lessons if name not in lessons or name in kept)
    return replace(source, lessons=kept, course=replace(source.course, lessons=names))


def kept_lines(script: Sequence[ScriptLine], news: News, *, is_news: bool) -> Iterator[ScriptLine]:
    """The pages that these readers need: with a change that they are shown, where that is why the page is
    here; with something left to read, where a check has moved away."""
    for page in split(script):
        changes = news.pages.get(id(page[0].node))
        if changes is None:
            yield from page
        elif not is_news or any(id(line.node) in changes for line in page):
            while page and isinstance(page[-1], PageLine | ContentNoteLine):
                page = page[:-1]
            yield from page


def told(source: CourseSource, script: Iterable[ScriptLine], news: News) -> list[str]:
    """An item for each page on which these readers find something new, and one for the final questions."""
    shown = {id(line.node) for line in script}
    items = [item for entry in news.entries if (item := entry.told(shown))]
    number = sum(has_changed_inside(one, news.since) for one in source.final_questions.values())
    return [*items, *([counted(source.words, "new questions", number)] if number else [])]


def in_words(script: Iterable[ScriptLine], news: News, items: Sequence[str]) -> Iterator[ScriptLine]:
    """The script with the items in the line that was made for them; without it where there are none."""
    for line in script:
        if id(line.node) != news.line or not isinstance(line, TextLine):
            yield line
        elif items:
            words = "\n".join([news.head, "", *(f"- {item}" for item in items)])
            yield replace(line, text=text_at(words, line.place))


def with_numbers(source: CourseSource, numbers: PoolNumbers) -> CourseSource:
    """As much is drawn and tested as there is in the pool."""
    asked, bank = source.course.assessment, source.final_bank
    if asked is None or bank is None:
        return source
    if numbers.in_bank and not bank.questions:  # these readers have nothing to be asked
        return replace(source, course=replace(source.course, assessment=None))
    update = _draw(numbers, bank.questions, source.course.objectives)
    if wants_pre_test(asked) and not (isinstance(asked.pre_test, Mapping) and "pre-test" in asked.node):
        taught = {one.teaches for one in source.lessons.values()} & numbers.tested
        update["pre_test"] = _pre_test(bank.questions, taught)
    course = replace(source.course, assessment=replace(asked, **update))
    return replace(source, course=course)


def _draw(
    numbers: PoolNumbers, questions: Mapping[SourceText, BankQuestion], objectives: Iterable[SourceText]
) -> dict[str, Any]:
    """The parent's numbers for its objectives; at least all that is always asked."""
    always = Counter(one.about for one in questions.values() if one.always)
    if numbers.draw:
        about = Counter(one.about for one in questions.values())
        draw = {name: min(about[name], max(numbers.draw.get(name, 0), always[name])) for name in objectives}
        return {"draw": {name: number for name, number in draw.items() if number}}
    if numbers.questions:
        share = math.ceil(numbers.questions * len(questions) / max(1, numbers.in_bank))
        return {"questions": min(len(questions), max(share, always.total()))}
    return {}


def _pre_test(
    questions: Mapping[SourceText, BankQuestion], taught: Collection[str | None]
) -> dict[SourceText, int]:
    """A few questions about each objective that it teaches as a whole, where there are enough."""
    about = Counter(one.about for one in questions.values())
    names = {one.about: one.about for one in questions.values() if one.about in taught}
    return {name: FEWEST_TESTED for name in names.values() if name and about[name] >= FEWEST_TESTED}


def wants_pre_test(settings: AssessmentSettings) -> bool:
    """True unless the author of the refresher writes `pre-test: no`."""
    return bool(settings.pre_test) or "pre-test" not in settings.node
