"""Pictures on their way into a package: drawings become part of the document, other files are copied."""

from __future__ import annotations

import re
from itertools import chain, count
from pathlib import Path, PurePosixPath

from courseware.blocks import Figure
from courseware.errors import Problem
from courseware.material import CourseSource
from courseware.package.slugs import in_ascii
from courseware.pages import Logo, LogoImage, MediaFile
from courseware.planning import drawing, drawing_size, image_size
from courseware.planning.drawing_size import FITS_A_PHONE, too_wide
from courseware.planning.picture_file import ENOUGH_FOR_SIZE, picture_file
from courseware.questions.kind import NamedPicture
from courseware.questions.spots import Picture
from courseware.yaml12.nodes import SourceText

FOLDER = "media"
NEITHER = re.compile("[^a-z0-9.]+")
NO_NAME = re.compile("[^a-z0-9]+")


class CourseFigures:
    """The pictures of one course; a picture that is shown twice is packed once."""

    def __init__(self, course: CourseSource, package: CourseFigures | None = None) -> None:
        """`package` has those of another course in the same package, where names are used once."""
        self.course = course
        self.files: dict[Path, MediaFile] = package.files if package else {}
        self.drawn: set[str] = package.drawn if package else set()
        self.problems: list[Problem] = package.problems if package else []

    def figure(self, name: SourceText, alt: str, caption: str) -> Figure:
        """A picture of a page."""
        figure = self._figure(name, alt, caption)
        if width := too_wide(figure.svg):
            message = f"“{name}” is {width} wide and has words, so that a phone shows a part of it"
            hint = f"draw it {FITS_A_PHONE} wide at most, or give it a “narrow” layout as the guide shows"
            self.problems.append(Problem(name.place, message, hint, "warning"))
        return figure

    def of_question(self, named: NamedPicture) -> tuple[Figure, Picture]:
        """A picture in which places are found, and its size."""
        figure = self._figure(named.image, str(named.alt), "")
        return figure, picture_file(self.course.media(named.image))

    def _figure(self, name: SourceText, alt: str, caption: str) -> Figure:
        path = self.course.media(name)
        if path.suffix == ".svg":
            svg = self._drawing(path, name)
            return Figure(
                alt,
                svg=svg,
                caption=caption,
                width=drawing_size.widest(svg),
                scrolls=bool(too_wide(svg)),
            )
        with path.open("rb") as file:
            width, height = image_size.size(file.read(ENOUGH_FOR_SIZE))
        return Figure(alt, self._packed(path).path, "", caption, width, height)

    def logo(self) -> Logo | None:
        """The provider's, from files beside the catalogue."""
        settings = self.course.catalogue.logo if self.course.catalogue else None
        if settings is None:
            return None
        dark = self._logo_image(settings.on_dark) if settings.on_dark else None
        return Logo(str(settings.alt), self._logo_image(settings.image), dark)

    def _logo_image(self, name: SourceText) -> LogoImage:
        path = self.course.shared_file(name)
        if path.suffix == ".svg":
            svg = self._drawing(path, name)
            width, height = drawing_size.size(svg)
            return LogoImage(svg=svg, ratio=width / height if width and height else 1)
        with path.open("rb") as file:
            width, height = image_size.size(file.read(ENOUGH_FOR_SIZE))
        return LogoImage(src=self._packed(path).path, ratio=width / height if height else 1)

    def _drawing(self, path: Path, name: SourceText) -> str:
        try:
            made = drawing.cleaned(path.read_bytes(), self._drawn_as(path.stem))
        except drawing.NoDrawingError as error:
            hint = "export it again as plain SVG"
            self.problems.append(Problem(name.place, f"“{name}” cannot be read as a drawing: {error}", hint))
            return ""
        if made.left_out:
            message = f"“{name}” has {', '.join(made.left_out)}, which a course leaves out"
            hint = "export it as plain SVG, with everything in it and no scripts"
            self.problems.append(Problem(name.place, message, hint, "warning"))
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
    """A name that every LMS, file system and URL reads alike."""
    stem, _, ending = in_ascii(name).rpartition(".")
    return f"{NEITHER.sub('-', stem).strip('-.') or 'picture'}.{ending}"


def _free_name(name: str, taken: set[str]) -> str:
    pure = PurePosixPath(name)
    others = (str(pure.with_name(f"{pure.stem}-{number}{pure.suffix}")) for number in count(2))
    return next(one for one in chain([name], others) if one not in taken)
