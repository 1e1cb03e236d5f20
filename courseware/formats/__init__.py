"""The formats: one file for each, which holds its writer and its reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from courseware.formats import scorm12, scorm2004
from courseware.package import Package, Standard


@dataclass(frozen=True, slots=True)
class Format:
    """A format that `courseware build` offers, with the limits of its manifest."""

    name: str
    standard: Standard
    edition: str
    write: Callable[[Package], bytes]
    longest_title: int | None = None  # characters
    longest_version: int | None = None
    suspend_data: int = 64000  # characters


FORMATS = {
    one.name: one
    for one in (
        Format("scorm12", Standard.SCORM_12, scorm12.EDITION, scorm12.write, 200, 20, 4096),
        Format("scorm2004", Standard.SCORM_2004, scorm2004.EDITION, scorm2004.write),
    )
}
