"""The provider's colour and logo: both can be shown, and both are clear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from courseware.errors import Problem
from courseware.load import written_files
from courseware.material import Material
from courseware.planning import image_size
from courseware.rendering.palette import palette
from courseware.rules.hints import did_you_mean
from courseware.rules.media import begins_as_it_should
from courseware.yaml12.nodes import SourceText

COLOUR = re.compile("#[0-9A-Fa-f]{6}")
LOGO_KINDS = (".svg", ".png")
LOGO_BYTES = 50_000  # every learner loads it with the first page
SHARP_WIDTH, SHARP_HEIGHT = 304, 144  # twice the room that it has on the page


def logo_can_be_shown(material: Material) -> Iterator[Problem]:
    """The files stand beside the catalogue, so that all its courses have them."""
    logo = material.catalogue.logo if material.catalogue else None
    for name in (logo.image, logo.on_dark) if logo else ():
        if name is not None:
            yield from logo_file(material.shared_file(name), name)


def logo_file(path: Path, name: SourceText) -> Iterator[Problem]:
    folder, _, file = name.replace("\\", "/").rpartition("/")
    if folder:
        message = f"“{name}” is in another folder, and a logo stands beside catalogue.yaml"
        yield Problem(name.place, message, f"move it there, and write “{file}”")
    elif path.suffix not in LOGO_KINDS:
        yield Problem(name.place, f"the logo “{name}” is no SVG and no PNG", "save it as one of these")
    elif path not in (beside := written_files(path.parent)):
        known = [one.name for one in beside if one.suffix in LOGO_KINDS]
        hint = did_you_mean(name, known) or "put the file there"
        yield Problem(name.place, f"there is no {name} beside catalogue.yaml", hint)
    elif not begins_as_it_should(path):
        message = f"“{name}” does not hold what its ending says"
        yield Problem(name.place, message, "save it anew in that format")
    else:
        yield from logo_is_clear(path, name)


def logo_is_clear(path: Path, name: SourceText) -> Iterator[Problem]:
    size = path.stat().st_size
    if size > LOGO_BYTES:
        message = f"the logo “{name}” has {size // 1000} kB, and every learner waits for it"
        yield Problem(name.place, message, f"save it with {LOGO_BYTES // 1000} kB at most", "warning")
    if path.suffix == ".png":
        width, height = image_size.size(path.read_bytes()[:64])
        if width < SHARP_WIDTH and height < SHARP_HEIGHT:
            message = f"the logo “{name}” is {width} by {height} pixels, and blurred on most screens"
            hint = f"save it {SHARP_WIDTH} wide or {SHARP_HEIGHT} high at least, or as SVG"
            yield Problem(name.place, message, hint, "warning")


def accent_is_a_colour(material: Material) -> Iterator[Problem]:
    """An unreadable accent is replaced by a readable shade, and the author is told."""
    theme = material.catalogue.theme if material.catalogue else None
    if theme is None:
        return
    if not COLOUR.fullmatch(theme.accent):
        hint = 'write six digits or letters a to f after “#”, in quotes: “"#12556A"”'
        yield Problem(theme.accent.place, f"“{theme.accent}” is not a colour", hint)
    elif changed := palette(theme.accent).changed:
        hint = "write that shade yourself, or choose another colour"
        yield Problem(theme.accent.place, changed.rstrip("."), hint, "warning")
