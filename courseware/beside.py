"""The folders of other courses beside a course, found by the names in their course.yaml without parsing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

NAMES_ANOTHER = (b"legislation of", b"refresher of")  # keys that name the id of another course
ID = re.compile(rb"""^["']?id["']?:\s*["']?([a-z0-9-]+)""", re.MULTILINE)


def courses_beside(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """The other courses in the same folder, each with the bytes of its course.yaml."""
    for path in sorted(folder.parent.glob("*/course.yaml")):
        if path.parent != folder:
            yield path.parent, _bytes_of(path)


def related_folders(folder: Path) -> Iterator[Path]:
    """The courses beside it that name it, and those that it names: its packages may depend on them."""
    own = _bytes_of(folder / "course.yaml")
    for other, text in courses_beside(folder):
        if _names(own, text) or _names(text, own):
            yield other


def _names(one: bytes, other: bytes) -> bool:
    known = ID.search(other)
    return known is not None and known[1] in one and any(key in one for key in NAMES_ANOTHER)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
