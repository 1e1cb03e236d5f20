"""Tokens, of the style sheet and of any brand: the contrasts that text and edges need."""

from __future__ import annotations

import re

import pytest

from courseware.render import static
from courseware.rendering.palette import contrast, palette, to_hex, to_oklch

TEXT, EDGE = 4.5, 3.0
BRANDS = ["#12556A", "#7A1F2B", "#F2B705", "#1D4ED8", "#3FA34D", "#000000", "#FFFFFF", "#FF00FF", "#808080"]

# What stands on what, and how much it needs.
PAIRS = [
    *(
        ("ink", on, TEXT)
        for on in ("paper", "mist", "wash", "note-tint", "good-tint", "heed-tint", "stop-tint")
    ),
    *(("ink2", on, TEXT) for on in ("paper", "mist", "wash", "note-tint")),
    *(("acc", on, TEXT) for on in ("paper", "mist", "wash", "note-tint")),
    *(("acc-hover", on, TEXT) for on in ("paper", "mist", "wash")),
    ("acc", "line", EDGE),
    ("onfill", "fill", TEXT),
    ("onfill", "fill-hover", TEXT),
    *(("fill", on, EDGE) for on in ("paper", "mist")),
    *(("edge", on, EDGE) for on in ("paper", "mist")),
    *((name, on, TEXT) for name in ("good", "heed", "stop", "note") for on in ("paper", f"{name}-tint")),
    *((name, "mist", EDGE) for name in ("good", "heed")),
    *(("focus", on, EDGE) for on in ("paper", "mist")),
    *((name, "deep", TEXT) for name in ("ondeep", "ondeep2", "heed-on-deep")),
    ("focus-on-deep", "deep", EDGE),
    ("deep-ink", "ondeep", TEXT),
    ("deep-ink", "ondeep2", TEXT),
    ("ondeep", "track-on-deep", EDGE),
    ("paper", "ink", TEXT),
]


def tokens(source_file: str) -> dict[str, dict[str, str]]:
    """Both schemes, as a browser resolves them."""
    source_file = re.sub(r"/\*.*?\*/", "", source_file.partition("@media print")[0])
    scheme = r"@media \(prefers-color-scheme: dark\) \{\s*:root \{(.*?)\}\s*\}"
    dark = "".join(re.findall(scheme, source_file, re.DOTALL))
    light = re.sub(scheme, "", source_file, flags=re.DOTALL)
    root = "".join(re.findall(r"^:root \{(.*?)\}", light, re.DOTALL | re.MULTILINE))
    colours = re.compile(r"--([\w-]+): (#[0-9A-F]{6})")
    return {
        "light": dict(colours.findall(root)),
        "dark": dict(colours.findall(root)) | dict(colours.findall(dark)),
    }


@pytest.mark.parametrize("brand", ["", *BRANDS])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_pair_can_be_read(brand: str, scheme: str) -> None:
    made = palette(brand)
    colours = tokens(static("course.css"))[scheme] | dict(made.light)
    colours |= dict(made.dark) if scheme == "dark" else {}
    low = {
        f"{one} on {other}": round(contrast(colours[one], colours[other]), 2)
        for one, other, least in PAIRS
        if contrast(colours[one], colours[other]) < least
    }
    assert low == {}


def test_a_pale_accent_is_darkened_and_the_author_is_told() -> None:
    made = palette("#F2B705")
    assert made.changed == f"#F2B705 is too light for text; {made.light['acc']} is used."
    assert contrast(made.light["acc"], "#FFFFFF") >= 5.5


@pytest.mark.parametrize("brand", BRANDS)
def test_the_shade_that_is_used_is_taken_as_it_is(brand: str) -> None:
    assert palette(palette(brand).light.get("acc", brand)).changed == ""


def test_a_dark_accent_is_not_called_light() -> None:
    made = palette("#B3005E")
    assert contrast("#B3005E", "#FFFFFF") > 6
    assert made.changed == f"#B3005E is too strong to read beside; {made.light['acc']} is used."


def test_an_accent_that_can_be_read_keeps_its_hue() -> None:
    made = palette("#1D4ED8")
    assert abs(to_oklch(made.light["acc"])[2] - to_oklch("#1D4ED8")[2]) < 0.05


def test_the_default_accent_keeps_what_was_tuned_by_hand() -> None:
    assert palette("").css == palette("#12556a").css == ""


def test_a_word_is_no_colour() -> None:
    with pytest.raises(ValueError, match="write it as # and six digits"):
        palette("teal")


@pytest.mark.parametrize("colour", BRANDS)
def test_oklch_there_and_back(colour: str) -> None:
    assert to_hex(*to_oklch(colour)) == colour
