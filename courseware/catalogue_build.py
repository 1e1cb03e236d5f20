"""Many courses at once, in several processes: one that fails leaves the others alone.

A process compiles a course and writes its zips beside their places. The first process then looks whether two
courses want one place, and moves the zips of all that are sound.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from courseware.archive import move, remove, write_parts
from courseware.build import compile_courses
from courseware.editions import add_edition
from courseware.errors import CoursewareError, Place, Problem
from courseware.judging import same_id, same_package
from courseware.options import BuildOptions
from courseware.rules.review import words_of

FEWEST = 3  # courses for which other processes are worth their start


@dataclass(frozen=True, slots=True)
class Draft:
    """What came of one course: zips beside their places, or the problems that prevent them."""

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
    """A course's id names its packages and identifies it in an LMS: of two with one name none is written."""
    ids = Counter(one.course for one in drafts if one.course)
    targets = Counter(target for one in drafts for target in one.parts)
    return [taken_name(one, ids, targets, taken) for one in drafts]


def taken_name(
    one: Draft, ids: Mapping[str, int], targets: Mapping[Path, int], taken: Collection[Path]
) -> Draft:
    """The draft, with a problem where its id or a package of it is another course's as well."""
    of_others = [target for target in one.parts if target in taken]
    twice = [target for target in one.parts if targets[target] > 1]
    if ids[one.course] > 1 or of_others:
        return replace(one, problems=(same_id(one.course, one.place),))
    if twice:
        return replace(one, problems=(same_package(twice[0].name.partition(".")[0], one.place),))
    return one
