"""The size of a drawing. On a phone one with words may neither shrink nor be wider than the screen."""

from __future__ import annotations

import re

LARGEST_SCALE = 1.2
FITS_A_PHONE = 360  # units of the drawing; its words are read there at nine tenths of their size
ROOT = re.compile(r"<svg\b[^>]*>")
VIEW_BOX = re.compile(r"\bviewBox=[\"']\s*(?:[-+.\d]+[\s,]+){2}([.\d]+)[\s,]+([.\d]+)")
WIDTH = re.compile(r"\bwidth=[\"']\s*([.\d]+)(?:px)?\s*[\"']")
HEIGHT = re.compile(r"\bheight=[\"']\s*([.\d]+)(?:px)?\s*[\"']")
PHONE_LAYOUT = ".narrow"  # the class whose style shows another layout there


def too_wide(svg: str) -> int:
    """Its width where it has words, does not fit a phone, and has no second layout for phones; else 0."""
    if "<text" not in svg or PHONE_LAYOUT in svg:
        return 0
    width, _ = size(svg)
    return round(width) if width > FITS_A_PHONE else 0


def widest(svg: str) -> int:
    """The width beyond which its words would be too large; 0 where it has none."""
    return round(size(svg)[0] * LARGEST_SCALE) if "<text" in svg else 0


def has_view_box(svg: str) -> bool:
    root = ROOT.search(svg)
    return bool(root and VIEW_BOX.search(root[0]))


def size(svg: str) -> tuple[float, float]:
    """(width, height) in the drawing's own units; (0, 0) where it does not say."""
    root = ROOT.search(svg)
    box = root and VIEW_BOX.search(root[0])
    if box:
        return float(box[1]), float(box[2])
    width, height = (root and side.search(root[0]) for side in (WIDTH, HEIGHT))
    return float(width[1]) if width else 0, float(height[1]) if height else 0
