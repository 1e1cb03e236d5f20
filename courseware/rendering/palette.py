"""One accent in, the brand's colours out: made at build time, in OKLCH, so that every text stays readable.

The hue is the provider's; lightness is moved until the contrasts hold. Status colours, the plum of content
notes and the focus ring never follow the brand.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from msgspec import Struct

from courseware import tokens
from courseware.rendering.colour import contrast, to_hex, to_oklab, to_oklch

STEP = 0.005
READABLE, READABLE_IN_DARK = 5.5, 6  # contrast of the accent with every surface
TOLD_APART = 3.05  # contrast of the spine's track with the surface under it
VISIBLE = 0.02  # of a distance in OKLab: nobody sees a smaller one
MOST_CHROMA, MOST_DARK_CHROMA = 0.13, 0.09


class Palette(Struct, frozen=True):
    """The colours that replace those of `tokens.css`, and a sentence on what had to be changed."""

    light: Mapping[str, str]
    dark: Mapping[str, str]
    changed: str = ""


def palette(accent: str) -> Palette:
    """The brand's colours; the default accent keeps the values of the table, which were tuned by hand."""
    if not accent or accent.upper() == tokens.light()["acc"]:
        return Palette({}, {})
    lightness, chroma, hue = to_oklch(accent)
    chroma = min(chroma, MOST_CHROMA)
    light = light_tokens(lightness, chroma, hue)
    return Palette(light, dark_tokens(lightness, chroma, hue), changed(accent, light["acc"], light["wash"]))


def light_tokens(lightness: float, chroma: float, hue: float) -> dict[str, str]:
    wash = to_hex(0.945, min(chroma, 0.016), hue)
    on = (*surfaces(tokens.light()), wash)
    shade, acc = darken(min(lightness, 0.55), chroma, hue, lambda colour: least(colour, on) >= READABLE)
    hover = to_hex(max(0.0, shade - 0.08), chroma, hue)
    deep = to_hex(0.295, min(chroma, 0.045), hue)
    return {
        "acc": acc,
        "acc-hover": hover,
        "fill": acc,
        "fill-hover": hover,
        "wash": wash,
        "deep": deep,
        "deep-ink": deep,
        **neutral_tokens(tokens.light(), deep, chroma, hue),
    }


def dark_tokens(lightness: float, chroma: float, hue: float) -> dict[str, str]:
    wash = to_hex(0.29, min(chroma, 0.035), hue)
    soft = min(chroma, MOST_DARK_CHROMA)
    on = (*surfaces(tokens.dark()), wash)
    start = max(lightness, 0.72)
    shade, acc = lighten(start, soft, hue, lambda colour: least(colour, on) >= READABLE_IN_DARK)
    deep = to_hex(0.29, min(chroma, 0.03), hue)
    filled, fill = darken(0.62, chroma, hue, lambda colour: contrast("#FFFFFF", colour) >= 4.7)
    return {
        "acc": acc,
        "acc-hover": to_hex(min(1.0, shade + 0.08), soft, hue),
        "fill": fill,
        "fill-hover": to_hex(filled - 0.05, chroma, hue),
        "wash": wash,
        "deep": deep,
        **neutral_tokens(tokens.dark(), deep, chroma, hue),
    }


def neutral_tokens(colours: Mapping[str, str], deep: str, chroma: float, hue: float) -> dict[str, str]:
    """The greys with a tinge of the brand: small print, and the spine's track on the deep surface."""
    greys = {}
    for name in ("ink2", "ondeep2"):
        lightness, tinge, _ = to_oklch(colours[name])
        greys[name] = to_hex(lightness, min(chroma, tinge), hue)
    start, tinge, _ = to_oklch(deep)
    _, track = lighten(start, min(chroma, tinge), hue, lambda colour: contrast(colour, deep) >= TOLD_APART)
    return {**greys, "track-on-deep": track}


def changed(accent: str, used: str, wash: str) -> str:
    """A sentence for the author; empty where nobody sees that another colour is used."""
    if math.dist(to_oklab(accent), to_oklab(used)) < VISIBLE:
        return ""
    pale = least(accent, (*surfaces(tokens.light()), wash)) < READABLE
    why = "too light for text" if pale else "too strong to read beside"
    return f"{accent} is {why}; {used} is used."


def darken(
    lightness: float, chroma: float, hue: float, good: Callable[[str], bool], step: float = -STEP
) -> tuple[float, str]:
    """The lightness and colour at which `good` first holds, going by steps."""
    while 0 < lightness < 1:
        colour = to_hex(lightness, chroma, hue)
        if good(colour):
            return lightness, colour
        lightness += step
    lightness = min(1.0, max(0.0, lightness))
    return lightness, to_hex(lightness, chroma, hue)


def lighten(lightness: float, chroma: float, hue: float, good: Callable[[str], bool]) -> tuple[float, str]:
    return darken(lightness, chroma, hue, good, STEP)


def surfaces(colours: Mapping[str, str]) -> tuple[str, str]:
    """Text stands on these, and no brand changes them."""
    return colours["paper"], colours["mist"]


def least(colour: str, surfaces: tuple[str, ...]) -> float:
    return min(contrast(colour, surface) for surface in surfaces)
