"""The options of a build, the same for all its courses; and the folder that courses share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct, field

from courseware.reviewed_editions import Editions

DEFAULT_FORMATS = ("scorm12", "scorm2004")
VARIANT_KEYS = ("audience", "jurisdiction", "phase", "language")


class BuildOptions(Struct, frozen=True):
    """The day that decides what is out of date, the formats, the variants, and the folder for packages."""

    today: date
    formats: tuple[str, ...] = DEFAULT_FORMATS
    variants: tuple[str, ...] = ()  # by name; none for all
    legislation: str = ""  # instead of the word in course.yaml; empty: as that says
    variant: Mapping[str, str] = field(default_factory=dict)  # or by what they choose
    out: Path = Path("packages")
    on: date | None = None  # the day whose edition is made; None for the one whose law each course states
    release: bool = False  # refuse whatever is still a draft
    editions: Editions = field(default_factory=dict)  # reviewed and built before

    def package_name(self, course: str, variant: str) -> str:
        """`<course id>[-<variant>]`. Of a course that names no variants, the values that were asked for come
        in the order of their keys."""
        asked = [variant] if variant else [self.variant[key] for key in VARIANT_KEYS if key in self.variant]
        return "-".join([course, *asked])


def catalogue_folder(folder: Path) -> Path | None:
    """The nearest folder above a course that holds a catalogue, and so the laws that the course may cite."""
    return next((above for above in folder.parents if (above / "catalogue.yaml").is_file()), None)
