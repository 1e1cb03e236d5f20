"""A course against a package of an earlier edition: what a learner who is half-way in that would lose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from courseware.archive import MANIFEST, Content
from courseware.build import compile_courses
from courseware.errors import CoursewareError, Place, Problem
from courseware.formats import MANIFESTS
from courseware.formats.manifest import read_manifest
from courseware.material import Neighbour
from courseware.options import BuildOptions
from courseware.package import Package, Provenance
from courseware.reading import read_package
from courseware.reading.contents import open_contents
from courseware.reading.description import FILE, DescribedCourse, described
from courseware.republished_part import PartComparison


class Published(Struct, frozen=True):
    """A package of ours: its manifest, its origin, and the course as it describes itself."""

    package: Package
    origin: Provenance
    course: DescribedCourse


def losses(folder: Path, old: Path, options: BuildOptions) -> Iterator[Problem]:
    """A sentence for each thing that a learner would lose or have to do again. Raises CoursewareError where
    the course or the old package has errors."""
    before = published(old)
    form = next(name for name, one in MANIFESTS.items() if one.edition == before.package.edition)
    (compiled,) = compile_courses([folder], replace(options, formats=(form,)))
    source = compiled.source
    course = source.course
    after = counterpart(before, compiled.packages.values())
    if after is None:
        variant = before.origin.variant or "no variant"
        message = f"no package that is made now is that of {old.name} ({variant})"
        hint = "an LMS takes it for another course, in which everybody begins again"
        yield Problem(course.id.place, message, hint, "warning")
        return
    companions = {str(one.course.id): one for one in source.legislation.companions}
    yield from Comparison(folder, before, after, course.place, old.name, companions).problems()


def published(path: Path) -> Published:
    """The facts of a package of ours. Raises CoursewareError where it is none."""
    package, problems = read_package(path)
    if package is None:
        raise CoursewareError(problems)
    try:
        with open_contents(path) as contents, contents.open(FILE) as file:
            course = described(file.read())
    except (KeyError, OSError):
        course = None
    if package.provenance is None or course is None:
        hint = "give a package that “courseware build” has made"
        message = "this package does not describe its course, so nothing can be compared with it"
        raise CoursewareError([Problem(Place(str(path)), message, hint)])
    return Published(package, package.provenance, course)


def counterpart(before: Published, made: Iterable[Mapping[str, Content]]) -> Published | None:
    """The package for the same readers; the only one, where a course has but one."""
    found = [one for files in made if (one := of_files(files))]
    same = [one for one in found if one.origin.course == before.origin.course]
    by_variant = [one for one in same if one.origin.variant == before.origin.variant]
    by_name = [one for one in same if one.package.identifier == before.package.identifier]
    return next(iter([*by_variant, *by_name]), None)


def of_files(files: Mapping[str, Content]) -> Published | None:
    manifest, course = files[MANIFEST], files[FILE]
    if not isinstance(manifest, bytes) or not isinstance(course, bytes):
        return None
    package, _ = read_manifest(manifest, MANIFEST)
    known = described(course)
    return Published(package, package.provenance, known) if package.provenance and known else None


class Comparison(Struct, frozen=True):
    """The two packages, and where the author's files are."""

    folder: Path
    before: Published
    after: Published
    course_file: Place
    old: str
    companions: Mapping[str, Neighbour]  # by id

    def problems(self) -> Iterator[Problem]:
        yield from self._of_scos()
        yield from self._of_part(self.before.course, self.after.course, self.folder, self.course_file)
        parts = {part.id: part for part in self.after.course.optional}
        for part in self.before.course.optional:
            if part.id not in parts:
                yield self._of_gone_part(part)
            else:
                beside = self.companions[part.id]
                yield from self._of_part(part, parts[part.id], beside.folder, beside.course.place)

    def _of_part(
        self, old: DescribedCourse, new: DescribedCourse, folder: Path, course_file: Place
    ) -> Iterator[Problem]:
        is_refresher = bool(self.before.origin.refresher_of and self.after.origin.refresher_of)
        part = PartComparison(
            folder,
            old,
            new,
            course_file,
            self.old,
            is_refresher_renewed=is_refresher and old.edition != new.edition,
        )
        return part.problems()

    def _of_scos(self) -> Iterator[Problem]:
        """An LMS keeps what it knows of a learner under the item's identifier."""
        now = {item.identifier for item in self.after.package.organization.walk()}
        gone_parts = {f"item-optional_{part.id}" for part in self._gone_parts}
        gone = [
            item
            for item in self.before.package.organization.walk()
            if item.resource and item.identifier not in now | gone_parts
        ]
        if gone:
            titles = ", ".join(f"“{item.title}”" for item in gone)
            message = (
                f"what an LMS keeps for {titles} has no SCO any more: who is half-way begins again there"
            )
            hint = "our player takes it along from one SCO to several; for other LMSs keep “structure:”"
            yield Problem(self.course_file, message, hint, "warning")

    @property
    def _gone_parts(self) -> Iterator[DescribedCourse]:
        now = {part.id for part in self.after.course.optional}
        return (part for part in self.before.course.optional if part.id not in now)

    def _of_gone_part(self, part: DescribedCourse) -> Problem:
        """Its answers stay with the package that asked them (decision 25)."""
        message = f"the optional part “{part.title}” is gone, and what learners have done in it"
        hint = "who has passed it has that on record"
        if self.after.origin.legislation == "separate":
            hint += "; who is half-way in it begins again in a package of its own"
        return Problem(self.course_file, message, hint, "warning")
