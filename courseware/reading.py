"""Packages by anyone -> (Package, problems): what `courseware check` prints and the player's import says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from courseware.contents import DAMAGE, Contents, alike, open_contents, refuse
from courseware.errors import CoursewareError, Place, Problem
from courseware.formats.manifest import read_manifest
from courseware.formats.packaging import is_elsewhere, joined, path_of, split
from courseware.formats.reader import Reader
from courseware.package import Package, Resource

__all__ = ["CoursewareError", "Place", "Problem", "Reading", "extract_package", "read_package"]

MANIFEST = "imsmanifest.xml"
LARGEST_MANIFEST = 32 << 20
FOREIGN = {
    "cmi5.xml": "a cmi5 course",
    "tincan.xml": "a Tin Can (xAPI) package",
    "course.yaml": "the source of a course; build it first",
    "moodle_backup.xml": "a Moodle backup",
    "h5p.json": "an H5P activity",
    "imsqti_v2p1.xml": "a QTI question bank",
    "[Content_Types].xml": "an Office document",
}


class Reading(NamedTuple):
    """A package as far as it could be read, or None, and everything wrong with it."""

    package: Package | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps the package from being played."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def read_package(path: Path) -> Reading:
    """Read a zip or a folder; nothing is unpacked and nothing raised, whatever is in it."""
    try:
        with open_contents(path) as contents:
            return _read(contents)
    except CoursewareError as error:
        return Reading(None, error.problems)


def extract_package(path: Path, folder: Path) -> Reading:
    """Read, and unpack below `folder` where there is no error; a damaged file becomes an error here."""
    try:
        with open_contents(path) as contents:
            reading = _read(contents)
            if not reading.errors:
                contents.extract(folder)
            return reading
    except CoursewareError as error:
        return Reading(None, error.problems)


def _read(contents: Contents) -> Reading:
    data = _manifest(contents)
    package, reader = read_manifest(data, contents.place(MANIFEST).file)
    problems = reader.problems + contents.problems
    names = _Names(contents.sizes)
    launched = {item.resource for organization in package.organizations for item in organization.walk()}
    resources = []
    for resource in package.resources:
        found, missing = _found(resource, names, reader, resource.identifier in launched)
        resources.append(found)
        problems += missing
    return Reading(replace(package, resources=tuple(resources)), tuple(sorted(set(problems))))


def _manifest(contents: Contents) -> bytes:
    name = MANIFEST
    if MANIFEST not in contents.sizes:
        name = _nearest(contents)
        hint = f"rename it to {MANIFEST}; many LMSs find no other"
        contents.problems.append(
            Problem(contents.place(name), "the manifest's name has capitals", hint, "warning")
        )
    if contents.sizes[name] > LARGEST_MANIFEST:
        size = contents.sizes[name] >> 20
        raise refuse(contents.place(name), f"the manifest is {size} MiB long", "export the package again")
    try:
        with contents.open(name) as file:
            return file.read()
    except DAMAGE as error:
        raise contents.damaged(name, error) from error


def _nearest(contents: Contents) -> str:
    """The manifest under a name in capitals; else an error that says where it is or what this seems to be."""
    for name in contents.sizes:
        if name.lower() == MANIFEST:
            return name
    place = Place(str(contents.path))
    nested = sorted(name for name in contents.sizes if PurePosixPath(name).name.lower() == MANIFEST)
    if len(nested) == 1:
        folder = PurePosixPath(nested[0]).parent
        message = f"{MANIFEST} is inside the folder “{folder}”, not at the top"
        raise refuse(place, message, f"zip what is in “{folder}”, not the folder itself")
    if nested:
        inside = ", ".join(str(PurePosixPath(name).parent) for name in nested[:3])
        message = f"{len(nested)} packages are inside, in {inside}{' …' if len(nested) > 3 else ''}"
        raise refuse(place, message, "zip and import each on its own")
    kind = next((words for name, words in FOREIGN.items() if name in contents.sizes), "")
    message = f"there is no {MANIFEST}" + (
        f"; this seems to be {kind}" if kind else ", so this is no SCORM package"
    )
    raise refuse(place, message, "export the course as SCORM 1.2 or SCORM 2004")


class _Names:
    """The package's files by name, and by what people take for the same name."""

    def __init__(self, names: Iterable[str]) -> None:
        self.exact = frozenset(names)
        self.alike: Mapping[str, str] = {alike(name): name for name in sorted(self.exact)}

    def find(self, name: str) -> str | None:
        return name if name in self.exact else self.alike.get(alike(name))


def _found(
    resource: Resource, names: _Names, reader: Reader, launched: bool
) -> tuple[Resource, list[Problem]]:
    """The resource with its paths as the files are really called, and what is missing or called otherwise."""
    problems: list[Problem] = []
    actual: dict[str, str] = {}
    for path, severe in _paths(resource, launched):
        name = names.find(path)
        place = reader.places.get(path, Place(reader.file))
        actual[path] = name or path
        if path.startswith("../") or path == "..":
            hint = "put the file into the package and correct the path"
            problems.append(Problem(place, f"“{path}” leaves the package's folder", hint))
        elif name is None:
            hint = "add the file, or correct the href" if severe else "add the file, or take its entry out"
            message = f"“{path}”, of the resource “{resource.identifier}”, is not in the package"
            problems.append(Problem(place, message, hint, "error" if severe else "warning"))
        elif name != path:
            hint = "give both the same spelling; many servers find only the exact one"
            problems.append(Problem(place, f"“{path}” is called “{name}” in the package", hint, "warning"))
    return _renamed(resource, actual), problems


def _paths(resource: Resource, launched: bool) -> Iterator[tuple[str, bool]]:
    """Each path that should be a file, and whether nothing can be shown without it."""
    href = resource.href
    start = path_of(href) if href and not is_elsewhere(href) else ""
    if start:
        yield start, launched
    for file in resource.files:
        if file != start and not is_elsewhere(file):
            yield file, False


def _renamed(resource: Resource, actual: Mapping[str, str]) -> Resource:
    href = resource.href
    if href and not is_elsewhere(href):
        path = path_of(href)
        href = joined(actual.get(path, path), split(href)[1])
    files = tuple(actual.get(file, file) for file in resource.files)
    return replace(resource, href=href, files=files)
