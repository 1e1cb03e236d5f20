"""Packages by anyone -> (Package, problems): `courseware check` prints them, the player's import shows
them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from msgspec.structs import replace

from courseware.errors import CoursewareError, Place, Problem
from courseware.formats.lom import read_record
from courseware.formats.manifest import read_manifest
from courseware.formats.packaging import without_dots
from courseware.formats.parsing import parse
from courseware.package import Metadata, Package
from courseware.reading.contents import DAMAGE, Contents, open_contents, refuse
from courseware.reading.paths import FileNames, paths, resolve_paths

__all__ = ["CoursewareError", "Place", "Problem", "Reading", "extract_package", "read_package"]

MANIFEST = "imsmanifest.xml"
LARGEST_MANIFEST = 32 << 20
ENOUGH = 20  # problems of one kind
BESIDE_A_ZIP = (".zip", ".pdf", ".txt", ".docx")
FOREIGN = {
    "cmi5.xml": "a cmi5 course",
    "tincan.xml": "a Tin Can (xAPI) package",
    "course.json": "one of our courses as a website, which needs no LMS",
    "course.yaml": "the source of a course; build it first",
    "moodle_backup.xml": "a Moodle backup",
    "h5p.json": "an H5P activity",
    "imsqti_v2p1.xml": "a QTI question bank",
    "[Content_Types].xml": "an Office document",
}


class ReadResult(NamedTuple):
    """The package as far as it could be read, or None, and all problems."""

    package: Package | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that prevent the package from being played."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def read_package(path: Path) -> ReadResult:
    """Read a zip or a folder. Nothing is unpacked, and nothing is raised, whatever the file holds."""
    try:
        with open_contents(path) as contents:
            return _read(contents)
    except CoursewareError as error:
        return ReadResult(None, error.problems)


def extract_package(path: Path, folder: Path) -> ReadResult:
    """Read, and unpack below `folder` where there is no error; a damaged file becomes an error."""
    try:
        with open_contents(path) as contents:
            reading = _read(contents)
            if not reading.errors:
                contents.extract(folder)
            return reading
    except CoursewareError as error:
        return ReadResult(None, error.problems)


def _read(contents: Contents) -> ReadResult:
    data = _manifest(contents)
    package, reader = read_manifest(data, contents.place(MANIFEST).file, contents.sizes)
    contents.settle(path for one in package.resources for path, _ in paths(one, launched=True))
    problems = reader.problems + contents.problems
    names = FileNames(contents.sizes)
    package = replace(package, metadata=_metadata(package.metadata, contents, names, reader.metadata_at))
    played = package.organization.walk() if package.organizations else ()
    launched = {item.resource for item in played}
    resolved = [
        resolve_paths(one, names, reader, launched=one.identifier in launched) for one in package.resources
    ]
    problems += [problem for _, more in resolved for problem in more]
    resources = tuple(resource for resource, _ in resolved)
    return ReadResult(replace(package, resources=resources), tuple(sorted(limited(set(problems)))))


def limited(problems: Collection[Problem]) -> Iterator[Problem]:
    """The first twenty of each kind: a tool that makes one mistake makes it a hundred times."""
    alike: dict[tuple[str, str], list[Problem]] = {}
    for problem in sorted(problems):
        alike.setdefault((problem.severity, problem.hint), []).append(problem)
    for same in alike.values():
        yield from same[:ENOUGH]
        if rest := same[ENOUGH:]:
            yield replace(rest[0], message=f"from here on {len(rest)} more problems like the {ENOUGH} before")


def _metadata(stated: Metadata, contents: Contents, names: FileNames, address: str) -> Metadata:
    """The manifest's own metadata, or that of the file it names (CAM, adlcp:location)."""
    name = names.find(without_dots(unquote(address))) if address else None
    if name is None or stated != Metadata() or contents.sizes[name] > LARGEST_MANIFEST:
        return stated
    try:
        with contents.open(name) as file:
            return read_record(parse(file.read(), name))
    except (CoursewareError, *DAMAGE):
        return stated


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
    """The manifest under a name in capitals. Raises an error that says where it is, or what this file seems
    to be."""
    for name in contents.sizes:
        if name.lower() == MANIFEST:
            return name
    message, hint = _further_inside(contents.sizes) or _something_else(contents.sizes)
    raise refuse(Place(str(contents.path)), message, hint)


def _further_inside(names: Collection[str]) -> tuple[str, str] | None:
    """The problem of a zip that holds a folder with the package, several packages, or another zip."""
    nested = sorted(name for name in names if PurePosixPath(name).name.lower() == MANIFEST)
    folders = [str(PurePosixPath(name).parent) for name in nested]
    if len(folders) == 1:
        message = f"{MANIFEST} is inside the folder “{folders[0]}”, not at the top"
        return message, f"zip what is in “{folders[0]}”, not the folder itself"
    if folders:
        inside = ", ".join(folders[:3]) + (" …" if len(folders) > 3 else "")
        return f"{len(folders)} packages are inside, in {inside}", "zip and import each on its own"
    zips = sorted(name for name in names if name.lower().endswith(".zip"))
    if zips and all(name.lower().endswith(BESIDE_A_ZIP) for name in names):
        message = f"there is no {MANIFEST}, and another zip is inside: “{zips[0]}”"
        return message, "unpack this zip, and choose the one inside"
    return None


def _something_else(names: Collection[str]) -> tuple[str, str]:
    if not names:
        return "the zip is empty", "export the course again"
    kind = next((words for name, words in FOREIGN.items() if name in names), "")
    what = f"; this seems to be {kind}" if kind else ", so this is no SCORM package"
    return f"there is no {MANIFEST}{what}", "export the course as SCORM 1.2 or SCORM 2004"
