"""Pictures on their way into a package: drawings become part of the document, other files are copied."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain, count
from pathlib import Path, PurePosixPath

from courseware import source
from courseware.errors import Problem
from courseware.material import CourseSource
from courseware.pages import Figure, MediaFile
from courseware.planning import drawing, image_size

FOLDER = "media"
NEITHER = re.compile("[^a-z0-9.]+")
NO_NAME = re.compile("[^a-z0-9]+")
ENOUGH_FOR_SIZE = 1 << 20  # a JPEG may carry a large preview before it says its size


class CourseFigures:
    """The pictures of one course; a picture that is shown twice is packed once."""

    def __init__(self, course: CourseSource) -> None:
        self.course = course
        self.files: dict[Path, MediaFile] = {}
        self.drawn: set[str] = set()
        self.problems: list[Problem] = []

    def figure(self, image: source.ImageLine, caption: str) -> Figure:
        path = self.course.media(str(image.image))
        if path.suffix == ".svg":
            return Figure(alt=str(image.alt), svg=self._drawing(path, image), caption=caption)
        with path.open("rb") as file:
            width, height = image_size.size(file.read(ENOUGH_FOR_SIZE))
        return Figure(str(image.alt), self._packed(path).path, "", caption, width, height)

    def _drawing(self, path: Path, image: source.ImageLine) -> str:
        place = image.at("image")
        try:
            made = drawing.cleaned(path.read_bytes(), self._drawn_as(path.stem))
        except drawing.NoDrawingError as error:
            hint = "export it again as plain SVG"
            self.problems.append(
                Problem(place, f"“{image.image}” cannot be read as a drawing: {error}", hint)
            )
            return ""
        if made.left_out:
            message = f"“{image.image}” has {', '.join(made.left_out)}, which a course leaves out"
            hint = "export it as plain SVG, with everything in it and no scripts"
            self.problems.append(Problem(place, message, hint, "warning"))
        return made.svg

    def _drawn_as(self, stem: str) -> str:
        """A name for the drawing. One that is shown twice stands in the document twice, under two names."""
        name = _free_name(NO_NAME.sub("-", stem.lower()).strip("-") or "drawing", self.drawn)
        self.drawn.add(name)
        return name

    def _packed(self, path: Path) -> MediaFile:
        if path not in self.files:
            taken = {file.path for file in self.files.values()}
            self.files[path] = MediaFile(_free_name(f"{FOLDER}/{_safe_name(path.name)}", taken), path)
        return self.files[path]


def _safe_name(name: str) -> str:
    """A name in lower case and ASCII, which every LMS, file system and URL reads alike."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem, _, ending = plain.rpartition(".")
    return f"{NEITHER.sub('-', stem).strip('-.') or 'picture'}.{ending}"


def _free_name(name: str, taken: set[str]) -> str:
    pure = PurePosixPath(name)
    others = (str(pure.with_name(f"{pure.stem}-{number}{pure.suffix}")) for number in count(2))
    return next(one for one in chain([name], others) if one not in taken)
