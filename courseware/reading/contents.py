"""The files of a package, zip or folder: names stay inside it, sizes are bounded, media are streamed."""

from __future__ import annotations

import re
import shutil
import stat
import struct
import unicodedata
import zipfile
import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from errno import EDQUOT, ENOSPC
from pathlib import Path
from typing import IO, BinaryIO, cast

from courseware.errors import CoursewareError, Place, Problem

MOST_FILES = 50_000
MOST_BYTES = 8 << 30
# Deflate packs text about 5:1, and no ordinary file 200:1; a small package may have any ratio.
HIGHEST_RATIO, HARMLESS = 200, 64 << 20
LONGEST_NAME, LONGEST_PART = 1000, 255  # characters of a path; bytes of a folder's or file's own name
UTF_8 = 1 << 11
ENCRYPTED = 1
# ValueError: a name that is not valid UTF-8, or an offset before the start.
DAMAGE = (OSError, EOFError, RuntimeError, ValueError, OverflowError, zipfile.BadZipFile, zlib.error)
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
DRIVE = re.compile(r"[A-Za-z]:")
JUNK = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._[^/]*$)")
# The code pages of names that do not declare one: DOS and Windows of Western Europe, then of Russia.
CODE_PAGES = ("cp850", "cp1252", "cp866", "cp1251")
UNICODE_PATH = 0x7075
KINDS = {
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"\x1f\x8b": "a gzip file",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"<!DO": "a web page",
    b"<htm": "a web page",
    b"<?xm": "an XML file",
}


def refuse(place: Place, message: str, hint: str) -> CoursewareError:
    return CoursewareError([Problem(place, message, hint)])


