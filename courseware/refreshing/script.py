"""The pages of a script, and the readers of a line that leaves its page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from courseware.authored.lines import PageLine, ScriptLine
from courseware.authored.selective import Selective

Page = tuple[ScriptLine, ...]  # its `page:` line first, where it has one
ONLY = ("only_for", "only_in", "only_with")


def split(script: Sequence[ScriptLine]) -> list[Page]:
    """The pages of a script."""
    pages: list[list[ScriptLine]] = []
    for line in script:
        if isinstance(line, PageLine) or not pages:
            pages.append([])
        pages[-1].append(line)
    return [tuple(page) for page in pages]


def conditions_together(those: Iterable[Selective]) -> dict[str, Any]:
    """The conditions of a line that stood inside all of these: it is for those who see each of them."""
    met: dict[str, Any] = {}
    for one in those:
        for key in ONLY:
            words = getattr(one, key)
            if words is not None:
                before = met.get(key)
                met[key] = words if before is None else tuple(word for word in before if word in words)
        for key, choose in (("from_", max), ("until", min)):
            day = getattr(one, key)
            if day is not None:
                met[key] = choose(day, met.get(key) or day)
    return met
