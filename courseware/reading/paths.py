"""The paths of a manifest compared with the package's files: missing ones, and other spellings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from courseware.errors import Place, Problem
from courseware.formats.manifest_reader import ManifestReader
from courseware.formats.packaging import is_elsewhere, joined, path_of, split
from courseware.package import Resource
from courseware.reading.contents import alike


class FileNames:
    """The package's files by their names, and by their names without case and forms of accents."""

    def __init__(self, names: Iterable[str]) -> None:
        self.exact = frozenset(names)
        self.alike: Mapping[str, str] = {alike(name): name for name in sorted(self.exact)}

    def find(self, name: str) -> str | None:
        return name if name in self.exact else self.alike.get(alike(name))


def resolve_paths(
    resource: Resource, names: FileNames, reader: ManifestReader, *, launched: bool
) -> tuple[Resource, list[Problem]]:
    """The resource with the real names of its files, and the problems on the way."""
    problems = list(_address_problems(resource, reader, launched))
    actual: dict[str, str] = {}
    for path, is_needed in paths(resource, launched=launched):
        name = names.find(path)
        actual[path] = name or path
        place = reader.places.get(path, Place(reader.file))
        if name != path:
            problems.append(_path_problem(path, name, place, resource.identifier, is_needed))
    return _renamed(resource, actual), problems


def _path_problem(path: str, name: str | None, place: Place, resource: str, is_needed: bool) -> Problem:
    if path == ".." or path.startswith("../"):
        hint = "put the file into the package and correct the path"
        return Problem(place, f"“{path}” leaves the package's folder", hint)
    if name is not None:
        hint = "give both the same spelling; many servers find only the exact one"
        return Problem(place, f"“{path}” is called “{name}” in the package", hint, "warning")
    message = f"“{path}”, of the resource “{resource}”, is not in the package"
    if is_needed:
        return Problem(place, message, "add the file, or correct the href")
    return Problem(place, message, "add the file, or take its entry out", "warning")


def _address_problems(resource: Resource, reader: ManifestReader, launched: bool) -> Iterator[Problem]:
    """A page on another server can be shown; a script or a file of the learner's own device cannot."""
    href = resource.href
    if href is None or not launched or not is_elsewhere(href):
        return
    place = reader.places.get(href, Place(reader.file))
    if href.lower().startswith(("https://", "http://", "//")):
        hint = "put it into the package: from there it cannot report to the LMS, and may vanish"
        yield Problem(place, f"“{href}” is on another server", hint, "warning")
    else:
        hint = "give the path of a file in the package, or an address that begins with https://"
        yield Problem(place, f"“{href}” is no address of a page", hint)


def paths(resource: Resource, *, launched: bool) -> Iterator[tuple[str, bool]]:
    """Each path that should be a file, and whether the resource cannot be shown without it."""
    href = resource.href
    start = path_of(href) if href and not is_elsewhere(href) else None
    if start is not None:
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
