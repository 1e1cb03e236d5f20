"""Pictures exist, are pictures, and belong to the course."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

from courseware.errors import Place, Problem
from courseware.load import LEFT_BY_SYSTEMS, display_path
from courseware.material import Material
from courseware.rules.hints import did_you_mean, no_folder
from courseware.rules.walk import pictures
from courseware.yaml12.nodes import SourceText

SIZE_LIMIT = 5_000_000  # bytes; a larger one arrives after the page on a phone
ADDRESS = re.compile("[a-z]{2,}:", re.IGNORECASE)  # one letter and a colon are a drive of Windows
# The first bytes of each kind of file.
BEGINNINGS: dict[str, tuple[bytes, ...]] = {
    ".svg": (b"<",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".webp": (b"RIFF",),
    ".gif": (b"GIF8",),
    ".avif": (b"\x00\x00\x00",),
}


def images_exist(material: Material) -> Iterator[Problem]:
    here = sorted(name for folder in material.media_folders for name in media(folder))
    images = [named.image for named in pictures(material)]
    if images and not material.derived and (hint := no_folder(material.folder / "media", "the pictures")):
        yield Problem(images[0].place, "there is no folder “media”", hint)
        return
    for name in images:
        yield from picture(material, name, here)


def media(folder: Path) -> list[str]:
    """The files in the folder, not through links to folders; a link to nothing is no file."""
    inside = (os.path.join(where, name) for where, _, names in os.walk(folder) for name in names)  # noqa: PTH118
    files = filter(os.path.isfile, inside)
    return sorted(path[len(str(folder)) + 1 :].replace(os.sep, "/") for path in files)


def picture(material: Material, name: SourceText, here: list[str]) -> Iterator[Problem]:
    path, is_there = material.media(name), name in here  # some systems open “a.png” as “A.png” too
    if ADDRESS.match(name):
        message = f"“{name.excerpt}” is an address, and a course brings its pictures along"
        yield Problem(
            name.place, message, "save the picture in the folder “media”, and write its file's name"
        )
    elif "\\" in name or (
        (path.is_symlink() or not is_there)
        and all(leads_out(path, folder) for folder in material.media_folders)
    ):
        file = re.split(r"[/\\]", name)[-1]
        hint = f"write “{file}”" if file in here else "copy the file into it"
        yield Problem(name.place, f"“{name}” leads out of the course's folder “media”", hint)
    elif not is_there:
        hint = did_you_mean(name, here) or "put the file there"
        if normalize("NFC", name) in (normalize("NFC", one) for one in here):
            hint = "the file's name has its accents as signs of their own: rename it, and leave them out"
        yield Problem(name.place, f"there is no media/{name}", hint)
    else:
        yield from file_of(path, name)


def file_of(path: Path, name: SourceText) -> Iterator[Problem]:
    """The problem of a file that exists and is not a picture for a page."""
    size = path.stat().st_size
    if path.suffix not in BEGINNINGS and path.suffix.lower() in BEGINNINGS:
        hint = f"write it small, “{path.suffix.lower()}”, here and in the file's name"
        yield Problem(name.place, f"the ending of “{name}” is in capitals", hint)
    elif path.suffix not in BEGINNINGS:
        kinds = ", ".join(kind.lstrip(".") for kind in BEGINNINGS)
        yield Problem(name.place, f"“{name}” is no picture that browsers show", f"save it as one of {kinds}")
    elif size > SIZE_LIMIT:
        message = f"“{name}” has {size / 1_000_000:.1f} MB, more than the 5 MB of a picture"
        yield Problem(name.place, message, "save it smaller")
    elif not begins_as_it_should(path):
        message = f"“{name}” does not hold what its ending says"
        yield Problem(name.place, message, "save it anew in that format")


def leads_out(path: Path, folder: Path) -> bool:
    """True where `..` or a link leads out of the folder."""
    return not os.path.realpath(path).startswith(os.path.realpath(folder) + os.sep)


def begins_as_it_should(path: Path) -> bool:
    with path.open("rb") as file:
        start = (
            file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip() if path.suffix == ".svg" else file.read(64)
        )
    return start.startswith(BEGINNINGS[path.suffix])


def media_used(material: Material) -> Iterator[Problem]:
    if material.broken:
        return
    named = {str(one.image) for one in pictures(material)}
    for name in media(material.folder / "media"):
        if name not in named and not LEFT_BY_SYSTEMS.search(name):
            message = f"media/{name} is not shown anywhere"
            hint = f"write “- image: {name}” in a lesson, or remove the file"
            yield Problem(Place(display_path(material.media(name))), message, hint, "warning")
