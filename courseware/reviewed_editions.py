"""The words of each reviewed edition, kept beside the packages, so that nobody changes them unnoticed."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import cast

FILE = Path(".built", "editions.json")

Editions = Mapping[str, Mapping[str, str]]  # by course and edition: a hash of the words


def read_editions(out: Path) -> Editions:
    try:
        return cast(Editions, json.loads((out / FILE).read_bytes()))
    except (OSError, ValueError):
        return {}


def add_edition(out: Path, course: str, edition: str, words: str) -> None:
    """The first words of an edition stay: those are what was reviewed."""
    known = {name: dict(editions) for name, editions in read_editions(out).items()}
    if edition in known.setdefault(course, {}):
        return
    known[course][edition] = words
    path = out / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps(known), encoding="utf-8")
    part.replace(path)
