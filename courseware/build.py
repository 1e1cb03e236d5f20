"""The compiler from end to end: load -> validate -> plan -> render -> archive.

All packages of a course are made in memory before the first is written, so a build that fails leaves the old
ones untouched. The command builds many courses in several processes (`catalogue_build`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from courseware.archive import MANIFEST, Content, write_archives
from courseware.course_names import names_differ
from courseware.errors import CoursewareError, Problem
from courseware.formats import FORMATS
from courseware.judging import JudgedCourse, judge, told_once
from courseware.load import SourceReader
from courseware.material import CourseSource
from courseware.options import BuildOptions
from courseware.plan import Plan, plan_formats
from courseware.refreshing.course import read_course
from courseware.render import render
from courseware.reviewed_editions import add_edition, read_editions
from courseware.rules.review import words_of


class CompiledCourse(Struct, frozen=True):
    """One course before its packages are written: their files, and the warnings for its author."""

    source: CourseSource  # all that the author wrote
    packages: dict[Path, dict[str, Content]]
    warnings: tuple[Problem, ...]

    @property
    def is_draft(self) -> bool:
        return any(problem.keeps_draft for problem in self.warnings)


def build(
    folders: Sequence[Path], options: BuildOptions, taken: Collection[Path] = ()
) -> tuple[CompiledCourse, ...]:
    """Write the packages of all these courses, or none of them and raise every problem."""
    compiled = compile_courses(folders, options, taken)
    write_archives({target: files for one in compiled for target, files in one.packages.items()})
    for one in compiled:
        if not one.is_draft:
            course = one.source.course
            add_edition(options.out, course.id, course.edition, words_of(one.source))
    return compiled


def compile_courses(
    folders: Sequence[Path], options: BuildOptions, taken: Collection[Path] = ()
) -> tuple[CompiledCourse, ...]:
    """The files of all packages; where any course has an error, all problems of all courses are raised."""
    options = replace(options, editions=read_editions(options.out))
    reader = SourceReader()
    loaded = [
        material for folder in folders if (material := read_course(folder, reader, options.legislation))
    ]
    judged = [judge(material, options) for material in loaded]
    named = [names for one in judged if (names := one.names(options.formats))]
    problems = [
        *reader.problems,
        *(problem for _, problem in names_differ(named, taken)),
        *chain.from_iterable(one.problems for one in judged),
    ]
    if options.release:
        problems = list(map(refused, problems))
    if any(problem.severity == "error" for problem in problems):
        raise CoursewareError(set(problems))
    return all_or_none(
        compile_course(one.source, one, reader.problems, options) for one in judged if one.source
    )


def refused(problem: Problem) -> Problem:
    """A problem that keeps a course a draft is an error of a release."""
    return replace(problem, severity="error") if problem.keeps_draft else problem


def compile_course(
    source: CourseSource, judged: JudgedCourse, of_files: Iterable[Problem], options: BuildOptions
) -> CompiledCourse | CoursewareError:
    """Its packages, variant for variant. Returns the error instead of raising it, so that the next course is
    planned too."""
    packages: dict[Path, dict[str, Content]] = {}
    found: dict[str, tuple[Problem, ...]] = {}
    for one in judged.chosen:
        try:
            planned = plan_formats(one.source, options.formats, one.facts, is_draft=one.is_draft)
        except CoursewareError as error:
            found[one.name] = error.problems
        else:
            found[one.name] = tuple(chain.from_iterable(plan.warnings for plan in planned.values()))
            packages |= {one.target(form): files for form, files in package_files(planned).items()}
    told = told_once(found, found.keys(), judged.variants)
    if any(problem.severity == "error" for problem in told):
        return CoursewareError(told)
    warnings = told.union(of_files, judged.problems)
    return CompiledCourse(source, packages, tuple(sorted(warnings)))


def all_or_none(drafts: Iterable[CompiledCourse | CoursewareError]) -> tuple[CompiledCourse, ...]:
    made = list(drafts)
    wrong = [problem for one in made if isinstance(one, CoursewareError) for problem in one.problems]
    if wrong:
        raise CoursewareError(set(wrong))
    return tuple(one for one in made if isinstance(one, CompiledCourse))


def package_files(planned: Mapping[str, Plan]) -> dict[str, dict[str, Content]]:
    """The files of each package: manifest, pages, and media as they are."""
    pages = next(iter(planned.values())).pages  # the pages are the same in every format
    media: dict[str, Content] = {file.path: file.source for file in pages.media}
    own = render(pages, planned, {form: plan.documents for form, plan in planned.items()})
    return {form: {**manifest_file(form, plan), **own[form], **media} for form, plan in planned.items()}


def manifest_file(form: str, planned: Plan) -> dict[str, Content]:
    target = FORMATS[form].manifest
    return {MANIFEST: target.write(planned.package)} if target else {}
