"""Rows of a list that are no entry: titles of sections, totals, the line of the program that printed it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .grid import ListLine, shown

_NO_NAME = re.compile(
    r".*\d|(total|printed|page|report|end of|generated|exported)\b"
    r"|.*\b(staff|teachers|governors|volunteers|team|department|leavers)$",
    re.IGNORECASE,
)


def is_aside(line: ListLine, columns: Mapping[str, int]) -> bool:
    """True for a row with one text that names nobody."""
    filled = [at for at, cell in enumerate(line.cells) if shown(cell)]
    if len(filled) != 1:
        return False
    key = next((key for key, at in columns.items() if at == filled[0]), "")
    if line.is_banner or key not in ("email", "staff id", "name", "first name", "last name"):
        return True
    text = first_text(line)
    return key != "email" and (" " in text if key == "staff id" else _NO_NAME.match(text) is not None)


def first_text(line: ListLine) -> str:
    """The first text of a row, for a sentence about it."""
    return next((shown(cell) for cell in line.cells if shown(cell)), "")[:60]
