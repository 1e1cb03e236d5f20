"""The styles of a drawing, limited to that drawing: in the course's document they would apply everywhere.

Each selector asks whether its first element belongs to the drawing; all elements that it leads to are inside
then. A style that a browser could read differently is refused, as are nested rules and most at-rules.
"""

from __future__ import annotations

import re

# Marks the root of a drawing, and each element that a <use> may show again without its ancestors.
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
    """The reach of the style cannot be decided."""


def scoped(text: str, drawing: str) -> str:
    """The rules limited to this drawing, each with the specificity that it had."""
    if "/*" in text:
        text = COMMENT.sub(lambda match: match[1] or " ", text)
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
    """The text with dots over its strings and brackets, at the same length; all of them must end."""
    if "\\" in text or "/*" in text or ODD_ADDRESS.search(text):
        raise UnscopableStyleError
    for _ in range(DEEPEST):
        if not OPEN.search(text):
            return text
        text = ENDED.sub(lambda match: "." * len(match[0]), text)
    raise UnscopableStyleError


def _within(selectors: str, blotted: str, drawing: str) -> str:
    inside = f':where([{MARK}~="{drawing}"],[{MARK}~="{drawing}"] *)'
    written: list[str] = []
    at = 0
    for part in blotted.split(","):
        selector = selectors[at : at + len(part)].strip(SPACE)
        at += len(part) + 1
        if ":" in selector:  # a drawing by itself is a :root
            selector = ROOT.sub(lambda match: match[1] or f'[{MARK}="{drawing}"]', selector)
        element = ELEMENT.match(selector)
        if element is None:
            raise UnscopableStyleError
        written.append(f"{element[0]}{inside}{selector[element.end() :]}")
    return ",".join(written)
