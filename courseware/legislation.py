"""A course and its legal companion: which they are, and how they belong together in this build (decision 25).

A companion says `legislation of: <id>`; the main course says one word: `separate`, `optional`, `left out`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from courseware.authored.lines import LegislationLine
from courseware.authored.variant import variants_of
from courseware.beside import courses_beside
from courseware.load import SourceReader, load
from courseware.material import CourseSource, Legislation, Material, Neighbour
from courseware.options import BuildOptions
from courseware.selecting import select
from courseware.source import CourseFile, LessonFile

KEY = b"legislation of"


def with_legislation(material: Material, options: BuildOptions, reader: SourceReader) -> Material:
    """The course with what its companion, or its main course, is to it."""
    if not isinstance(material, CourseSource) or "id" in material.blank_keys:
        return material
    course = material.course
    if course.legislation_of is not None:
        wanted = str(course.legislation_of)
        mains = tuple(one for one in neighbours(material.folder, wanted.encode()) if one.course.id == wanted)
        others = tuple(one for one in companions(material.folder, wanted))
        return replace(material, legislation=Legislation(mains=mains, companions=others))
    found = tuple(companions(material.folder, str(course.id)))
    word = (options.legislation if found else "") or course.legislation or ("separate" if found else "")
    known = Legislation(word, found)
    if word == "optional" and len(found) == 1:
        source = load(found[0].folder, reader)
        if isinstance(source, CourseSource):
            main = Legislation(mains=(Neighbour(material.folder, course),))
            known = replace(known, optional=replace(source, legislation=main))
    return replace(material, legislation=known)


def companions(folder: Path, course: str) -> Iterator[Neighbour]:
    """The courses beside it that say `legislation of:` that course."""
    return (one for one in neighbours(folder, KEY) if one.course.legislation_of == course)


def neighbours(folder: Path, holding: bytes) -> Iterator[Neighbour]:
    """The courses beside it whose course.yaml holds these bytes."""
    for other, text in courses_beside(folder):
        if holding in text:
            # By a reader of its own: its problems are told where it is built.
            course = SourceReader().model(other / "course.yaml", CourseFile)
            if course is not None:
                yield Neighbour(other, course)


def of_variant(companion: CourseSource, main: CourseSource, day: date | None) -> CourseSource | None:
    """The companion in the edition of that day, for the readers of the main course's variant: its variant of
    that name, else the one that chooses the same; a companion without variants is for all. None where it has
    none for them."""
    variants, wanted = variants_of(companion.course), main.variant
    if not variants or wanted is None:
        return None if variants else select(companion, None, day)
    alike = (one for one in variants.values() if replace(one, name=wanted.name) == wanted)
    found = variants.get(wanted.name) or next(alike, None)
    return select(companion, found, day) if found else None


def without_pointers(source: CourseSource) -> CourseSource:
    """Where the legislation is left out, no line leads to it."""
    if source.legislation.word != "left out":
        return source
    lessons = {name: without_lines(lesson) for name, lesson in source.lessons.items()}
    return replace(source, lessons=lessons)


def without_lines(lesson: LessonFile) -> LessonFile:
    kept = tuple(line for line in lesson.script if not isinstance(line, LegislationLine))
    return lesson if len(kept) == len(lesson.script) else lesson.model_copy(update={"script": kept})
