"""One accent in, the brand's colours out: made at build time, in OKLCH, so that every text stays readable.

The hue is the school's; lightness is moved until the contrasts hold. Status colours, the plum of content
notes and the focus ring never follow the brand.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

DEFAULT = "#12556A"

PAPER, MIST = "#FFFFFF", "#EFF3F3"
DARK_PAPER, DARK_MIST = "#10181C", "#172226"

STEP = 0.005
READABLE = 5.5  # contrast, by light
MOST_CHROMA, MOST_DARK_CHROMA = 0.13, 0.09


@dataclass(frozen=True, slots=True)
class Palette:
    """The tokens that replace the style sheet's own, and a sentence on what had to be changed."""

    light: Mapping[str, str]
    dark: Mapping[str, str]
    changed: str = ""

    @property
    def css(self) -> str:
        """A style sheet to follow the default tokens; empty for the default brand."""
        if not self.light:
            return ""
        return (
            f":root {{{declarations(self.light)}}}\n"
            f"@media (prefers-color-scheme: dark) {{\n:root {{{declarations(self.dark)}}}\n}}\n"
        )


def palette(accent: str) -> Palette:
    """The brand's tokens; the default accent keeps the values that were tuned by hand."""
    if not accent or accent.upper() == DEFAULT:
        return Palette({}, {})
    lightness, chroma, hue = to_oklch(accent)
    chroma = min(chroma, MOST_CHROMA)
    light = light_tokens(lightness, chroma, hue)
    return Palette(light, dark_tokens(lightness, chroma, hue), changed(accent, light["acc"], light["wash"]))


def light_tokens(lightness: float, chroma: float, hue: float) -> dict[str, str]:
    wash = to_hex(0.945, min(chroma, 0.016), hue)
    found, acc = darken(
        min(lightness, 0.55), chroma, hue, lambda colour: least(colour, (PAPER, MIST, wash)) >= READABLE
    )
    hover = to_hex(max(0.0, found - 0.08), chroma, hue)
    deep = to_hex(0.295, min(chroma, 0.045), hue)
    return {
        "acc": acc,
        "acc-hover": hover,
        "fill": acc,
        "fill-hover": hover,
        "wash": wash,
        "deep": deep,
        "deep-ink": deep,
    }


def dark_tokens(lightness: float, chroma: float, hue: float) -> dict[str, str]:
    wash = to_hex(0.29, min(chroma, 0.035), hue)
    soft = min(chroma, MOST_DARK_CHROMA)
    found, acc = lighten(
        max(lightness, 0.72), soft, hue, lambda colour: least(colour, (DARK_PAPER, DARK_MIST, wash)) >= 6
    )
    filled, fill = darken(0.62, chroma, hue, lambda colour: contrast("#FFFFFF", colour) >= 4.7)
    return {
        "acc": acc,
        "acc-hover": to_hex(min(1.0, found + 0.08), soft, hue),
        "fill": fill,
        "fill-hover": to_hex(filled - 0.05, chroma, hue),
        "wash": wash,
        "deep": to_hex(0.29, min(chroma, 0.03), hue),
    }


def changed(accent: str, used: str, wash: str) -> str:
    """The sentence for the author, empty where the accent is used as it is."""
    if accent.upper() == used:
        return ""
    pale = least(accent, (PAPER, MIST, wash)) < READABLE
    why = "too light for text" if pale else "too strong to read beside"
    return f"{accent} is {why}; {used} is used."


def darken(
    lightness: float, chroma: float, hue: float, good: Callable[[str], bool], step: float = -STEP
) -> tuple[float, str]:
    """The first lightness, going by steps, at which the colour is good."""
    while 0 < lightness < 1:
        colour = to_hex(lightness, chroma, hue)
        if good(colour):
            return lightness, colour
        lightness += step
    lightness = min(1.0, max(0.0, lightness))
    return lightness, to_hex(lightness, chroma, hue)


def lighten(lightness: float, chroma: float, hue: float, good: Callable[[str], bool]) -> tuple[float, str]:
    return darken(lightness, chroma, hue, good, STEP)


def declarations(tokens: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in tokens.items())


def least(colour: str, grounds: tuple[str, ...]) -> float:
    return min(contrast(colour, ground) for ground in grounds)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    red, green, blue = to_linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def to_linear(colour: str) -> tuple[float, float, float]:
    digits = re.fullmatch(r"#([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})", colour)
    if not digits:
        raise ValueError(f"{colour!r} is not a colour: write it as # and six digits, as in {DEFAULT}")
    red, green, blue = (int(pair, 16) / 255 for pair in digits.groups())
    return linear(red), linear(green), linear(blue)


def linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def to_oklch(colour: str) -> tuple[float, float, float]:
    """Lightness, chroma and hue in radians, by Björn Ottosson's matrices."""
    r, g, b = to_linear(colour)
    long = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medium = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b_axis = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b_axis), math.atan2(b_axis, a)


def to_hex(lightness: float, chroma: float, hue: float) -> str:
    """The colour on a screen; one out of its reach loses chroma until it fits."""
    while True:
        channels = to_rgb(lightness, chroma, hue)
        if chroma <= 0 or all(-0.0005 <= channel <= 1.0005 for channel in channels):
            return "#" + "".join(f"{round(255 * min(1, max(0, channel))):02X}" for channel in channels)
        chroma = max(0.0, chroma - 0.002)


def to_rgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return gamma(red), gamma(green), gamma(blue)


def gamma(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055
