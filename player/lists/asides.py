"""Rows of a list that are no entry: titles of sections, totals, vacancies, the line of the program that
printed it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .grid import ListLine, shown

_NO_NAME = re.compile(
    r".*\d|(total|printed|page|report|end of|generated|exported)\b"
    r"|.*\b(staff|teachers|governors|volunteers|team|department|leavers|supervisors|assistants|trainees)$"
    r"|(admin|administration|agency|catering|cleaning|kitchen|nursery|office|premises|support|supply)$",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"(grand |sub-?)?totals?\b.*|count|head ?count", re.IGNORECASE)
_VACANT = re.compile(r"vacan(t|cy)\b.*|unfilled|tbc|tba|to be (confirmed|appointed|advised)", re.IGNORECASE)
_NAMES = ("name", "first name", "last name")


def is_aside(line: ListLine, columns: Mapping[str, int]) -> bool:
    """True for a row that names nobody: one text that is no name, a total, a vacancy, a line of dashes."""
    filled = [at for at, cell in enumerate(line.cells) if shown(cell)]
    if len(filled) != 1:
        return bool(filled) and _is_filler([shown(line.cells[at]) for at in filled], _name(line, columns))
    key = next((key for key, at in columns.items() if at == filled[0]), "")
    if line.is_banner or key not in ("email", "staff id", "name", "first name", "last name"):
        return True
    text = all_texts(line)
    if _is_filler([text], text if key in _NAMES else ""):
        return True
    return key != "email" and (" " in text if key == "staff id" else _NO_NAME.match(text) is not None)


def _is_filler(texts: list[str], name: str) -> bool:
    """A total with its numbers, dashes alone, or a post that nobody has."""
    first, *rest = texts
    if _TOTAL.fullmatch(first) and not any(any(map(str.isalpha, text)) for text in rest):
        return True
    return _VACANT.fullmatch(name) is not None or not any(any(map(str.isalnum, text)) for text in texts)


def _name(line: ListLine, columns: Mapping[str, int]) -> str:
    at = [columns[key] for key in _NAMES if key in columns]
    return " ".join(text for each in at if each < len(line.cells) and (text := shown(line.cells[each])))


def all_texts(line: ListLine) -> str:
    """The texts of a row, for a sentence about it."""
    return ", ".join(shown(cell) for cell in line.cells if shown(cell))[:60]
