"""A course against a package of an earlier edition: what a learner who is half-way in that would lose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from courseware.archive import MANIFEST, Content
from courseware.build import compile_courses
from courseware.errors import CoursewareError, Place, Problem
from courseware.formats import MANIFESTS
from courseware.formats.manifest import read_manifest
from courseware.options import BuildOptions
from courseware.package import Package, Provenance
from courseware.reading import read_package
from courseware.reading.contents import open_contents
from courseware.reading.description import (
    FILE,
    DescribedCourse,
    DescribedLesson,
    DescribedQuestion,
    described,
)


@dataclass(frozen=True, slots=True)
class Published:
    """A package of ours: its manifest, its origin, and the course as it describes itself."""

    package: Package
    origin: Provenance
    course: DescribedCourse


def losses(folder: Path, old: Path, options: BuildOptions) -> Iterator[Problem]:
    """A sentence for each thing that a learner would lose or have to do again. Raises CoursewareError where
    the course or the old package has errors."""
    before = published(old)
    form = next(name for name, one in MANIFESTS.items() if one.edition == before.package.edition)
    (compiled,) = compile_courses([folder], replace(options, formats=(form,)))
    course = compiled.source.course
    after = counterpart(before, compiled.packages.values())
    if after is None:
        variant = before.origin.variant or "no variant"
        message = f"no package that is made now is that of {old.name} ({variant})"
        hint = "an LMS takes it for another course, in which everybody begins again"
        yield Problem(course.id.place, message, hint, "warning")
        return
    yield from Comparison(folder, before, after, course.place, old.name).problems()


def published(path: Path) -> Published:
    """What a package of ours says. Raises CoursewareError where it is none."""
    package, problems = read_package(path)
    if package is None:
        raise CoursewareError(problems)
    try:
        with open_contents(path) as contents, contents.open(FILE) as file:
            course = described(file.read())
    except (KeyError, OSError):
        course = None
    if package.provenance is None or course is None:
        hint = "give a package that “courseware build” has made"
        message = "this package does not describe its course, so nothing can be compared with it"
        raise CoursewareError([Problem(Place(str(path)), message, hint)])
    return Published(package, package.provenance, course)


def counterpart(before: Published, made: Iterable[Mapping[str, Content]]) -> Published | None:
    """The package for the same readers; the only one, where a course has but one."""
    found = [one for files in made if (one := of_files(files))]
    same = [one for one in found if one.origin.course == before.origin.course]
    by_variant = [one for one in same if one.origin.variant == before.origin.variant]
    by_name = [one for one in same if one.package.identifier == before.package.identifier]
    return next(iter([*by_variant, *by_name]), None)


def of_files(files: Mapping[str, Content]) -> Published | None:
    manifest, course = files[MANIFEST], files[FILE]
    if not isinstance(manifest, bytes) or not isinstance(course, bytes):
        return None
    package, _ = read_manifest(manifest, MANIFEST)
    known = described(course)
    return Published(package, package.provenance, known) if package.provenance and known else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The two packages, and where the author's files are."""

    folder: Path
    before: Published
    after: Published
    course_file: Place
    old: str

    def problems(self) -> Iterator[Problem]:
        yield from self._of_edition()
        yield from self._of_scos()
        yield from self._of_lessons()
        yield from self._of_questions()
        yield from self._of_optional_parts()
        yield from self._of_final_questions()

    def _of_edition(self) -> Iterator[Problem]:
        old, new = self.before.course, self.after.course
        is_sold_alike = self.before.origin.legislation == self.after.origin.legislation
        if old.edition == new.edition and old != new and is_sold_alike:
            message = f"the edition is “{new.edition}”, as in {self.old}, and the course is another"
            yield self._warning(self.course_file, message, "give it a new edition")

    def _of_scos(self) -> Iterator[Problem]:
        """An LMS keeps what it knows of a learner under the item's identifier."""
        now = {item.identifier for item in self.after.package.organization.walk()}
        gone = [
            item
            for item in self.before.package.organization.walk()
            if item.resource and item.identifier not in now
        ]
        if gone:
            titles = ", ".join(f"“{item.title}”" for item in gone)
            message = (
                f"what an LMS keeps for {titles} has no SCO any more: who is half-way begins again there"
            )
            yield self._warning(
                self.course_file,
                message,
                "our player takes it along from one SCO to several; for other LMSs keep “structure:”",
            )

    def _of_lessons(self) -> Iterator[Problem]:
        now = {lesson.id: lesson for lesson in self.after.course.lessons}
        for lesson in self.before.course.lessons:
            if lesson.id not in now:
                message = f"the lesson “{lesson.title}” ({lesson.id}) is gone, and what was read of it"
                hint = "a lesson that is renamed keeps the name of its file"
                yield self._warning(self.course_file, message, hint)
            else:
                yield from self._of_pages(lesson, now[lesson.id])
        known = {lesson.id for lesson in self.before.course.lessons}
        for lesson in self.after.course.lessons:
            if lesson.id not in known:
                message = f"the lesson “{lesson.title}” is new: the final questions wait for it too"
                yield self._warning(self._place(lesson), message, "nothing is lost")

    def _of_pages(self, old: DescribedLesson, new: DescribedLesson) -> Iterator[Problem]:
        """Which pages were read is kept by their positions (decision 2)."""
        place = self._place(new)
        for title in dict.fromkeys(old.pages):
            if title not in new.pages:
                message = f"the page “{title or old.title}” of “{new.title}” is gone"
                yield self._warning(
                    place, message, "who has read it has the page at its place marked as read"
                )
        for title in dict.fromkeys(new.pages):
            if title not in old.pages:
                message = f"the page “{title or new.title}” of “{new.title}” is new"
                hint = "who has finished the lesson has its last page to read"
                yield self._warning(
                    place, message, hint if len(new.pages) > len(old.pages) else "nothing is lost"
                )
        kept = [title for title in old.pages if title in new.pages]
        if kept != [title for title in new.pages if title in old.pages]:
            message = f"the pages of “{new.title}” come in another order"
            yield self._warning(place, message, "who has read some of them has others marked as read")

    def _of_questions(self) -> Iterator[Problem]:
        now = {(one.id, one.scored): one for one in self.after.course.questions}
        by_words = {(one.fingerprint, one.scored): one for one in self.after.course.questions}
        for old in self.before.course.questions:
            if old.part in self._gone_parts:
                continue
            new = now.get((old.id, old.scored))
            renamed = by_words.get((old.fingerprint, old.scored))
            if new is not None and new.fingerprint != old.fingerprint:
                message = f"the words of “{new.id}” have changed: answers to it are dropped"
                yield self._warning(self._at(new), message, self._reworded(old, new))
            elif new is None and renamed is not None:
                message = f"the question “{old.id}” is called “{renamed.id}” now: answers to it are dropped"
                yield self._warning(
                    self._at(renamed), message, f"call it “{old.id}” again, and they are kept"
                )
            elif new is None:
                message = f"the question “{old.id}” is gone, and the answers to it: {old.text}"
                yield self._warning(self.course_file, message, "nothing else is lost by it")
        yield from self._new_checks()

    @property
    def _gone_parts(self) -> tuple[str, ...]:
        """The titles of optional parts that the course has no more (decision 25)."""
        now = {one.part for one in self.after.course.questions}
        known = (one.part for one in self.before.course.questions if one.part)
        return tuple(dict.fromkeys(part for part in known if part not in now))

    def _of_optional_parts(self) -> Iterator[Problem]:
        for title in self._gone_parts:
            message = f"the optional part “{title}” is gone, and what learners have done in it"
            yield self._warning(self.course_file, message, "who has passed it has that on record")

    def _reworded(self, old: DescribedQuestion, new: DescribedQuestion) -> str:
        if old.text != new.text:
            return f"it was “{old.text}”"
        gone = [f"“{words}”" for words in old.options.values() if words not in new.options.values()]
        return f"gone: {', '.join(gone)}" if gone else "its answers, or which of them are right, were others"

    def _new_checks(self) -> Iterator[Problem]:
        before = [one for one in self.before.course.questions if not one.scored]
        known, words = {one.id for one in before}, {one.fingerprint for one in before}
        lessons = {one.id: one for one in self.before.course.lessons}
        asked = {one.id: one for one in self.after.course.questions if not one.scored}
        for lesson in self.after.course.lessons:
            for name in lesson.questions:
                is_known = name in known or asked[name].fingerprint in words
                if lesson.id in lessons and not is_known:
                    message = f"“{lesson.title}” asks “{name}”, which is new"
                    hint = "who has finished the lesson has to answer it, unless it says “done when: shown”"
                    yield self._warning(self._at(asked[name]), message, hint)

    def _of_final_questions(self) -> Iterator[Problem]:
        """A result under other terms is forgotten, and one try is left for the new ones (decision 2)."""
        old, new = self.before.course, self.after.course
        if bool(old.mark) != bool(new.mark):
            message = (
                "the course has no final questions any more" if old.mark else "the final questions are new"
            )
            yield self._warning(self.course_file, message, "who has finished without them stays so in an LMS")
            return
        terms = self._terms()
        if terms:
            hint = "a best result that was not a pass is forgotten; the tries stay, and one is left"
            yield self._warning(self.course_file, f"{', and '.join(terms)}: results count anew", hint)
        if new.tries is not None and (old.tries is None or new.tries < old.tries):
            message = f"only {new.tries} tries are left of {old.tries or 'as many as wanted'}"
            yield self._warning(
                self.course_file, message, "who has used more has one left while a try is open"
            )
        if self._is_refresher_renewed and old.pre_test:
            message = f"edition {new.edition} of a refresher asks its pre-test anew"
            hint = "lessons that the old one spared are to be read, unless it is passed again"
            yield self._warning(self.course_file, message, hint)
            return
        for name in old.pre_test:
            if name not in new.pre_test:
                message = f"the pre-test asks nothing about “{name}” any more"
                hint = "lessons that it spared are to be read; keep the objective's name, and they are not"
                yield self._warning(self.course_file, message, hint)

    @property
    def _is_refresher_renewed(self) -> bool:
        """The objectives of a refresher carry its edition, so that the next one knows none of them."""
        is_refresher = bool(self.before.origin.refresher_of and self.after.origin.refresher_of)
        return is_refresher and self.before.course.edition != self.after.course.edition

    def _terms(self) -> list[str]:
        old, new = self.before.course, self.after.course
        found = []
        if old.mark != new.mark:
            found.append(f"the pass mark is {new.mark}%, and was {old.mark}%")
        if self._is_refresher_renewed and old.draw:
            found.append(f"edition {new.edition} of a refresher draws its own questions")
        elif dict(old.draw) != dict(new.draw):
            found.append(f"{self._drawn(new)} are drawn, and {self._drawn(old)} were")
        elif not new.draw and prints(old) != prints(new):
            found.append("the final questions are others")
        return found

    def _drawn(self, course: DescribedCourse) -> str:
        if not course.draw:
            return "all questions"
        return " and ".join(
            f"{number}" if name == "*" else f"{number} about {name}" for name, number in course.draw.items()
        )

    def _warning(self, place: Place, message: str, hint: str) -> Problem:
        return Problem(place, message, hint, "warning")

    def _place(self, lesson: DescribedLesson) -> Place:
        path = self.folder / "lessons" / f"{lesson.id}.yaml"
        return Place(str(path)) if path.is_file() else self.course_file

    def _at(self, question: DescribedQuestion) -> Place:
        """From “quizzes/final.yaml:12”, as the course describes it; those of a part are elsewhere."""
        if question.part:
            return self.course_file
        file, _, line = question.place.rpartition(":")
        return Place(str(self.folder / file), int(line) if line.isdecimal() else 0)


def prints(course: DescribedCourse) -> list[tuple[str, str]]:
    return sorted((one.id, one.fingerprint) for one in course.questions if one.scored and not one.part)
