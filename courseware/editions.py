"""Editions as authors write them: 2026.2, 2026.10, 2027.1. Their order, and what has changed since one."""

from __future__ import annotations

import re

from courseware.authored.model import Model, models_below
from courseware.authored.selective import Selective

PIECE = re.compile(r"[0-9]+|[^0-9\s.]+")


def comes_after(one: str, other: str) -> bool:
    """True where `one` is later than `other`: figures are compared as numbers, other words as they are."""
    return _pieces(one) > _pieces(other)


def has_changed(model: Model, since: str | None) -> bool:
    """True where it says so itself."""
    changed = model.changed_in if isinstance(model, Selective) else None
    return since is not None and changed is not None and comes_after(changed, since)


def has_changed_inside(model: Model, since: str | None) -> bool:
    """True where it, or one of its answers, says so."""
    return any(has_changed(one, since) for one in models_below(model))


def _pieces(edition: str) -> list[tuple[bool, int, str]]:
    return [
        (not piece.isdigit(), int(piece) if piece.isdigit() else 0, piece)
        for piece in PIECE.findall(edition.casefold())
    ]
