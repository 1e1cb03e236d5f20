"""A course's id names its packages, and identifies it in an LMS: no two courses of a build share a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from courseware.errors import Place, Problem


class CourseNames(Struct, frozen=True):
    """The id of a course, and the packages of it that are made."""

    folder: Path
    id: str
    place: Place  # of the id
    packages: frozenset[Path]


def names_differ(
    courses: Iterable[CourseNames], taken: Collection[Path]
) -> Iterator[tuple[CourseNames, Problem]]:
    """Each course whose id or package another has, too. `taken` are packages of courses that are not
    built anew."""
    known = {one.folder: one for one in courses}.values()
    ids = Counter(one.id for one in known)
    packages = Counter(package for one in known for package in one.packages)
    for one in known:
        if ids[one.id] > 1 or not one.packages.isdisjoint(taken):
            message = f"the id “{one.id}” is also that of another course"
            yield one, Problem(one.place, message, "give this course its own")
        elif twice := sorted(package for package in one.packages if packages[package] > 1):
            name = twice[0].name.partition(".")[0]
            message = f"its package “{name}” has the name of another course's"
            yield one, Problem(one.place, message, "give this course or its variant another name")
