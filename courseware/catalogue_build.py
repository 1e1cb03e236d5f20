"""Many courses at once, in several processes: one that fails leaves the others alone.

A process compiles a course and writes its zips beside their places. The first process then looks whether two
courses want one place, and moves the zips of all that are sound.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from courseware.archive import move, remove, write_parts
from courseware.build import compile_courses
from courseware.course_names import CourseNames, names_differ
from courseware.errors import CoursewareError, Place, Problem
from courseware.options import BuildOptions
from courseware.reviewed_editions import add_edition
from courseware.rules.review import words_of

FEWEST = 3  # courses for which other processes are worth their start


class Draft(Struct, frozen=True):
    """The outcome of one course: zips beside their places, or the problems that prevent them."""

    folder: Path
    course: str = ""  # the id
    place: Place = field(default=Place(""))  # of the id
    parts: dict[Path, Path] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    edition: tuple[str, str] | None = None  # with a hash of its words, where it is reviewed


def build_each(folders: Sequence[Path], options: BuildOptions, taken: Collection[Path] = ()) -> list[Draft]:
    """Write the packages of all courses without an error. `taken` are the packages of other courses."""
    drafts = list(every_draft(folders, options))
    try:
        judged = told_apart(drafts, taken)
        for one in judged:
            if not one.problems:
                move(one.parts)
                if one.edition is not None:
                    add_edition(options.out, one.course, *one.edition)
        return judged
    finally:
        for one in drafts:
            remove(one.parts)


def every_draft(folders: Sequence[Path], options: BuildOptions) -> Iterator[Draft]:
    """In as many processes as there are processors; a few courses are made in this one."""
    processes = min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1, len(folders))
    if len(folders) < FEWEST or processes < 2:
        yield from (draft(folder, options) for folder in folders)
        return
    # Most builds need neither, and they take as long as a twentieth of one.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_all_start_methods, get_context

    way = "fork" if "fork" in get_all_start_methods() else None  # a forked process has all imported
    with ProcessPoolExecutor(processes, get_context(way)) as pool:
        yield from pool.map(partial(draft, options=options), folders)


def draft(folder: Path, options: BuildOptions) -> Draft:
    try:
        (one,) = compile_courses([folder], options)
        course = one.source.course
        return Draft(
            folder,
            course=str(course.id),
            place=course.id.place,
            parts=write_parts(one.packages),
            warnings=one.warnings,
            edition=None if one.is_draft else (str(course.edition), words_of(one.source)),
        )
    except CoursewareError as error:
        return Draft(folder, problems=error.problems)


def told_apart(drafts: Sequence[Draft], taken: Collection[Path]) -> list[Draft]:
    """The drafts; of two courses that share a name none is written."""
    named = [
        CourseNames(one.folder, one.course, one.place, frozenset(one.parts)) for one in drafts if one.course
    ]
    wrong = {one.folder: problem for one, problem in names_differ(named, taken)}
    return [replace(one, problems=(wrong[one.folder],)) if one.folder in wrong else one for one in drafts]
