"""Names as they are looked up: in an order and with letters that do not ask for another keyboard."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not take apart, and the apostrophe that keyboards have.
PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "’": "'", "‘": "'"}
)
BEYOND_LATIN = re.compile("[^\x00-\u02ff]")  # before U+0300 nothing combines


def plain(text: str) -> str:
    """“łukasz” and “Lukasz” are one, as are “O’Neill” and “o'neill”."""
    letters = unicodedata.normalize("NFKD", text.casefold()).translate(PLAIN)
    return BEYOND_LATIN.sub(lambda found: "" if unicodedata.combining(found[0]) else found[0], letters)


def holds(text: str, search: str) -> bool:
    """Whether every word that is looked for is somewhere in a text."""
    told = plain(text)
    return all(word in told for word in plain(search).split())
