"""A refresher and its parent -> the source of the refresher. Names, places and answers stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import starmap

from msgspec import Struct
from msgspec.structs import replace

from courseware.authored.lines import CheckLine, ScriptLine, TextLine
from courseware.authored.questions import BankFile
from courseware.derived import Derived, News
from courseware.editions import has_changed_inside
from courseware.errors import Problem
from courseware.formats.markup import one_line
from courseware.material import CourseSource, RefresherMaterial
from courseware.pages import RefreshedCourse
from courseware.refreshing import asking, news
from courseware.refreshing.finishing import NEWS, finished
from courseware.refreshing.frame import course_of
from courseware.refreshing.replacing import Replacements, instead_is_sound, replacements
from courseware.refreshing.sound import lessons_are_taken, news_has_its_name, take_is_sound
from courseware.refreshing.statistics import most_missed
from courseware.refreshing.taking import TakenLesson, Wanted, taken_lessons
from courseware.source import AssessmentSettings, LessonFile


def derived(
    refresher: RefresherMaterial, parent: CourseSource, problems: list[Problem]
) -> CourseSource | None:
    """The refresher's source; None, with the problems, where it cannot be made as it is asked for."""
    found: list[Problem] = []
    missed = most_missed(refresher, parent, found)
    take = refresher.asked.take
    objectives = frozenset(map(str, take.objectives or ()))
    wanted = Wanted(objectives, take.changed_since, frozenset(missed.names))
    made = Derivation(refresher, parent, wanted, replacements(refresher))
    found += take_is_sound(refresher, parent, is_any_new=made.is_any_new)
    found += instead_is_sound(refresher, made.staying, made.question_names)
    found += lessons_are_taken(refresher, made.lessons)
    found += news_has_its_name(refresher, made.names_of_staying)
    problems += found
    if any(problem.severity == "error" for problem in found):
        return None
    if made.settings:
        problems += asking.easily_guessed(refresher, made.settings, made.final)
    return made.source(missed.digest)


class Derivation(Struct, frozen=True, dict=True):
    """A refresher, its parent, and all that follows from what it takes."""

    refresher: RefresherMaterial
    parent: CourseSource
    wanted: Wanted
    replaced: Replacements

    @cached_property
    def taken(self) -> tuple[TakenLesson, ...]:
        return tuple(taken_lessons(self.parent, self.wanted))

    @cached_property
    def pool(self) -> asking.Questions:
        return asking.pool(self.parent, self.wanted)

    @property
    def is_any_new(self) -> bool:
        return self.new_questions > 0 or any(page.is_news for one in self.taken for page in one.pages)

    @property
    def new_questions(self) -> int:
        """Of the final ones."""
        return sum(has_changed_inside(one, self.wanted.since) for one in self.pool.values())

    @property
    def question_names(self) -> frozenset[str]:
        """Those of the parent that are taken."""
        pages = (page for one in self.taken for page in one.pages)
        checks = (line.check for page in pages for line in page.lines if isinstance(line, CheckLine))
        return frozenset(map(str, (*self.pool, *checks)))

    @cached_property
    def lessons(self) -> dict[str, LessonFile]:
        """In their order: the author's, or what is new, the author's own lessons, and the parent's."""
        own = dict(self.refresher.lessons)
        first = {NEWS: self._news(own.pop(NEWS, None))} if self.wanted.since else {}
        staying = dict(starmap(self.replaced.lesson, self.staying.items()))
        made = {**first, **{name: one for name, one in own.items() if name not in staying}, **staying}
        asked = self.refresher.asked.lessons or ()
        listed = {str(name): made[name] for name in asked if name in made}
        return {**listed, **made}

    @property
    def names_of_staying(self) -> dict[str, str]:
        """The names that the parent's lessons have here, with those that they have there."""
        return {self.replaced.lesson(name, one)[0]: name for name, one in self.staying.items()}

    @cached_property
    def _line_in_words(self) -> TextLine:
        return news.line_in_words(self.refresher.asked.take.at("changed since"))

    def _news(self, own: LessonFile | None) -> LessonFile:
        """An author's lesson of that name says in other words what is new; the pages follow it."""
        place = self.refresher.asked.take.at("changed since")
        pages = self._replaced(news.news_pages(self.parent, self.taken, place))
        if own:
            return replace(own, script=(*own.script, *pages))
        return news.news_lesson(self.parent, (self._line_in_words, *pages), place)

    @cached_property
    def staying(self) -> dict[str, LessonFile]:
        """The parent's lessons with the pages that are taken; their minutes were those of all pages."""
        scripts = {
            one.name: [line for page in one.pages if page.stays for line in page.remaining]
            for one in self.taken
        }
        return {
            one.name: replace(one.lesson, script=tuple(self._replaced(scripts[one.name])), minutes=None)
            for one in self.taken
            if scripts[one.name]
        }

    def _replaced(self, script: Iterable[ScriptLine]) -> Iterator[ScriptLine]:
        return (self.replaced.line(line) for line in script)

    @cached_property
    def settings(self) -> AssessmentSettings | None:
        return asking.assessment_of(self.refresher, self.parent, self.pool)

    @cached_property
    def banks(self) -> dict[str, BankFile]:
        assessed = str(self.settings.from_) if self.settings else None
        return asking.banks_of(
            self.parent, self.refresher.banks, self.lessons.values(), self.pool, assessed, self.replaced
        )

    @property
    def final(self) -> asking.Questions:
        """The final questions."""
        bank = self.banks.get(self.settings.from_) if self.settings else None
        return dict(bank.questions) if bank else {}

    @property
    def tested(self) -> frozenset[str]:
        """The objectives that it takes, or teaches in a lesson of the author's own, as a whole."""
        own = {str(one.teaches) for one in self.refresher.lessons.values() if one.teaches}
        return self.wanted.objectives | own

    @property
    def news(self) -> News | None:
        since = self.wanted.since
        return news.news_of(self.parent, self.taken, str(since), self._line_in_words) if since else None

    def source(self, statistics: str) -> CourseSource:
        """`statistics` is the digest of the file that was read."""
        parent, course = self.parent.course, self.refresher
        source = CourseSource(
            folder=course.folder,
            lessons=self.lessons,
            banks=self.banks,
            laws=course.laws,
            catalogue=course.catalogue,
            shared=course.shared,
            broken=course.broken | self.parent.broken,
            rejected=(*course.rejected, *self.parent.rejected),
            course=course_of(course.asked, parent, self.lessons, self.final, self.settings),
            words=self.parent.words,
            journeys=course.journeys,
            derived=self.of_parent(statistics),
        )
        return finished(source)

    def of_parent(self, statistics: str) -> Derived:
        parent, entries = self.parent.course, self.parent.course.variants or {}
        return Derived(
            folder=self.parent.folder,
            course=RefreshedCourse(
                str(parent.id),
                one_line(parent.course),
                str(parent.edition),
                str(self.wanted.since or ""),
                statistics,
            ),
            titles={str(name): one_line(entry.called) for name, entry in entries.items() if entry.called},
            pool=asking.pool_numbers(self.refresher, self.parent, self.tested),
            news=self.news,
        )
