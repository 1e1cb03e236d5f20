"""JSON in ASCII, as the wire and the tables have it (decision 3).

msgspec writes it many times as fast as Python's own module, but in UTF-8, and not where a string has a lone
surrogate. Nearly all that a course says is ASCII; the rest is written by Python's module, which escapes it.
"""

from __future__ import annotations

import json
from typing import Any

from msgspec.json import Encoder

_encode = Encoder().encode


def ascii_json(value: Any) -> str:
    """The value as JSON. Every string comes back as it was; spaces between values say nothing."""
    try:
        text = _encode(value)
    except UnicodeEncodeError:  # a lone surrogate
        return json.dumps(value)
    return text.decode("ascii") if text.isascii() else json.dumps(value)
