"""Names made plain for sorting and searching: without capitals, accents and letters of other keyboards."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not take apart, and the apostrophe that keyboards have.
PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "’": "'", "‘": "'"}
)
BEYOND_LATIN = re.compile("[^\x00-\u02ff]")  # before U+0300 nothing combines


def plain(text: str) -> str:
    """The plain form of a text: the same for “Łukasz” and “lukasz”, for “O’Neill” and “o'neill”."""
    letters = unicodedata.normalize("NFKD", text.casefold()).translate(PLAIN)
    return BEYOND_LATIN.sub(lambda letter: "" if unicodedata.combining(letter[0]) else letter[0], letters)


def holds(text: str, search: str) -> bool:
    """True where a text has every word of the search somewhere."""
    searched = plain(text)
    return all(word in searched for word in plain(search).split())


def finds(search: str, name: str, email: str, staff_id: str) -> bool:
    """True where each word of a search stands in the name or the address, or begins the staff id: the rule of
    `records.search`."""
    searched, begins = plain(f"{name} {email}"), staff_id.lower()
    return all(word in searched or begins.startswith(word) for word in plain(search).split())


def alike(one: str, other: str) -> bool:
    """True where two names differ by capitals only. SQLite knows only those of English, so Python
    compares."""
    return one.casefold() == other.casefold()
