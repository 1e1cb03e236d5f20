"""One part of a course against the same of an earlier package: what a learner who is half-way in that would
lose. A part is the course itself, or a companion that is in its package."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from courseware.errors import Place, Problem
from courseware.reading.description import DescribedCourse, DescribedLesson, DescribedQuestion


class PartComparison(Struct, frozen=True):
    """The part before and after, and where its author's files are."""

    folder: Path
    before: DescribedCourse
    after: DescribedCourse
    course_file: Place
    old: str  # the name of the earlier package
    is_refresher_renewed: bool  # its objectives carry its edition, so that the next one knows none of them

    def problems(self) -> Iterator[Problem]:
        yield from self._of_edition()
        yield from self._of_lessons()
        yield from self._of_questions()
        yield from self._of_final_questions()

    def _of_edition(self) -> Iterator[Problem]:
        old, new = self.before, self.after
        if old.edition == new.edition and content(old) != content(new):
            message = f"the edition is “{new.edition}”, as in {self.old}, and the course is another"
            yield self._warning(self.course_file, message, "give it a new edition")

    def _of_lessons(self) -> Iterator[Problem]:
        now = {lesson.id: lesson for lesson in self.after.lessons}
        for lesson in self.before.lessons:
            if lesson.id not in now:
                message = f"the lesson “{lesson.title}” ({lesson.id}) is gone, and what was read of it"
                hint = "a lesson that is renamed keeps the name of its file"
                yield self._warning(self.course_file, message, hint)
            else:
                yield from self._of_pages(lesson, now[lesson.id])
        known = {lesson.id for lesson in self.before.lessons}
        for lesson in self.after.lessons:
            if lesson.id not in known:
                message = f"the lesson “{lesson.title}” is new: the final questions wait for it too"
                yield self._warning(self._place(lesson), message, "nothing is lost")

    def _of_pages(self, old: DescribedLesson, new: DescribedLesson) -> Iterator[Problem]:
        """The pages that were read are remembered by their positions (decision 2)."""
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
        now = {(one.id, one.scored): one for one in self.after.main_questions}
        by_words = {(one.fingerprint, one.scored): one for one in self.after.main_questions}
        for old in self.before.main_questions:
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

    def _reworded(self, old: DescribedQuestion, new: DescribedQuestion) -> str:
        if old.text != new.text:
            return f"it was “{old.text}”"
        gone = [f"“{words}”" for words in old.options.values() if words not in new.options.values()]
        return f"gone: {', '.join(gone)}" if gone else "its answers, or which of them are right, were others"

    def _new_checks(self) -> Iterator[Problem]:
        before = [one for one in self.before.main_questions if not one.scored]
        known, words = {one.id for one in before}, {one.fingerprint for one in before}
        lessons = {one.id: one for one in self.before.lessons}
        asked = {one.id: one for one in self.after.main_questions if not one.scored}
        for lesson in self.after.lessons:
            for name in lesson.questions:
                is_known = name in known or asked[name].fingerprint in words
                if lesson.id in lessons and not is_known:
                    message = f"“{lesson.title}” asks “{name}”, which is new"
                    hint = "who has finished the lesson has to answer it, unless it says “done when: shown”"
                    yield self._warning(self._at(asked[name]), message, hint)

    def _of_final_questions(self) -> Iterator[Problem]:
        """A result under other terms is forgotten, and one try is left for the new ones (decision 2)."""
        old, new = self.before, self.after
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
        if self.is_refresher_renewed and old.pre_test:
            message = f"edition {new.edition} of a refresher asks its pre-test anew"
            hint = "lessons that the old one spared are to be read, unless it is passed again"
            yield self._warning(self.course_file, message, hint)
            return
        for name in old.pre_test:
            if name not in new.pre_test:
                message = f"the pre-test asks nothing about “{name}” any more"
                hint = "lessons that it spared are to be read; keep the objective's name, and they are not"
                yield self._warning(self.course_file, message, hint)

    def _terms(self) -> list[str]:
        old, new = self.before, self.after
        found = []
        if old.mark != new.mark:
            found.append(f"the pass mark is {new.mark}%, and was {old.mark}%")
        if self.is_refresher_renewed and old.draw:
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
        """From “quizzes/final.yaml:12”, as the course describes it."""
        file, _, line = question.place.rpartition(":")
        return Place(str(self.folder / file), int(line) if line.isdecimal() else 0)


def content(part: DescribedCourse) -> tuple[object, ...]:
    """All that it says of itself beside its edition and its review, without its optional parts."""
    final = (part.mark, part.needed, part.number, part.tries, dict(part.draw), dict(part.pre_test))
    return part.title, part.lessons, part.main_questions, final


def prints(part: DescribedCourse) -> list[tuple[str, str]]:
    return sorted((one.id, one.fingerprint) for one in part.main_questions if one.scored)
