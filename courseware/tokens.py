"""The table of colours and fonts of every page: `static/tokens.css`, light and dark.

The compiler puts it in front of each course's style sheet, and the player serves the file itself, so a colour
of the handbook look stands in one place. This module imports nothing of ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "static" / "tokens.css"
DARK = "@media (prefers-color-scheme: dark)"
COLOUR = re.compile(r"--([\w-]+): (#[0-9A-F]{6});")


@cache
def css() -> str:
    return FILE.read_text(encoding="utf-8")


@cache
def light() -> Mapping[str, str]:
    """Each colour by its name, without the two hyphens."""
    return dict(COLOUR.findall(css().partition(DARK)[0]))


@cache
def dark() -> Mapping[str, str]:
    """The colours in the dark; one that the dark part leaves out is the light one."""
    return {**light(), **dict(COLOUR.findall(css().partition(DARK)[2]))}


def with_colours(in_light: Mapping[str, str], in_dark: Mapping[str, str]) -> str:
    """The table with other values for these names, such as those of a provider's brand."""
    bright, media, dim = css().partition(DARK)
    return _replaced(bright, in_light) + media + _replaced(dim, in_dark)


def _replaced(block: str, colours: Mapping[str, str]) -> str:
    missing = colours.keys() - {name for name, _ in COLOUR.findall(block)}
    if missing:
        raise KeyError(f"{FILE.name} has no colour {', '.join(sorted(missing))} to replace")
    return COLOUR.sub(lambda match: f"--{match[1]}: {colours.get(match[1], match[2])};", block)
