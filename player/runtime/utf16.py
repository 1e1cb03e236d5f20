"""Strings as a browser has them: sequences of UTF-16 code units."""

from __future__ import annotations

import re
import sys
from array import array

_NATIVE = f"utf-32-{sys.byteorder[0]}e"
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def units(value: str) -> str:
    """Return the string as UTF-16 code units, one character each."""
    if value.isascii() or max(value) <= "\uffff":
        return value
    narrow = array("H", value.encode(f"utf-16-{sys.byteorder[0]}e", "surrogatepass"))
    return array("I", narrow).tobytes().decode(_NATIVE, "surrogatepass")


def length(value: str) -> int:
    """Return the number of code units of a string."""
    return len(value) if value.isascii() else len(value.encode("utf-16-le", "surrogatepass")) // 2


def whole(value: str) -> str:
    """Return the string with every surrogate pair joined: strings are kept in this form."""
    if value.isascii() or _PAIR.search(value) is None:
        return value
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
