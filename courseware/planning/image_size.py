"""The width and height of a picture, from its first bytes, so that a page does not jump while it loads."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress


def size(data: bytes) -> tuple[int, int]:
    """(width, height) of a PNG, GIF, JPEG or WebP; (0, 0) for anything else."""
    try:
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            return struct.unpack(">II", data[16:24])
        if data.startswith((b"GIF87a", b"GIF89a")):
            return struct.unpack("<HH", data[6:10])
        if data.startswith(b"\xff\xd8"):
            width, height = next(_frames(data), (0, 0))
            return (height, width) if _lies_on_its_side(data) else (width, height)
        if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
            return _webp(data)
    except (struct.error, IndexError):
        pass
    return 0, 0


def _frames(data: bytes) -> Iterator[tuple[int, int]]:
    """The JPEG segments that start a frame (SOF0 to SOF15 without DHT, JPG and DAC)."""
    at = 2
    while at + 9 <= len(data):
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            yield width, height
        at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])


def _lies_on_its_side(data: bytes) -> bool:
    """True where the camera was turned: browsers show the picture as its EXIF orientation says (tag 0x0112,
    5 to 8 exchange the sides)."""
    at = 2
    while data[at : at + 1] == b"\xff" and data[at + 1] not in (0xDA, 0xD9):
        length = int(struct.unpack(">H", data[at + 2 : at + 4])[0])
        if data[at + 1] == 0xE1 and data[at + 4 : at + 10] == b"Exif\0\0":
            with suppress(struct.error):  # browsers show it upright then
                return _orientation(data[at + 10 : at + 2 + length]) >= 5
        at += 2 + length
    return False


def _orientation(tiff: bytes) -> int:
    order = "<" if tiff.startswith(b"II") else ">"
    first = int(struct.unpack(f"{order}I", tiff[4:8])[0])
    count = int(struct.unpack(f"{order}H", tiff[first : first + 2])[0])
    for at in range(first + 2, first + 2 + 12 * count, 12):
        tag, _, _, value = struct.unpack(f"{order}HHIH", tiff[at : at + 10])
        if tag == 0x0112:
            return int(value)
    return 1


def _webp(data: bytes) -> tuple[int, int]:
    kind = data[12:16]
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", data[26:30])
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        bits = int(struct.unpack("<I", data[21:25])[0])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    return 0, 0
