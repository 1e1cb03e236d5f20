"""Zips as the tools of other people write them, byte by byte where Python's own would write it properly."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from zlib import crc32

Files = Mapping[str, bytes | str]
UNICODE_PATH = (
    0x7075  # APPNOTE 4.6.9, written by WinZip and Info-ZIP beside a name in the machine's own code page
)


class Pipe(io.RawIOBase):
    """A target that cannot be wound back, so that the zip is written with data descriptors."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        more = bytes(memoryview(data))  # type: ignore[arg-type]
        self.data += more
        return len(more)


def ordinary(files: Files, folder: str = "", mode: int = zipfile.ZIP_DEFLATED) -> bytes:
    """All of them below `folder`."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", mode) as archive:
        for name, content in files.items():
            archive.writestr(folder + name, content)
    return target.getvalue()


def of_a_mac(files: Files, folder: str = "") -> bytes:
    """With what the Finder adds."""
    extra = {
        "__MACOSX/._imsmanifest.xml": b"\0\5\x16\7",
        ".DS_Store": b"\0\0\0\1Bud1",
        "js/._a.js": b"\0\5\x16\7",
    }
    return ordinary({**{folder + name: content for name, content in files.items()}, **extra})


def streamed(files: Files) -> bytes:
    """Sizes after the content, as a server writes a zip that it makes while sending it."""
    target = Pipe()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return bytes(target.data)


def large(files: Files) -> bytes:
    """Zip64 headers on every file, as Java and .NET write them, needed or not."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            with archive.open(name, "w", force_zip64=True) as file:
                file.write(content.encode() if isinstance(content, str) else content)
    return target.getvalue()


def after(junk: bytes, files: Files) -> bytes:
    """A self-extracting program, or a mail server's header, before the zip."""
    return junk + ordinary(files)


def raw(files: Mapping[bytes, bytes | str], *, unicode_names: Mapping[bytes, str] | None = None) -> bytes:
    """Names as these very bytes and no flag beside them, stored; the Unicode name in a field of its own."""
    body, directory = b"", b""
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        extra = b""
        if unicode_names and name in unicode_names:
            told = struct.pack("<BI", 1, crc32(name)) + unicode_names[name].encode()
            extra = struct.pack("<HH", UNICODE_PATH, len(told)) + told
        facts = struct.pack(
            "<5H3I2H", 0x14, 0, 0, 0, 0x5821, crc32(data), len(data), len(data), len(name), len(extra)
        )
        directory += b"PK\1\2\x14\0" + facts + struct.pack("<3H2I", 0, 0, 0, 0, len(body)) + name + extra
        body += b"PK\3\4" + facts + name + extra + data
    count = len(files)
    return (
        body
        + directory
        + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, len(directory), len(body), 0)
    )


def with_folders(files: Files) -> bytes:
    """Windows: backslashes, and an entry for each folder."""
    names = {name.replace("/", "\\").encode(): content for name, content in files.items()}
    folders = {name.rpartition(b"\\")[0] + b"\\": b"" for name in names if b"\\" in name}
    return raw({**folders, **names})


def with_dots(files: Files) -> bytes:
    """`zip -r course.zip ./*` of some libraries keeps the dot."""
    return raw({b"./" + name.encode(): content for name, content in files.items()})


def rooted(files: Files) -> bytes:
    """PHP scripts that cut the folder's name off one character too early."""
    return raw({b"/" + name.encode(): content for name, content in files.items()})