@dataclass(slots=True)
class Contents(ABC):
    """The files of a package by their paths; `problems` are warnings met while listing them."""

    path: Path
    sizes: Mapping[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @abstractmethod
    def open(self, name: str) -> IO[bytes]:
        """The bytes of one file, as a stream."""

    @abstractmethod
    def settle(self, wanted: Iterable[str]) -> None:
        """Choose the code page of undeclared names by the names that the manifest wants."""

    def place(self, name: str) -> Place:
        """The place that problems name for one of its files."""
        return Place(f"{self.path}!{name}")

    def extract(self, folder: Path) -> None:
        """Copy every file below `folder`; the names cannot leave it."""
        for name in self.sizes:
            target = folder / name
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                with self.open(name) as source, target.open("xb") as copy:
                    shutil.copyfileobj(source, copy, 1 << 20)
            except DAMAGE as error:
                raise self.damaged(name, error) from error

    def damaged(self, name: str, error: Exception) -> CoursewareError:
        is_full = isinstance(error, OSError) and error.errno in (EDQUOT, ENOSPC)
        hint = "make room on the disk" if is_full else "download or export the package again"
        why = (
            error.strerror if isinstance(error, OSError) else None
        ) or error  # without the path that we unpack to
        return refuse(self.place(name), f"the file cannot be unpacked: {why}", hint)


@contextmanager
def open_contents(path: Path) -> Iterator[Contents]:
    """The files of a zip or a folder. Raises CoursewareError where it is neither, or not safe to unpack."""
    if path.is_dir():
        yield FolderContents(path)
        return
    with _opened(path) as file, _zip(path, file) as archive:
        yield ZipContents(path, archive)


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise refuse(Place(str(path)), "there is no such file", "check the path") from None
    except OSError as error:
        hint = "check the path, and that you may read it"
        raise refuse(Place(str(path)), f"the file cannot be read: {error.strerror}", hint) from error


class FolderContents(Contents):
    """An unpacked package, or a folder that somebody writes by hand."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        sizes: dict[str, int] = {}
        for one in sorted(path.rglob("*")):
            name = one.relative_to(path).as_posix()
            if one.is_symlink() and not one.resolve().is_relative_to(path.resolve()):
                raise refuse(
                    Place(f"{path}/{name}"), "the link leads out of the package", "put the file itself here"
                )
            if one.is_file() and not JUNK.search(name):
                sizes[name] = one.stat().st_size
        self.sizes = sizes

    def open(self, name: str) -> IO[bytes]:
        return (self.path / name).open("rb")

    def settle(self, wanted: Iterable[str]) -> None:
        """A file system declares its names."""

    def place(self, name: str) -> Place:
        return Place(f"{self.path}/{name}")


class ZipContents(Contents):
    """A zip. A dangerous one is refused before anything is unpacked."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        super().__init__(path)
        self.archive = archive
        self.entries: dict[str, zipfile.ZipInfo] = {}
        self.guessed: set[str] = set()
        self._bound(archive.infolist())
        for info in archive.infolist():
            self._list(info)
        self.sizes = {name: info.file_size for name, info in self.entries.items()}

    def open(self, name: str) -> IO[bytes]:
        try:
            return self.archive.open(self.entries[name])
        except DAMAGE as error:
            raise self.damaged(name, error) from error

    def settle(self, wanted: Iterable[str]) -> None:
        """Choose the code page under which the manifest's paths are found, unless that is the standard's."""
        if not self.guessed:
            return
        missing = {alike(name) for name in wanted} - {alike(name) for name in self.entries}
        respelt = {page: self._respelt(page) for page in CODE_PAGES}
        hits = {
            page: len(missing & {alike(name) for name in names.values()}) for page, names in respelt.items()
        }
        page = max(CODE_PAGES, key=lambda one: hits[one])
        if not hits[page]:
            return
        self.entries = {respelt[page].get(name, name): info for name, info in self.entries.items()}
        self.sizes = {name: info.file_size for name, info in self.entries.items()}
        message = f"names in the zip are not in Unicode; the manifest's paths fit code page {page[2:]}"
        hint = "make the zip with a tool that writes names in UTF-8; we read them so"
        self.problems.append(Problem(Place(str(self.path)), message, hint, "warning"))

    def _respelt(self, page: str) -> dict[str, str]:
        """The undeclared names in that code page; none where one is invalid in it or taken."""
        try:
            names = {name: name.encode("cp437").decode(page) for name in self.guessed & self.entries.keys()}
        except UnicodeError:
            return {}
        whole = {names.get(name, name) for name in self.entries}
        return names if len(whole) == len(self.entries) else {}

    def _bound(self, infos: list[zipfile.ZipInfo]) -> None:
        unpacked = sum(info.file_size for info in infos)
        packed = sum(info.compress_size for info in infos)
        if len(infos) > MOST_FILES:
            self._stop(f"the zip holds {len(infos)} files, more than {MOST_FILES}", "split the course")
        if unpacked > MOST_BYTES:
            size = f"{unpacked / (1 << 30):.1f} GiB"
            self._stop(
                f"unpacked the files take {size}, more than {MOST_BYTES >> 30} GiB", "compress the media"
            )
        if unpacked > HARMLESS and unpacked > packed * HIGHEST_RATIO:
            message = f"the zip unpacks to {unpacked // max(packed, 1)} times its size, as zip bombs do"
            self._stop(message, "leave out the file that is only padding")
        if packed > self.path.stat().st_size:
            self._stop(
                "files in the zip overlap, as in zip bombs", "make the zip again with an ordinary tool"
            )

    def _stop(self, message: str, hint: str) -> None:
        raise refuse(Place(str(self.path)), message, hint)

    def _list(self, info: zipfile.ZipInfo) -> None:
        written, is_guessed = _name(info)
        name = self._safe(written)
        if is_guessed:
            self.guessed.add(name)
        if not name.rpartition("/")[2] or JUNK.search(name):
            return
        if info.flag_bits & ENCRYPTED:
            raise refuse(self.place(name), "the zip is protected by a password", "make it again without one")
        if info.compress_type not in METHODS:
            message = f"the file is packed by method {info.compress_type}, which is not deflate"
            raise refuse(self.place(name), message, "make the zip again with ordinary compression")
        if stat.S_ISLNK(info.external_attr >> 16):
            raise refuse(
                self.place(name), "the zip holds a link instead of a file", "put the file itself into it"
            )
        twin = self.entries.get(name)
        if twin is not None and (twin.CRC, twin.file_size) != (info.CRC, info.file_size):
            message = "the zip holds two different files of this name"
            raise refuse(self.place(name), message, "make the zip again, with one of them")
        self.entries[name] = info

    def _safe(self, name: str) -> str:
        place = self.place(name.replace("\0", "\\0"))
        if "\\" in name:
            hint = "make the zip with a tool that writes “/”; we read it so"
            self.problems.append(Problem(place, "the name has backslashes", hint, "warning"))
            name = name.replace("\\", "/")
        parts = name.split("/")
        if name.startswith("/") or DRIVE.match(name):
            raise refuse(place, "the name is absolute, so it would be unpacked outside the package", REMAKE)
        if ".." in parts:
            raise refuse(place, "the name leaves the package's folder by “..”", REMAKE)
        is_long = len(name) > LONGEST_NAME or any(len(part.encode()) > LONGEST_PART for part in parts)
        if is_long or any(ord(character) < 32 for character in name):
            raise refuse(place, "the name is too long or has control characters", "rename the file")
        folders = (part for part in parts[:-1] if part not in ("", "."))
        return "/".join((*folders, parts[-1]))


REMAKE = "make the zip again from inside the package's folder"


def _name(info: zipfile.ZipInfo) -> tuple[str, bool]:
    """The name, and whether its code page 437 is only a guess.

    By the standard a name without the UTF-8 flag is in code page 437; most tools write UTF-8 all the same.
    """
    name = info.orig_filename
    if info.flag_bits & UTF_8 or name.isascii():
        return name, False
    raw = name.encode("cp437")
    try:
        return (_unicode_path(info.extra, raw) or raw).decode("utf-8"), False
    except UnicodeError:
        return name, True


def _unicode_path(extra: bytes, raw: bytes) -> bytes | None:
    """APPNOTE 4.6.9: the name in UTF-8, unless a tool that ignores this field has renamed the entry."""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == UNICODE_PATH and field[:5] == struct.pack("<BI", 1, zlib.crc32(raw)):
            return field[5:]
    return None


@contextmanager
def _zip(path: Path, file: BinaryIO) -> Iterator[zipfile.ZipFile]:
    start = file.read(4)
    file.seek(0)
    try:
        archive = zipfile.ZipFile(cast(IO[bytes], file))
    except (zipfile.BadZipFile, NotImplementedError, OverflowError, ValueError, OSError) as error:
        raise _no_zip(path, start) from error
    with archive:
        yield archive


def _no_zip(path: Path, start: bytes) -> CoursewareError:
    place = Place(str(path))
    if not start:
        return refuse(place, "the file is empty", "export or upload the package again")
    if start.startswith(b"PK"):
        return refuse(place, "the zip is cut off or damaged", "export or upload the package again")
    kind = next((words for mark, words in KINDS.items() if start.startswith(mark)), "")
    message = f"the file is {kind}, not a zip" if kind else "the file is not a zip"
    return refuse(place, message, "choose the .zip that the authoring tool exports as SCORM")


def alike(name: str) -> str:
    """The name without regard to case and to the form of accents."""
    return unicodedata.normalize("NFC", name).casefold()
