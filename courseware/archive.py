"""Files -> a zip that is the same, byte for byte, on every machine and at any time.

Python's zipfile can take no other deflater, and zlib's output differs between builds; so the container
(PKWARE APPNOTE 4.3) is written here, around libdeflate, whose output depends on version and level alone.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from deflate import deflate_compress
from msgspec import Struct

from courseware.errors import CoursewareError, Place, Problem

MANIFEST = "imsmanifest.xml"
LEVEL = 7  # of 12: 10 makes a package a thirtieth smaller, and packing it as dear as the rest of a build
STORED, DEFLATED = 0, 8
CHUNK = 1 << 20
# Already compressed: such a file is stored and streamed, so that a film never has to fit into memory.
COMPRESSED = frozenset(
    {"avif", "gif", "heic", "jpeg", "jpg", "png", "webp"}
    | {"aac", "flac", "m4a", "mp3", "oga", "ogg", "opus"}
    | {"m4v", "mov", "mp4", "ogv", "webm"}
    | {"7z", "docx", "gz", "pptx", "woff", "woff2", "xlsx", "zip"}
)
LARGEST, MOST = 0xFFFFFFFF, 0xFFFF
FIRST_OF_1980 = 0x21  # 1 January 1980, as early as a zip can say
REGULAR_FILE = 0o100644 << 16
MADE_ON_UNIX = 3 << 8 | 20
UTF_8 = 1 << 11

Content = bytes | Path


class Entry(Struct, frozen=True):
    """The facts of one file that both of its headers repeat (APPNOTE 4.3.7 and 4.3.12)."""

    name: str
    method: int
    crc: int
    compressed: int
    size: int
    offset: int

    def local(self) -> bytes:
        return struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, *self._facts(), 0) + self._name()

    def central(self) -> bytes:
        where = (0, 0, 0, 0, REGULAR_FILE, self.offset)
        header = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", MADE_ON_UNIX, 20, *self._facts(), *where)
        return header + self._name()

    def _facts(self) -> tuple[int, ...]:
        flags = 0 if self.name.isascii() else UTF_8
        sizes = (self.crc, self.compressed, self.size)
        return (flags, self.method, 0, FIRST_OF_1980, *sizes, len(self._name()))

    def _name(self) -> bytes:
        return self.name.encode()


def write_archives(packages: Mapping[Path, Mapping[str, Content]]) -> None:
    """Write each zip beside its place, and move all of them into place once the last one is whole. A full
    disk has then replaced no zip, and a reader finds the old zip or the new one, never half of one."""
    move(write_parts(packages))


def write_parts(packages: Mapping[Path, Mapping[str, Content]]) -> dict[Path, Path]:
    """The zips beside their places, by these; none is left where one cannot be written."""
    parts = {target: target.with_name(f".{target.name}.{os.getpid()}.part") for target in packages}
    try:
        for target, files in packages.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            with parts[target].open("wb") as out:
                _finish(out, [_add(out, name, files[name]) for name in sorted(files, key=_order)])
    except BaseException:
        remove(parts)
        raise
    return parts


def move(parts: Mapping[Path, Path]) -> None:
    """Each zip to its place."""
    try:
        for target, part in parts.items():
            part.replace(target)
    finally:
        remove(parts)


def remove(parts: Mapping[Path, Path]) -> None:
    for part in parts.values():
        part.unlink(missing_ok=True)


def _order(name: str) -> tuple[bool, str]:
    return (name != MANIFEST, name)


def _add(out: BinaryIO, name: str, content: Content) -> Entry:
    if name.lower().rpartition(".")[2] in COMPRESSED:
        return _store(out, name, content)
    data = content if isinstance(content, bytes) else content.read_bytes()
    packed, crc = (_remembered if len(data) < CHUNK else _deflated)(data)
    if len(packed) >= len(data):
        return _store(out, name, data)
    size, offset = _within(name, len(data)), _within(name, out.tell())
    entry = Entry(name, DEFLATED, crc, len(packed), size, offset)
    out.write(entry.local())
    out.write(packed)
    return entry


def _deflated(data: bytes) -> tuple[bytes, int]:
    """The packed bytes and the checksum of the unpacked ones."""
    return bytes(deflate_compress(data, LEVEL)), crc32(data)


_remembered = lru_cache(maxsize=16)(_deflated)  # the packages of one course differ in one script only


def _store(out: BinaryIO, name: str, content: Content) -> Entry:
    """Copy the content unpacked. The header needs its checksum, so it is written twice, before and after."""
    offset = _within(name, out.tell())
    out.write(Entry(name, STORED, 0, 0, 0, offset).local())
    crc = size = 0
    for chunk in _chunks(content):
        crc, size = crc32(chunk, crc), size + len(chunk)
        out.write(chunk)
    end = out.tell()
    entry = Entry(name, STORED, crc, _within(name, size), size, offset)
    out.seek(offset)
    out.write(entry.local())
    out.seek(end)
    return entry


def _chunks(content: Content) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with content.open("rb") as source:
        while chunk := source.read(CHUNK):
            yield chunk


def _finish(out: BinaryIO, entries: list[Entry]) -> None:
    start = out.tell()
    out.writelines(entry.central() for entry in entries)
    size = out.tell() - start
    if len(entries) >= MOST:
        raise _too_large("imsmanifest.xml", f"{len(entries)} files are more than a zip holds ({MOST - 1})")
    _within(entries[-1].name, start + size)
    out.write(struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, len(entries), len(entries), size, start, 0))


def _within(name: str, number: int) -> int:
    if number >= LARGEST:
        raise _too_large(name, "the zip would pass 4 GiB here, more than many LMSs can read")
    return number


def _too_large(name: str, message: str) -> CoursewareError:
    return CoursewareError([Problem(Place(name), message, "shorten, compress or leave out some media")])
