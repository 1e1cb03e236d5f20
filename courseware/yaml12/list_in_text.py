"""A list in a text that has no “|”: the commonest error of all, which YAML takes for many others."""

from __future__ import annotations

import re

from courseware.errors import Problem
from courseware.yaml12.error_position import ErrorPosition

MESSAGE = "a list stands in a text here, and YAML keeps none without “|”"
ITEM = re.compile(r" *(?:[-*+•] +|[0-9]{1,2}[.)] +)(?![\w ]{1,19}:(?: |$))")
SHORT_KEY = re.compile(r"(?:- +)*[a-z][\w-]*(?: [\w-]+){0,2}:")
KEY = re.compile(r" *(?:- +)*([^\s:#\"'|>{\[-][^:#\n]*?):(?: |$)")


def hint(key: str) -> str:
    return f"write “{key}: |”, and the text with its list on the lines below, further in than “{key}:”"


def below_a_colon(position: ErrorPosition) -> Problem | None:
    """The colon that YAML did not expect ends its line, and an item follows."""
    line = position.line(position.index)
    end = position.line_start(position.index) + len(line)
    key, below = KEY.match(line), position.text[end:].lstrip("\n").split("\n", 1)[0]
    if key is None or position.text[position.index + 1 : end].strip() or not ITEM.match(below):
        return None
    return position.at(position.index, MESSAGE, hint(key[1]))


def beside_its_key(position: ErrorPosition) -> Problem | None:
    """An item as far in as the key of the text above it."""
    above = position.line_above(position.index)
    key = KEY.match(above)
    if key is None or not above[key.end() :].strip() or not ITEM.match(position.line(position.index)):
        return None
    if key.start(1) != position.column(position.index):
        return None
    return position.at(position.index, MESSAGE, hint(key[1]))


def begun_by_a_mark(position: ErrorPosition) -> Problem | None:
    """An item such as “- **so**”, under a sentence that YAML takes for a key."""
    if not ITEM.match(position.line(position.index)):
        return None
    lines = position.text[: position.line_start(position.index)].rstrip().split("\n")
    while lines and (not lines[-1].strip() or ITEM.match(lines[-1])):
        lines.pop()
    if not lines or SHORT_KEY.fullmatch(lines[-1].strip()) or not lines[-1].rstrip().endswith(":"):
        return None
    key = KEY.match(lines[-1]) if "- " in lines[-1] else KEY.match(lines[-2] if len(lines) > 1 else "")
    return position.at(position.index, MESSAGE, hint(key[1] if key else "text"))
