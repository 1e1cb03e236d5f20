"""A course that has not changed is not built again: a stamp beside the packages lists what made them.

It covers the course's files, those of its legal companion, the catalogue and laws that it may use, the
compiler and the installed libraries, and the day, because some warnings depend on it. A package that somebody
changed is built anew.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import click
from msgspec import Struct, ValidationError, convert, field, to_builtins

from courseware.beside import related_folders
from courseware.errors import CoursewareError, Problem
from courseware.options import BuildOptions, catalogue_folder

COMPILER = Path(__file__).parent
INSTALLED = Path(click.__file__).parents[1]
FOLDER = ".built"


class Stamp(Struct, frozen=True):
    """The packages of one course's build, and the fingerprint of its inputs."""

    inputs: str
    packages: tuple[Path, ...]
    states: tuple[str, ...]  # sizes and times of the packages after the build
    warnings: tuple[Problem, ...]


class SomeFailedError(CoursewareError):
    """Some courses have errors, and are as they were; `built` are the others."""

    def __init__(self, problems: Iterable[Problem], built: Sequence[Stamp]) -> None:
        super().__init__(problems)
        self.built = tuple(built)


def build_changed(folders: Sequence[Path], options: BuildOptions, *, force: bool = False) -> list[Stamp]:
    """Build the courses that changed; the others repeat the warnings of their last build. Raises
    SomeFailedError once all without an error are built."""
    inputs = Inputs(options)
    known = {folder: None if force else read_stamp(folder, inputs) for folder in dict.fromkeys(folders)}
    changed = {folder: inputs.fingerprint(folder) for folder, stamp in known.items() if stamp is None}
    stamps = {folder: stamp for folder, stamp in known.items() if stamp}
    problems: set[Problem] = set()
    if changed:
        from courseware.catalogue_build import build_each

        taken = {package for stamp in stamps.values() for package in stamp.packages}
        for one in build_each(list(changed), options, taken):
            problems.update(one.problems)
            if not one.problems:
                packages = tuple(one.parts)
                states = tuple(map(file_state, packages))
                stamps[one.folder] = Stamp(changed[one.folder], packages, states, one.warnings)
                write_stamp(one.folder, options, stamps[one.folder])
    built = [stamps[folder] for folder in known if folder in stamps]
    if problems:
        raise SomeFailedError(problems, built)
    return built


class Inputs(Struct):
    """Fingerprints of all that packages depend on. What courses share is looked at once."""

    options: BuildOptions
    hashes: dict[tuple[Callable[[Path], Iterator[str]], Path], bytes] = field(default_factory=dict)

    def fingerprint(self, folder: Path) -> str:
        digest = sha256(f"{sys.version}\n{file_state(INSTALLED)}\n{self.options.today}\n".encode())
        folder = folder.absolute()
        digest.update(self._hash(files_below, COMPILER) + self._hash(files_below, folder))
        if root := catalogue_folder(folder):
            digest.update(self._hash(shared_files, root))
        for related in related_folders(folder):
            digest.update(self._hash(files_below, related))
        return digest.hexdigest()

    def _hash(self, listed: Callable[[Path], Iterator[str]], folder: Path) -> bytes:
        known = self.hashes.get((listed, folder))
        if known is None:
            states = "".join(f"{path}\0{file_state(path)}\n" for path in listed(folder))
            known = sha256(states.encode("utf-8", "surrogateescape")).digest()
            self.hashes[listed, folder] = known
        return known


def files_below(folder: Path) -> Iterator[str]:
    """The paths of a folder's files as texts, which is fastest; without compiled ones."""
    for inside, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (f"{inside}/{name}" for name in sorted(files))


def shared_files(root: Path) -> Iterator[str]:
    """A catalogue, and the laws and the logo beside it."""
    with os.scandir(root) as beside:  # the catalogue, and a logo
        yield from sorted(one.path for one in beside if one.is_file())
    yield from files_below(root / "law")


def file_state(path: Path | str) -> str:
    """Changes when the file does, without reading it: some are films."""
    try:
        status = os.stat(path)  # noqa: PTH116 - a Path takes as long as the question
    except OSError:
        return "absent"
    return f"{status.st_size} {status.st_mtime_ns}"


def stamp_file(folder: Path, options: BuildOptions) -> Path:
    variants = f"{sorted(options.variants)}\n{sorted(options.variant.items())}"
    asked = "\n".join(
        map(
            str,
            (folder.absolute(), options.formats, variants, options.release, options.on, options.legislation),
        )
    )
    return options.out / FOLDER / f"{sha256(asked.encode('utf-8', 'surrogateescape')).hexdigest()[:32]}.json"


def read_stamp(folder: Path, inputs: Inputs) -> Stamp | None:
    """The stamp of a build that is still current, or None."""
    try:
        written = json.loads(stamp_file(folder, inputs.options).read_bytes())
        stamp = convert(written, Stamp, dec_hook=lambda path, text: path(text))
    except (OSError, ValueError, ValidationError):
        return None
    holds = stamp.inputs == inputs.fingerprint(folder) and stamp.states == tuple(
        map(file_state, stamp.packages)
    )
    return stamp if holds else None


def write_stamp(folder: Path, options: BuildOptions, stamp: Stamp) -> None:
    path = stamp_file(folder, options)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps(to_builtins(stamp, enc_hook=str)), encoding="utf-8")
    part.replace(path)
