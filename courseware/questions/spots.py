"""Spots in a picture: a point or an area, as an author writes it, and as it comes out on a phone."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated

from msgspec import Struct

from courseware.authored.model import text
from courseware.authored.reading import invalid, written_as

NUMBER = r"([0-9]{1,5}(?:\.[0-9]{1,3})?)\s*(%?)"
REACH = rf"{NUMBER}(?:\s*(?:to|-|–)\s*{NUMBER})?"
SPOT = re.compile(rf"\s*{REACH}\s+across(?:,|,?\s+and)\s+{REACH}\s+down\s*")
PHONE = 280  # CSS pixels: a phone's 320 without the margins of a page
PIN = 32  # CSS pixels of a point's button there
FINGER = 24  # CSS pixels: the least target of WCAG 2.2, 2.5.8


class Reach(Struct, frozen=True):
    """From where to where it goes on one side of the picture; the same twice for a point."""

    start: Decimal
    end: Decimal


class Spot(Struct, frozen=True):
    """A point, or an area, in percent of the picture or in its own pixels."""

    across: Reach
    down: Reach
    is_share: bool

    @property
    def is_area(self) -> bool:
        return self.across.start != self.across.end or self.down.start != self.down.end


class Picture(Struct, frozen=True):
    """The size of a picture in its own pixels, and what a phone makes of it."""

    width: float = 0  # 0 where it cannot be read
    height: float = 0
    too_wide: int = 0  # its width where it has words that are too small on a phone
    has_two_layouts: bool = False


class Box(Struct, frozen=True):
    """A rectangle, in percent of a picture or in CSS pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def overlaps(self, other: Box) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


@written_as(SPOT.pattern, "no spot")
def spot(value: object) -> Spot:
    word = text(value)
    match = SPOT.fullmatch(word)
    if match is None:
        raise invalid("no spot", word, f"“{word.excerpt}” does not say where in the picture")
    sides = (match.groups()[:4], match.groups()[4:])
    shares = {"%" in side for side in sides}
    if len(shares) > 1:
        raise invalid("no spot", word, f"“{word.excerpt}” has “%” on one side only")
    across, down = (reach(start, end) for start, _, end, _ in sides)
    return Spot(across, down, is_share=shares.pop())


def reach(start: str, end: str | None) -> Reach:
    return Reach(*sorted((Decimal(start), Decimal(end or start))))


WrittenSpot = Annotated[Spot, spot]


def in_percent(written: Spot, picture: Picture) -> Box:
    """A spot in pixels needs a picture whose size is known."""
    whole = (100, 100) if written.is_share else (picture.width, picture.height)
    left, right = (round(float(at) * 100 / whole[0], 2) for at in (written.across.start, written.across.end))
    top, bottom = (round(float(at) * 100 / whole[1], 2) for at in (written.down.start, written.down.end))
    return Box(left, top, right, bottom)


def on_phone(box: Box, picture: Picture, *, is_area: bool) -> Box:
    """The button there in CSS pixels; that of a point stays within the picture, as the style sheet says."""
    width, height = float(PHONE), PHONE * picture.height / picture.width
    if is_area:
        across, down = width / 100, height / 100
        return Box(box.left * across, box.top * down, box.right * across, box.bottom * down)
    half = PIN / 2
    x, y = (
        min(max(at / 100 * side, half), max(side - half, half))
        for at, side in ((box.left, width), (box.top, height))
    )
    return Box(x - half, y - half, x + half, y + half)


def shares_on_phone(pixels: int, picture: Picture) -> tuple[int, int]:
    """So many CSS pixels of a phone in whole percent across and down, rounded up."""
    height = PHONE * picture.height / picture.width
    return math.ceil(pixels * 100 / PHONE), math.ceil(pixels * 100 / height)


def overlapping(boxes: list[Box]) -> Iterator[tuple[int, int]]:
    """The positions of each two that overlap, the earlier one first."""
    for second, box in enumerate(boxes):
        for first in range(second):
            if boxes[first].overlaps(box):
                yield first, second
