"""E-mail addresses as they are pasted: with spaces, “mailto:”, a name in front, a full stop behind."""

from __future__ import annotations

import re

from .fields import LONGEST

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_NAMED = re.compile(r"[^<>]*<([^<>]+)>")
_AROUND_AT = re.compile(r"\s*@\s*")
_ENDS = " \t\r\n.,;:<>()[]\"“”'‘’"


def clean_address(text: str) -> str:
    """The address in a cell, in small letters; two addresses stay two, for the check to refuse."""
    if len(text) > 2 * LONGEST:
        return text
    text = " ".join(_INVISIBLE.sub("", text).split())
    if named := _NAMED.fullmatch(text.strip(" ;,.")):
        text = named[1]
    text = text.strip(_ENDS)
    if text[:7].casefold() == "mailto:":
        text = text[7:].partition("?")[0]
    return _AROUND_AT.sub("@", text.strip(_ENDS)).lower()
