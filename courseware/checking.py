"""The check of courses and packages, with the same problems as when they are built or imported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from courseware.build import compile_courses
from courseware.errors import CoursewareError, Place, Problem
from courseware.options import BuildOptions
from courseware.reading import read_package

SOURCES = (".yaml", ".yml")


def check(paths: Iterable[Path], options: BuildOptions) -> Iterator[Problem]:
    """Every problem. A folder with a manifest is an unpacked package, any other folder a course."""
    courses = []
    for path in dict.fromkeys(paths):
        if path.is_dir() and not (path / "imsmanifest.xml").is_file():
            courses.append(path)
        elif path.suffix.lower() in SOURCES:
            hint = "name the folder that holds the course's course.yaml"
            yield Problem(Place(str(path)), "this is one file of a course, which is checked whole", hint)
        else:
            yield from read_package(path).problems
    try:
        for one in compile_courses(courses, options):
            yield from one.warnings
    except CoursewareError as error:
        yield from error.problems
