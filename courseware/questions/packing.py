"""Numbers and texts as the scripts pack them into suspend data (decision 2)."""

from __future__ import annotations

from string import ascii_lowercase, digits

DIGITS = digits + ascii_lowercase


def base36(number: int) -> str:
    """The text that JavaScript's `toString(36)` gives."""
    text = ""
    while number:
        number, rest = divmod(number, 36)
        text = DIGITS[rest] + text
    return text or "0"


def packed_length(size: int) -> int:
    """The characters of so many bytes in base-64url without padding."""
    return -(-size * 4 // 3)


def longest_text(characters: int) -> str:
    """The longest form of so many characters: in UTF-8 each may take three bytes."""
    return "A" * packed_length(3 * characters)
