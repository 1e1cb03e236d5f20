"""The order of editions as authors write them: 2026.2, 2026.10, 2027.1."""

from __future__ import annotations

import re

PIECE = re.compile(r"[0-9]+|[^0-9\s.]+")


def comes_after(one: str, other: str) -> bool:
    """True where `one` is later than `other`: figures are compared as numbers, other words as they are."""
    return _pieces(one) > _pieces(other)


def _pieces(edition: str) -> list[tuple[bool, int, str]]:
    return [
        (not piece.isdigit(), int(piece) if piece.isdigit() else 0, piece)
        for piece in PIECE.findall(edition.casefold())
    ]
