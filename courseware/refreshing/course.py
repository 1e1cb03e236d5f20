"""A course of any kind, as the rest of the compiler gets it."""

from __future__ import annotations

from pathlib import Path

from courseware.load import SourceReader, load
from courseware.material import Material, RefresherMaterial


def read_course(folder: Path, reader: SourceReader, legislation: str = "") -> Material | None:
    """The course in that folder; a refresher with what it takes of its parent. None where there is none, or
    where nothing can be derived."""
    material = load(folder, reader, legislation)
    if not isinstance(material, RefresherMaterial):
        return material
    from courseware.refreshing.deriving import derived
    from courseware.refreshing.neighbours import parent_of

    parent = parent_of(material, reader)
    return derived(material, parent, reader.problems) if parent else None
