"""One course as it was loaded: what its author wrote in all files, and where the names in them lead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from unicodedata import normalize

from courseware.authored.law import Citation, Law
from courseware.authored.model import Model, models_below
from courseware.source import AuthoredQuestion, BankFile, CatalogueFile, CheckLine, CourseFile, LessonFile

NOT_YET = frozenset({"to come", "commences", "enacted"})  # states of a law that binds nobody so far


@dataclass(frozen=True, kw_only=True)
class Material:
    """What a course is made of, and what it borrows from the catalogue above: all but its course.yaml."""

    folder: Path
    lessons: Mapping[str, LessonFile]  # in the course's order; of a broken one what fits, as of a bank
    banks: Mapping[str, BankFile]
    laws: Mapping[str, Law]
    catalogue: CatalogueFile | None
    broken: frozenset[str] = frozenset()  # what is there but could not be read whole, such as “quizzes/final”
    rejected: tuple[object, ...] = ()  # what of those fits no model, as it was read

    @cached_property
    def models(self) -> tuple[Model, ...]:
        """All that its author wrote: the lessons and banks, and everything in them."""
        return models_below((*self.lessons.values(), *self.banks.values()))

    def is_whole(self, folder: str) -> bool:
        """Whether all that is in “lessons”, “quizzes” or “law” could be read."""
        return not any(name.startswith(f"{folder}/") for name in self.broken)

    def media(self, name: str) -> Path:
        """The file that an `image:` names."""
        return self.folder / "media" / name

    def places(self, words: str) -> list[tuple[str, int]]:
        """The lesson of that name, or the pages of that title: each its lesson and position there."""
        return [(words, 0)] if words in self.lessons else self.pages_by_title.get(normal_title(words), [])

    @cached_property
    def pages_by_title(self) -> Mapping[str, list[tuple[str, int]]]:
        """Every page that has a title, by that title as anyone would call it."""
        found: dict[str, list[tuple[str, int]]] = {}
        for name, lesson in self.lessons.items():
            for position, title in enumerate(lesson.titles):
                if title:
                    found.setdefault(normal_title(title), []).append((str(name), position))
        return found

    def question(self, check: CheckLine) -> AuthoredQuestion:
        """The question of a check: its own words, or those of the bank that has it."""
        if check.ask is not None:
            return check
        return next(
            bank.questions[check.check] for bank in self.banks.values() if check.check in bank.questions
        )

    def cited(self, reference: str) -> Citation | None:
        """What `kcsie p1` or `fgma-2003` refers to; None where no law file has it."""
        key, _, provision = reference.strip().partition(" ")
        law = self.laws.get(key)
        if law is None:
            return None
        if not provision:
            return Citation(key, law)
        found = law.provisions.get(provision.strip())  # type: ignore[call-overload]
        return None if found is None else Citation(key, law, provision.strip(), found)

    def successor(self, citation: Citation, day: date) -> Citation | None:
        """What has taken its place by that day, the newest of several; None while it holds."""
        newest, seen = None, {citation.key, f"{citation.key} {citation.provision_key}"}
        while (reference := (newest or citation).superseded_by) not in ("", *seen):
            seen.add(reference)
            found = self.cited(reference)
            if found is None or found.state_on(day).word in NOT_YET:
                break
            newest = found
        return newest


@dataclass(frozen=True, kw_only=True)
class CourseSource(Material):
    """One course, whole."""

    course: CourseFile
    blank_keys: frozenset[str] = frozenset()  # keys of its course.yaml that do not fit: a blank stands there
    words: Mapping[str, str]  # the frame's own, in the course's language

    @property
    def language(self) -> str:
        """BCP 47: the course's, else the catalogue's, else British English."""
        shared = self.catalogue.language if self.catalogue else None
        return str(self.course.language or shared or "en-GB")

    @cached_property
    def models(self) -> tuple[Model, ...]:
        """With the course itself."""
        return (*models_below(self.course), *super().models)


def normal_title(title: str) -> str:
    """As two people would call it the same: whatever its spaces, capitals and apostrophes."""
    return " ".join(normalize("NFC", title).replace("’", "'").casefold().split())
