"""A course and its legal companion: which they are, and how they belong together in this build (decision 25).

A companion says `legislation of: <id>`; the main course says one word: `separate`, `optional`, `left out`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from courseware.authored.lines import LegislationLine
from courseware.authored.variant import entry_of, variants_of
from courseware.beside import courses_beside
from courseware.material import CourseSource, Legislation, Material, Neighbour
from courseware.selecting import select
from courseware.source import CourseFile, LessonFile

if TYPE_CHECKING:
    from courseware.load import SourceReader

    Load = Callable[[Path, SourceReader], Material | None]

KEY = b"legislation of"


def with_legislation(source: CourseSource, word: str, reader: SourceReader, load: Load) -> CourseSource:
    """The course with what its companion, or its main course, is to it; `word` instead of the course's own
    where it has a companion."""
    course = source.course
    if "id" in source.blank_keys:
        return source
    if course.legislation_of is not None:
        wanted = str(course.legislation_of)
        named = neighbours(source.folder, wanted.encode(), reader)
        mains = tuple(one for one in named if one.course.id == wanted)
        others = tuple(companions(source.folder, wanted, reader))
        return replace(source, legislation=Legislation(mains=mains, companions=others))
    found = tuple(companions(source.folder, str(course.id), reader))
    asked = word if found else ""
    word = asked or course.legislation or ("separate" if found else "")
    known = Legislation(word, found, is_asked=bool(asked))
    of_variants = () if asked else (entry.legislation for entry in (course.variants or {}).values())
    if "optional" in (word, *of_variants) and len(found) == 1:
        optional = load(found[0].folder, reader)
        known = replace(known, optional=optional if isinstance(optional, CourseSource) else None)
    return replace(source, legislation=known)


def companions(folder: Path, course: str, reader: SourceReader) -> Iterator[Neighbour]:
    """The courses beside it that say `legislation of:` that course."""
    return (one for one in neighbours(folder, KEY, reader) if one.course.legislation_of == course)


def neighbours(folder: Path, holding: bytes, reader: SourceReader) -> Iterator[Neighbour]:
    """The courses beside it whose course.yaml holds these bytes. Their problems are told where they are
    built."""
    for other, text in courses_beside(folder):
        if holding in text:
            course = reader.another().model(other / "course.yaml", CourseFile)
            if isinstance(course, CourseFile):  # and no refresher
                yield Neighbour(other, course)


def of_variant(companion: CourseSource, main: CourseSource, day: date | None) -> CourseSource | None:
    """The companion in the edition of that day, for the readers of the main course's variant: its variant of
    that name, else the one that chooses the same; a companion without variants is for all. None where it has
    none for them."""
    variants, wanted = variants_of(companion.course), main.variant
    if not variants or wanted is None:
        return None if variants else select(companion, None, day)
    alike = (one for one in variants.values() if one.choices == wanted.choices)
    found = variants.get(wanted.name) or next(alike, None)
    return select(companion, found, day) if found else None


def paired(source: CourseSource, day: date | None, *, optional_is_draft: bool) -> CourseSource:
    """A course, or a variant of it, with its own word and with the companion as the same readers have it."""
    source = without_pointers(worded(source))
    known = source.legislation
    if known.optional is None:
        return source
    optional = of_variant(known.optional, source, day)
    return replace(source, legislation=replace(known, optional=optional, optional_is_draft=optional_is_draft))


def worded(source: CourseSource) -> CourseSource:
    """A variant with its own word, where it has one and the build asks for none."""
    entry = entry_of(source.course, source.variant.name) if source.variant else None
    known = source.legislation
    word = known.word if known.is_asked or entry is None else entry.legislation or known.word
    optional = known.optional if word == "optional" else None
    return replace(source, legislation=replace(known, word=word, optional=optional))


def without_pointers(source: CourseSource) -> CourseSource:
    """The course without the lines that lead to its legislation, where that is left out."""
    if source.legislation.word != "left out":
        return source
    lessons = {name: without_lines(lesson) for name, lesson in source.lessons.items()}
    return replace(source, lessons=lessons)


def without_lines(lesson: LessonFile) -> LessonFile:
    kept = tuple(line for line in lesson.script if not isinstance(line, LegislationLine))
    return lesson if len(kept) == len(lesson.script) else replace(lesson, script=kept)
