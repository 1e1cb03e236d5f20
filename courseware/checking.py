"""The check of courses and packages, with the same problems as when they are built or imported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from courseware.build import compile_courses
from courseware.errors import CoursewareError, Place, Problem
from courseware.load import SourceReader
from courseware.material import CourseSource
from courseware.options import BuildOptions
from courseware.reading import read_package
from courseware.refreshing.course import read_course
from courseware.republishing import losses
from courseware.shared_warnings import told_together

SOURCES = (".yaml", ".yml")


class Checked(Struct, frozen=True):
    """Every problem, and the courses that could be read."""

    problems: tuple[Problem, ...]
    courses: tuple[CourseSource, ...] = ()


def check(paths: Iterable[Path], options: BuildOptions, against: Path | None = None) -> Checked:
    """A folder with a manifest is an unpacked package, one with a catalogue all courses below it, any other
    folder a course. `against` is an earlier package of the one course."""
    problems: set[Problem] = set()
    folders: dict[Path, None] = {}
    for path in paths:
        if path.is_dir() and not (path / "imsmanifest.xml").is_file():
            folders |= dict.fromkeys(courses_in(path))
        elif path.suffix.lower() in SOURCES:
            hint = "name the folder that holds the course's course.yaml"
            message = "this is one file of a course, which is checked whole"
            problems.add(Problem(Place(str(path)), message, hint))
        else:
            problems.update(read_package(path).problems)
    courses: tuple[CourseSource, ...] = ()
    try:
        compiled = compile_courses(list(folders), options)
    except CoursewareError as error:
        problems.update(error.problems)
        courses = tuple(readable(folders, options))
    else:
        courses = tuple(one.source for one in compiled)
        problems.update(warning for one in compiled for warning in one.warnings)
        if against is not None:
            problems.update(lost(folders, against, options))
    return Checked(tuple(told_together(problems)), courses)


def lost(folders: Iterable[Path], against: Path, options: BuildOptions) -> tuple[Problem, ...]:
    try:
        return tuple(problem for folder in folders for problem in losses(folder, against, options))
    except CoursewareError as error:
        return error.problems


def readable(folders: Iterable[Path], options: BuildOptions) -> Iterator[CourseSource]:
    """Those of which a course.yaml could be read, whatever is wrong with them."""
    reader = SourceReader()
    for folder in folders:
        source = read_course(folder, reader, options.legislation)
        if isinstance(source, CourseSource):
            yield source


def courses_in(folder: Path) -> list[Path]:
    """The courses below a catalogue; the folder itself where it is none."""
    if (folder / "course.yaml").is_file() or not (folder / "catalogue.yaml").is_file():
        return [folder]
    return sorted(path.parent for path in folder.rglob("course.yaml"))


def catalogue_here(folder: Path) -> Path | None:
    """The catalogue of a folder: in it, above it, or one folder below it."""
    for there in (folder, *folder.parents, *sorted(folder.glob("*/"))):
        if (there / "catalogue.yaml").is_file():
            return there
    return None
