"""Names made of a title, in lower case and ASCII, which every LMS, file system and URL reads alike."""

from __future__ import annotations

import re
import unicodedata

NEITHER = re.compile("[^a-z0-9]+")


def in_ascii(text: str) -> str:
    """The text in lower case; accents fall away, and letters of other scripts do too."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()


def slug(text: str) -> str:
    """Letters, digits and hyphens; empty where the text has no Latin letter and no digit."""
    return NEITHER.sub("-", in_ascii(text)).strip("-")
