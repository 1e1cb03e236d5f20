"""Text becomes the bytes of a response here: every page, CSV and JSON leaves through it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flask import Response

# A SCO may set any UTF-16 code unit. These have no place in a page or a table: lone surrogates cannot be
# encoded, control characters and noncharacters are errors in HTML, and what turns the direction of reading
# would turn our own words beside it too. The marks of Arabic and Hebrew (U+061C, U+200E, U+200F) stay.
UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def fit(text: str) -> str:
    """The text as people may see it; the log and `player records --json` keep it as it was."""
    return UNFIT.sub(REPLACEMENT, text)


class TextResponse(Response):
    """A response of text; `set_data` encodes a whole text, `iter_encoded` one that is streamed."""

    def set_data(self, value: bytes | str) -> None:
        """A body that is given at once."""
        super().set_data(fit(value) if isinstance(value, str) else value)

    def iter_encoded(self) -> Iterator[bytes]:
        """A body that is written as it is sent."""
        parts: Any = self.response
        for part in parts:
            yield fit(part).encode() if isinstance(part, str) else part
