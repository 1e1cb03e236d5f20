"""The options of a build, the same for all its courses; and the folder that courses share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from courseware.editions import Editions

DEFAULT_FORMATS = ("scorm12", "scorm2004")
VARIANT_KEYS = ("audience", "jurisdiction", "language")


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """The day that decides what is out of date, the formats, the variant, and the folder for packages."""

    today: date
    formats: tuple[str, ...] = DEFAULT_FORMATS
    variant: Mapping[str, str] = field(default_factory=dict)
    out: Path = Path("packages")
    release: bool = False  # refuse whatever is still a draft
    editions: Editions = field(default_factory=dict)  # reviewed and built before

    def target(self, course: str, form: str) -> Path:
        """The path `<course id>[-<variant>].<format>.zip`; the variant's values come in the order of its
        keys."""
        named = "-".join([course, *(self.variant[key] for key in VARIANT_KEYS if key in self.variant)])
        return self.out / f"{named}.{form}.zip"


def catalogue_folder(folder: Path) -> Path | None:
    """The nearest folder above a course that holds a catalogue, and so the laws that the course may cite."""
    return next((above for above in folder.parents if (above / "catalogue.yaml").is_file()), None)
