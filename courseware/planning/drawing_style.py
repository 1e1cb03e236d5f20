"""A drawing's styles, kept to the drawing: in the course's document they would hold for all of it.

Each selector asks whether its first element is the drawing's; all that it leads to is inside then too.
What a browser could read in another way than this module is refused, as are nested rules and most at-rules.
"""

from __future__ import annotations

import re

# Says which drawing an element begins, or that a <use> may show it again: without its ancestors, that is.
MARK = "data-drawing"

SPACE = " \t\n\r"
STRING = r"\"[^\"{}\n\r]*\"|'[^'{}\n\r]*'"
COMMENT = re.compile(rf"({STRING})|/\*.*?(?:\*/|\Z)", re.DOTALL)
ENDED = re.compile(rf"{STRING}|\([^][(){{}}\"']*\)|\[[^][(){{}}\"']*\]")
DEEPEST = 6  # a string in brackets in brackets
OPEN = re.compile(r"[][()\"']")
ODD_ADDRESS = re.compile(r"[uU][rR][lL]\(\s*[^\s\"')][^)]*[(\"']")  # which ends at the first “)”
STEP = re.compile(r"(?:([^{}@;]++)\{[^{}]*+\}|@(?:media|supports)\b[^{};]*+\{|\})[ \t\n\r;]*", re.IGNORECASE)
ELEMENT = re.compile(r"[\w-]+|\*|(?=[.#:[])")
ROOT = re.compile(rf"({STRING})|:root(?![\w-])", re.IGNORECASE)


class UnscopableStyleError(Exception):
    """How far the style reaches cannot be told."""


def scoped(text: str, drawing: str) -> str:
    """The rules for what stands in this drawing alone, none weighing more or less than it did."""
    if "/*" in text:
        text = COMMENT.sub(lambda found: found[1] or " ", text)
    text = text.strip(SPACE)
    blotted = _blotted(text)
    written: list[str] = []
    at = groups = 0
    while at < len(text):
        step = STEP.match(blotted, at)
        if step is None:
            raise UnscopableStyleError
        if step[1]:
            written.append(_within(text[at : step.end(1)], step[1], drawing))
            at = step.end(1)
        else:
            groups += 1 if blotted[at] == "@" else -1
            if groups < 0:
                raise UnscopableStyleError
        written.append(text[at : step.end()])
        at = step.end()
    if groups:
        raise UnscopableStyleError
    return "".join(written)


def _blotted(text: str) -> str:
    """As long as the text, with nothing to see of its strings and brackets, which all must end."""
    if "\\" in text or "/*" in text or ODD_ADDRESS.search(text):
        raise UnscopableStyleError
    for _ in range(DEEPEST):
        if not OPEN.search(text):
            return text
        text = ENDED.sub(lambda found: "." * len(found[0]), text)
    raise UnscopableStyleError


def _within(selectors: str, blotted: str, drawing: str) -> str:
    inside = f':where([{MARK}~="{drawing}"],[{MARK}~="{drawing}"] *)'
    written: list[str] = []
    at = 0
    for part in blotted.split(","):
        selector = selectors[at : at + len(part)].strip(SPACE)
        at += len(part) + 1
        if ":" in selector:  # as in :root, which a drawing is by itself
            selector = ROOT.sub(lambda found: found[1] or f'[{MARK}="{drawing}"]', selector)
        element = ELEMENT.match(selector)
        if element is None:
            raise UnscopableStyleError
        written.append(f"{element[0]}{inside}{selector[element.end() :]}")
    return ",".join(written)
