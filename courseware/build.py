"""The story of the compiler: load -> validate -> plan -> render -> archive.

Everything is gathered before anything is written, so a build that fails leaves the old packages untouched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from courseware.archive import MANIFEST, Content, write_archives
from courseware.errors import CoursewareError, Problem
from courseware.formats import FORMATS
from courseware.load import SourceReader, load
from courseware.material import CourseSource
from courseware.options import BuildOptions
from courseware.plan import Plan, plan_formats
from courseware.render import render
from courseware.validate import ids_differ, validate


@dataclass(frozen=True, slots=True)
class CompiledCourse:
    """One course, ready to be written: its packages' files, and what its author should still look at."""

    source: CourseSource
    packages: dict[Path, dict[str, Content]]
    warnings: tuple[Problem, ...]


def build(
    folders: Sequence[Path], options: BuildOptions, taken: Collection[Path] = ()
) -> tuple[CompiledCourse, ...]:
    """Write the packages of all these courses, or none of them and raise every problem."""
    drafts = compile_courses(folders, options, taken)
    write_archives({target: files for one in drafts for target, files in one.packages.items()})
    return drafts


def compile_courses(
    folders: Sequence[Path], options: BuildOptions, taken: Collection[Path] = ()
) -> tuple[CompiledCourse, ...]:
    """All that would be written; every problem of every course raised at once where one is an error."""
    reader = SourceReader()
    loaded = [material for folder in folders if (material := load(folder, reader))]
    found = [tuple(validate(material, options)) for material in loaded]
    sources = [material for material in loaded if isinstance(material, CourseSource)]
    problems = [
        *reader.problems,
        *ids_differ(sources, options, taken),
        *(one for each in found for one in each),
    ]
    if options.release:
        problems = list(map(refused, problems))
    if any(problem.severity == "error" for problem in problems):
        raise CoursewareError(set(problems))
    warnings = [{*reader.problems, *each} for each in found]
    return all_or_none(
        compile_course(source, each, options) for source, each in zip(sources, warnings, strict=True)
    )


def refused(problem: Problem) -> Problem:
    """What keeps a course a draft keeps it from being released."""
    return replace(problem, severity="error") if problem.keeps_draft else problem


def compile_course(
    source: CourseSource, warnings: set[Problem], options: BuildOptions
) -> CompiledCourse | CoursewareError:
    """What planning finds wrong is kept, so that the next course is planned too."""
    try:
        is_draft = any(problem.keeps_draft for problem in warnings)
        planned = plan_formats(source, options.formats, options.variant, is_draft=is_draft)
    except CoursewareError as error:
        return error
    packages = {
        options.target(source.course.id, form): files for form, files in package_files(planned).items()
    }
    found = warnings.union(*(each.warnings for each in planned.values()))
    return CompiledCourse(source, packages, tuple(sorted(found)))


def all_or_none(drafts: Iterable[CompiledCourse | CoursewareError]) -> tuple[CompiledCourse, ...]:
    made = list(drafts)
    wrong = [problem for one in made if isinstance(one, CoursewareError) for problem in one.problems]
    if wrong:
        raise CoursewareError(set(wrong))
    return tuple(one for one in made if isinstance(one, CompiledCourse))


def package_files(planned: Mapping[str, Plan]) -> dict[str, dict[str, Content]]:
    """Each package's files: its manifest, the pages, the media as they are."""
    pages = next(iter(planned.values())).pages  # what a learner sees is the same in every format
    media: dict[str, Content] = {file.path: file.source for file in pages.media}
    own = render(pages, planned)
    return {
        form: {MANIFEST: FORMATS[form].write(each.package), **own[form], **media}
        for form, each in planned.items()
    }
