"""What was asked of a build, for all its courses alike, and where they find what they share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

DEFAULT_FORMATS = ("scorm12", "scorm2004")
VARIANT_KEYS = ("audience", "jurisdiction", "language")


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """Which packages, where to put them, and the day that decides what has grown old."""

    today: date
    formats: tuple[str, ...] = DEFAULT_FORMATS
    variant: Mapping[str, str] = field(default_factory=dict)
    out: Path = Path("packages")
    release: bool = False  # refuse whatever is still a draft

    def target(self, course: str, form: str) -> Path:
        """`<course id>[-<variant>].<format>.zip`; the variant's values in the order of its keys."""
        named = "-".join([course, *(self.variant[key] for key in VARIANT_KEYS if key in self.variant)])
        return self.out / f"{named}.{form}.zip"


def catalogue_folder(folder: Path) -> Path | None:
    """The nearest folder above a course that holds a catalogue, and so the laws that it may cite."""
    return next((above for above in folder.parents if (above / "catalogue.yaml").is_file()), None)
