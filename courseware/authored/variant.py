"""A variant of a course: the audience, the nation and the phase of its readers (decision 23)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from courseware.authored.selective import Selective
from courseware.source import CourseFile, VariantEntry


class Variant(Struct, frozen=True):
    """Its name is in the package's name; the rest decides what its readers see."""

    name: str
    audience: str
    nation: str
    phase: str = ""
    keeps_the_name: bool = False

    def is_meant_by(self, key: str, words: Iterable[str]) -> bool:
        """True where one of the words under `only for`, `only in` or `only with` is its own."""
        own = {"only for": self.audience, "only in": self.nation, "only with": self.phase}
        return key in own and own[key] in words

    def sees(self, one: Selective) -> bool:
        return all(self.is_meant_by(key, words) for key, words in one.conditions)

    @property
    def choices(self) -> Mapping[str, str]:
        """The values that it chooses, by the keys of `--variant KEY=VALUE`."""
        chosen = {"audience": self.audience, "jurisdiction": self.nation, "phase": self.phase}
        return {key: value for key, value in chosen.items() if value}

    @property
    def facts(self) -> Mapping[str, str]:
        """The facts that its package states; none where it keeps the course's name: LMSs and records know
        that course already (decision 23)."""
        return {} if self.keeps_the_name else {**self.choices, "name": self.name}


def variants_of(course: CourseFile) -> dict[str, Variant]:
    """Those that the course names, without the ones that choose what it does not have."""
    made = {name: _variant(course, str(name), entry) for name, entry in (course.variants or {}).items()}
    return {str(name): variant for name, variant in made.items() if variant}


def entry_of(course: CourseFile, name: str) -> VariantEntry | None:
    return next((entry for key, entry in (course.variants or {}).items() if key == name), None)


def _variant(course: CourseFile, name: str, entry: VariantEntry) -> Variant | None:
    audience, nation = chosen(entry.for_, course.for_), chosen(entry.in_, course.in_)
    if not audience or not nation or (entry.with_ and entry.with_ not in (course.with_ or ())):
        return None
    return Variant(name, audience, nation, str(entry.with_ or ""), entry.keeps_the_name)


def chosen(word: str | None, known: tuple[str, ...]) -> str:
    """The word where the course has it; where none is written, the course's only one; else an empty text."""
    if word is None:
        return str(known[0]) if len(known) == 1 else ""
    return str(word) if word in known else ""
