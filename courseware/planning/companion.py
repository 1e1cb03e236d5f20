"""A course's legal companion as the learner meets it: a part of the package, or a course beside it."""

from __future__ import annotations

from msgspec.structs import replace

from courseware.authored.lines import LegislationLine
from courseware.blocks import LegislationPointer
from courseware.load import SourceReader
from courseware.material import CourseSource, Neighbour
from courseware.pages import CourseBeside, CoursePart, OptionalPart, Pages
from courseware.source import LessonFile


def legislation_pointer(source: CourseSource, line: LegislationLine) -> LegislationPointer:
    """To the companion's lesson: its title is read from there, so that it is right in both."""
    (other,) = source.legislation.companions
    optional, name = source.legislation.optional, line.legislation
    lesson = optional.lessons.get(name) if optional else lesson_of(other, name)
    title = str(lesson.lesson) if lesson else str(name)
    return LegislationPointer(title, str(other.course.course), str(name) if optional else "")


def lesson_of(other: Neighbour, name: str) -> LessonFile | None:
    path = other.folder / "lessons" / f"{name}.yaml"
    return SourceReader().model(path, LessonFile) if path.is_file() else None


def beside(source: CourseSource) -> CourseBeside | None:
    """The course to which the first and the last page send in words, as it has a package of its own."""
    known = source.legislation
    if source.course.legislation_of is not None:
        return _beside(known.mains, is_main=True)
    return _beside(known.companions, is_main=False) if known.word == "separate" else None


def _beside(those: tuple[Neighbour, ...], *, is_main: bool) -> CourseBeside | None:
    if len(those) != 1:
        return None
    course = those[0].course
    return CourseBeside(str(course.id), str(course.course), course.minutes, is_main)


def with_optional(main: Pages, companion: Pages) -> Pages:
    """The package's pages with the companion as a part of them, without its pre-test, which would spare
    lessons that nobody has to read."""
    values = {name: getattr(companion, name) for name in CoursePart.__struct_fields__}
    asked = companion.assessment
    values["assessment"] = replace(asked, pre_test=(), pre_test_minutes=0) if asked else None
    slots = {slot.slot for slot in main.contacts}
    numbers = {line.number for line in main.help_lines}
    return replace(
        main,
        optional=(*main.optional, OptionalPart(**values)),
        contacts=(*main.contacts, *(one for one in companion.contacts if one.slot not in slots)),
        help_lines=(*main.help_lines, *(one for one in companion.help_lines if one.number not in numbers)),
        media=tuple(sorted({*main.media, *companion.media}, key=lambda file: file.path)),
    )
