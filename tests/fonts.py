"""The fonts of every browser test: a wide one, a narrow one and one of a single width, from packages.

A layout that holds with the wide and with the narrow one holds with what lies between. Of the fonts that
people have, DejaVu Sans is among the widest, and the wide one is a sixth wider; the narrow one is as narrow
as Arial Narrow.
Fontconfig is Linux's: on other systems the tests run with the system's fonts.
"""

from __future__ import annotations

import tempfile
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

WIDE, NARROW, MONOSPACED = "Unbounded", "Archivo Narrow", "Roboto Mono"
PACKAGES = {WIDE: "fontpkg_unbounded", NARROW: "fontpkg_archivo_narrow", MONOSPACED: "fontpkg_roboto_mono"}
CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
{folders}
<cachedir>{cache}</cachedir>
<match target="pattern"><test name="family"><string>monospace</string></test>
<edit name="family" mode="prepend" binding="strong"><string>{mono}</string></edit></match>
<match target="pattern"><edit name="family" mode="append_last"><string>{wide}</string></edit></match>
</fontconfig>
"""
# The properties in which the style sheets name their fonts (courseware/static/tokens.css).
USE = """(font) => {
    for (const name of ["--head", "--text", "--ui"])
        document.documentElement.style.setProperty(name, `"${font}"`);
    return new Promise((laidOut) => requestAnimationFrame(() => requestAnimationFrame(() => laidOut(1))));
}"""


def use(page: Page | Frame, font: str) -> None:
    """Set a page in one of the two, and let it be laid out; the wide one is what a page has by itself."""
    page.evaluate(USE, font)


@cache
def environment() -> dict[str, str]:
    """Variables for a Chromium that finds these fonts and no other."""
    folder = Path(tempfile.mkdtemp(prefix="fonts-"))
    told = CONFIGURATION.format(
        folders="\n".join(f"<dir>{escape(str(_files(package)))}</dir>" for package in PACKAGES.values()),
        cache=escape(str(folder / "cache")),
        mono=MONOSPACED,
        wide=WIDE,
    )
    file = folder / "fonts.conf"
    file.write_text(told, encoding="utf-8")
    return {"FONTCONFIG_FILE": str(file)}


def _files(package: str) -> Path:
    root: Path = import_module(package).ROOT
    return root / "files"
