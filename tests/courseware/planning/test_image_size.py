"""Sizes from the first bytes of each kind of file."""

from __future__ import annotations

import struct

import pytest

from courseware.planning.image_size import size

JPEG = b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + bytes(14)
EXIF = {  # in the order of bytes of Intel and of Motorola
    order: mark + struct.pack(f"{order}HIHHHIHH", 42, 8, 1, 0x0112, 3, 1, 6, 0)
    for order, mark in (("<", b"II"), (">", b"MM"))
}
FRAME = struct.pack(">HBHH", 17, 8, 480, 640)


def turned(exif: bytes) -> bytes:
    """A JPEG that says how the camera was held."""
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(exif) + 8) + b"Exif\0\0" + exif


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(8) + struct.pack(">II", 640, 480), (640, 480)),
        (b"GIF89a" + struct.pack("<HH", 640, 480), (640, 480)),
        (JPEG + b"\xff\xc0" + FRAME + bytes(8), (640, 480)),
        (JPEG + b"\xff\xc4" + struct.pack(">H", 4) + bytes(2) + b"\xff\xc2" + FRAME + bytes(8), (640, 480)),
        *((turned(exif) + b"\xff\xc0" + FRAME + bytes(8), (480, 640)) for exif in EXIF.values()),
        (turned(EXIF["<"][:9]) + b"\xff\xc0" + FRAME + bytes(8), (640, 480)),
        (b"RIFF\0\0\0\0WEBPVP8 " + bytes(10) + struct.pack("<HH", 640, 480), (640, 480)),
        (b"RIFF\0\0\0\0WEBPVP8L" + bytes(5) + struct.pack("<I", 639 | 479 << 14), (640, 480)),
        (b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + b"\x7f\x02\0\xdf\x01\0", (640, 480)),
        (b"\x89PNG\r\n\x1a\n", (0, 0)),
        (JPEG, (0, 0)),
        (b"\0\0\0\x1cftypavif", (0, 0)),
        (b"", (0, 0)),
    ],
)
def test_sizes(data: bytes, expected: tuple[int, int]) -> None:
    assert size(data) == expected
