"""The colours of tokens.css, and those of any brand: the contrasts that text and edges need."""

from __future__ import annotations

import pytest

from courseware import tokens
from courseware.rendering.colour import contrast, to_hex, to_oklch
from courseware.rendering.palette import palette

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
    *((name, "mist", TEXT) for name in ("good", "heed", "stop")),
    *(("focus", on, EDGE) for on in ("paper", "mist")),
    *((name, "deep", TEXT) for name in ("ondeep", "ondeep2", "heed-on-deep")),
    ("focus-on-deep", "deep", EDGE),
    ("deep-ink", "ondeep", TEXT),
    ("deep-ink", "ondeep2", TEXT),
    ("ondeep", "track-on-deep", EDGE),
    ("track-on-deep", "deep", EDGE),
    ("paper", "ink", TEXT),
]


@pytest.mark.parametrize("brand", ["", *BRANDS])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_pair_can_be_read(brand: str, scheme: str) -> None:
    made = palette(brand)
    colours = {**tokens.light(), **made.light}
    if scheme == "dark":
        colours |= {**tokens.dark(), "deep-ink": colours["deep-ink"], **made.dark}
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
    assert palette("").light == palette("#12556a").light == palette("#12556a").dark == {}


def test_a_shade_that_nobody_tells_apart_is_not_worth_a_warning() -> None:
    made = palette("#7A1F2D")
    assert made.changed == ""
    assert palette("#7A1F7D").light["acc"] != made.light["acc"]


def test_a_brand_leaves_nothing_of_the_default_hue_where_it_is_seen() -> None:
    """The small print and the spine's track on the deep surface stayed petrol."""
    made, hue = palette("#7A1F2B"), to_oklch("#7A1F2B")[2]
    for colours in (made.light, made.dark):
        for name in ("acc", "fill", "wash", "deep", "ink2", "ondeep2", "track-on-deep"):
            assert abs(to_oklch(colours[name])[2] - hue) < 0.2, name


def test_a_word_is_no_colour() -> None:
    with pytest.raises(ValueError, match="write it as # and six digits"):
        palette("teal")


@pytest.mark.parametrize("colour", BRANDS)
def test_oklch_there_and_back(colour: str) -> None:
    assert to_hex(*to_oklch(colour)) == colour
