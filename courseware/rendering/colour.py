"""Colours as numbers: the contrast of two (WCAG 2.2), and the way to OKLCH and back (Björn Ottosson)."""

from __future__ import annotations

import math
import re


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    red, green, blue = to_linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def to_linear(colour: str) -> tuple[float, float, float]:
    digits = re.fullmatch(r"#([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})", colour)
    if not digits:
        raise ValueError(f"{colour!r} is not a colour: write it as # and six digits, such as #12556A")
    red, green, blue = (int(pair, 16) / 255 for pair in digits.groups())
    return linear(red), linear(green), linear(blue)


def linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def to_oklab(colour: str) -> tuple[float, float, float]:
    """Lightness, green to red, blue to yellow, by Björn Ottosson's matrices."""
    r, g, b = to_linear(colour)
    long = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medium = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def to_oklch(colour: str) -> tuple[float, float, float]:
    """Lightness, chroma and hue in radians."""
    lightness, a, b = to_oklab(colour)
    return lightness, math.hypot(a, b), math.atan2(b, a)


def to_hex(lightness: float, chroma: float, hue: float) -> str:
    """The colour as #RRGGBB; a colour outside sRGB loses chroma until it is inside."""
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
