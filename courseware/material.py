"""One course as it was loaded: all that its author wrote, and the targets of the names in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

from msgspec import Struct, field

from courseware.authored.law import Citation, Law
from courseware.authored.lines import CheckLine, ScriptLine
from courseware.authored.model import Model, models_below
from courseware.authored.questions import AuthoredQuestion, BankFile, BankQuestion
from courseware.authored.texts import markdown_below, markdown_in, plain_texts_in
from courseware.authored.variant import Variant
from courseware.derived import Derived
from courseware.errors import Place
from courseware.source import (
    CatalogueFile,
    CourseFile,
    HelpLineChoice,
    HelpLineEntry,
    LessonFile,
    RefresherFile,
)
from courseware.yaml12.nodes import SourceText

if TYPE_CHECKING:
    from courseware.authored.journeys import JourneyFile

NOT_YET = frozenset({"to come", "commences", "enacted"})  # states of a law that binds nobody so far


class Material(Struct, frozen=True, kw_only=True, dict=True):
    """The files of a course and those of the catalogue above it, without its course.yaml."""

    folder: Path
    lessons: Mapping[str, LessonFile]  # in the course's order; a broken lesson or bank has its valid parts
    banks: Mapping[str, BankFile]
    laws: Mapping[str, Law]
    catalogue: CatalogueFile | None
    shared: Path | None = None  # the folder of the catalogue
    broken: frozenset[str] = frozenset()  # files that could not be read whole, such as “quizzes/final”
    rejected: tuple[object, ...] = ()  # nodes of those files that fit no model
    variant: Variant | None = None  # whose source it is; None for all that the author wrote
    is_part: bool = False  # without what is for other variants or for the editions of other days
    derived: Derived | None = None  # of a refresher
    journeys: Mapping[str, JourneyFile] = field(default_factory=dict)  # its author's own tests of it

    @cached_property
    def blocks(self) -> tuple[ScriptLine, ...]:
        """All lines of all lessons."""
        return tuple(block for lesson in self.lessons.values() for block in lesson.script)

    @cached_property
    def models(self) -> tuple[Model, ...]:
        """All models that the author wrote: the lessons and banks, and everything in them."""
        catalogue = (self.catalogue,) if self.catalogue else ()
        files = (*catalogue, *self.lessons.values(), *self.banks.values())
        return tuple(chain.from_iterable(map(models_below, files)))

    @cached_property
    def markdown(self) -> tuple[SourceText, ...]:
        """Every piece of Markdown, also in nodes that fit no model."""
        rejected = (text for node in self.rejected for text in markdown_below(node))
        return (*markdown_in(self.models), *rejected)

    @cached_property
    def plain_texts(self) -> tuple[SourceText, ...]:
        """Texts that are shown as they were written."""
        return (*plain_texts_in(self.models),)

    @cached_property
    def questions(self) -> tuple[AuthoredQuestion, ...]:
        """Those of its lessons and banks; a check that names one of a bank is one too, without an answer."""
        return tuple(one for one in self.models if isinstance(one, AuthoredQuestion))

    def is_whole(self, folder: str) -> bool:
        """True where every file in “lessons”, “quizzes” or “law” could be read whole."""
        return not any(name.startswith(f"{folder}/") for name in self.broken)

    @property
    def media_folders(self) -> tuple[Path, ...]:
        """The folders in which pictures are looked for, in this order."""
        folders = (self.folder, self.derived.folder) if self.derived else (self.folder,)
        return tuple(folder / "media" for folder in folders)

    def media(self, name: str) -> Path:
        """The file that an `image:` names."""
        paths = [folder / name for folder in self.media_folders]
        return next((path for path in paths[:-1] if path.is_file()), paths[-1])

    def is_inherited(self, place: Place) -> bool:
        """True for what a refresher has of its parent, whose variants and editions may be others."""
        return self.derived is not None and Path(place.file).absolute().is_relative_to(self.derived.folder)

    def shared_file(self, name: str) -> Path:
        """A file beside the catalogue."""
        return (self.shared or self.folder) / name

    def places(self, words: str) -> list[tuple[str, int]]:
        """The lesson of that name, or the pages of that title; each as its lesson and its position there."""
        return [(words, 0)] if words in self.lessons else self.pages_by_title.get(normal_title(words), [])

    @cached_property
    def pages_by_title(self) -> Mapping[str, list[tuple[str, int]]]:
        """Every page that has a title, by that title in its normal form."""
        pages: dict[str, list[tuple[str, int]]] = {}
        for name, lesson in self.lessons.items():
            for position, title in enumerate(lesson.titles):
                if title:
                    pages.setdefault(normal_title(title), []).append((str(name), position))
        return pages

    def question(self, check: CheckLine) -> AuthoredQuestion:
        """The question of a check: written there, or taken from the bank that has it."""
        if check.ask is not None:
            return check
        return next(
            bank.questions[check.check] for bank in self.banks.values() if check.check in bank.questions
        )

    def cited(self, reference: str) -> Citation | None:
        """The law or provision that `fgma-2003` or `kcsie p1` names; None where no law file has it."""
        key, _, provision = reference.strip().partition(" ")
        law = self.laws.get(key)
        if law is None:
            return None
        if not provision:
            return Citation(key, law)
        named = law.provisions.get(provision.strip())  # type: ignore[call-overload]
        return None if named is None else Citation(key, law, provision.strip(), named)

    def successor(self, citation: Citation, day: date) -> Citation | None:
        """The newest law or provision that has superseded it by that day; None while it holds."""
        newest, seen = None, {citation.key, f"{citation.key} {citation.provision_key}"}
        while (reference := (newest or citation).superseded_by) not in ("", *seen):
            seen.add(reference)
            found = self.cited(reference)
            if found is None or found.state_on(day).word in NOT_YET:
                break
            newest = found
        return newest


class Neighbour(Struct, frozen=True):
    """Another course beside this one, of which only its course.yaml is read."""

    folder: Path
    course: CourseFile


class Legislation(Struct, frozen=True):
    """The relation of a course and its legal companion in this build (decision 25)."""

    word: str = ""  # of a main course: "separate", "optional" or "left out"; empty where it has no companion
    companions: tuple[Neighbour, ...] = ()  # those that say `legislation of:` this course
    mains: tuple[Neighbour, ...] = ()  # of a companion: the courses of that id
    optional: CourseSource | None = None  # the companion's source, where it is in the same package
    optional_is_draft: bool = True
    is_asked: bool = False  # the word is the build's, whatever the course and its variants say


class RefresherMaterial(Material, frozen=True, kw_only=True):
    """A refresher as its author wrote it, before it is derived from its parent."""

    asked: RefresherFile


class CourseSource(Material, frozen=True, kw_only=True):
    """One course with its course.yaml."""

    course: CourseFile
    legislation: Legislation = Legislation()
    blank_keys: frozenset[str] = (
        frozenset()
    )  # keys of course.yaml whose values are blanks, because the author's were invalid
    words: Mapping[str, str]  # the texts of the page's frame, in the course's language

    @property
    def final_bank(self) -> BankFile | None:
        """The bank that the assessment is from, where there is one."""
        assessment = self.course.assessment
        return self.banks.get(assessment.from_) if assessment else None

    @property
    def final_questions(self) -> Mapping[SourceText, BankQuestion]:
        return self.final_bank.questions if self.final_bank else {}

    @property
    def help_lines(self) -> tuple[HelpLineEntry, ...]:
        """Those that the course shows, in its order; names that the catalogue lacks are left out."""
        known = self.catalogue.help_lines if self.catalogue else {}
        chosen = self.course.help_lines or ()
        return tuple(line for one in chosen if (line := _help_line(one, known)))

    @property
    def language(self) -> str:
        """BCP 47: the course's own, else the catalogue's, else British English."""
        shared = self.catalogue.language if self.catalogue else None
        return str(self.course.language or shared or "en-GB")

    @cached_property
    def models(self) -> tuple[Model, ...]:
        """The course's own models too."""
        return (*models_below(self.course), *super().models)


def _help_line(
    one: SourceText | HelpLineChoice | HelpLineEntry, known: Mapping[SourceText, HelpLineEntry]
) -> HelpLineEntry | None:
    if isinstance(one, HelpLineEntry):
        return one
    return known.get(one.line if isinstance(one, HelpLineChoice) else one)


@lru_cache(maxsize=4096)
def normal_title(title: str) -> str:
    """The title without regard to spaces, capitals and the form of apostrophes."""
    return " ".join(normalize("NFC", title).replace("’", "'").casefold().split())
