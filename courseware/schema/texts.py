"""The schema of one text. An editor takes some plain texts for numbers or truth values, which ours are not.

YAML 1.2 (10.3.2) reads `50` as a number and `true` as a truth value; the compiler reads both as texts.
"""

from __future__ import annotations

import re
from typing import Any

from courseware.authored.reading import Written
from courseware.authored.value_messages import TEXT_WANTED, suggestions
from courseware.authored.vocabulary import FORMAT_HINTS
from courseware.schema.descriptions import sentence

Schema = dict[str, Any]
LIKE_TYPES = {"integer": ("1", "10"), "number": ("2026.1",), "boolean": ("true", "false")}
MANY_DIGITS = 15  # of which any program keeps each


def schema_of_text(written: Written) -> Schema:
    """A text of that pattern, or a value that an editor makes of one."""
    if written.words:
        return schema_of_words(written.words)
    text: Schema = {"type": "string", "pattern": written.pattern, "errorMessage": remedy(written.fault)}
    if written.longest:
        text["maxLength"] = written.longest
    if written.fault == "not a date":
        text["format"] = "date"
    if not written.is_all:
        return {"if": {"type": ["string", "null"]}, "then": text}
    types = types_like(written.pattern)
    return {"if": {"type": types}, "then": limits(written.pattern), "else": text} if types else text


def remedy(fault: str) -> str:
    """The words of some editors in the place of “does not match the pattern”."""
    hint = FORMAT_HINTS.get(fault)
    return sentence(hint.format(**suggestions("", "")) if hint else TEXT_WANTED)


def types_like(pattern: str) -> list[str]:
    """The types that an editor gives to texts of that pattern."""
    types = [name for name, texts in LIKE_TYPES.items() if any(re.search(pattern, text) for text in texts)]
    return [name for name in types if name != "integer" or "number" not in types]


def limits(pattern: str) -> Schema:
    """The least and the greatest whole number of that pattern, where it has any."""
    found: Schema = {}
    least = next((number for number in (-1, 0, 1, 10) if re.search(pattern, str(number))), -1)
    if least >= 0:
        found["minimum"] = least
    most = max(
        (digits for digits in range(1, MANY_DIGITS + 1) if re.search(pattern, "9" * digits)), default=0
    )
    if 0 < most < MANY_DIGITS:
        found["maximum"] = 10**most - 1
    return found


def schema_of_words(words: tuple[str, ...]) -> Schema:
    """One of some words; of those that an editor takes for truth values, either."""
    if {*words} == {"true", "false"}:
        told = remedy("not true or false")
        return {"type": ["boolean", "string"], "pattern": "^(?:true|false)$", "errorMessage": told}
    return {"enum": [*words]}
