"""A list in an Excel workbook (ECMA-376 part 1, 18): its sheets, texts and formats, within bounds.

It is read without a library for spreadsheets: docs/decisions/0017-reading-lists.md has the reasons.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from .grid import ListTable, UnreadableListError
from .markup import End, Start, read_markup
from .sheet import CellFormat, Reading, cell_text, read_sheet

LARGEST = 32 * 1024**2
MOST_ELEMENTS = 1_000_000
MOST_SHEETS = 50
DAMAGED = "This workbook is damaged: open it in Excel and save it again"
TOO_LARGE = "This workbook is too large: copy the list into a new one, or save it as “CSV UTF-8”"
NO_WORKBOOK = "This is not an Excel workbook: save the list as .xlsx, or as “CSV UTF-8”"
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, RuntimeError, ValueError,
    LookupError, ArithmeticError,
)  # fmt: skip
# Number formats that a workbook has without naming them (18.8.30): those with a day in them.
_DAYS = frozenset((*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58))
_NO_CODE = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')
_ZEROS = re.compile("00+")


class Parts:
    """The files inside a workbook; all that is read of them together is bounded."""

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._names = {name.replace("\\", "/").lower(): name for name in self._zip.namelist()}
        self._bytes, self._elements = LARGEST, MOST_ELEMENTS

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._names

    def markup(self, part: str) -> Iterator[Start | End]:
        """The elements of one part, whatever size the zip states for it."""
        with self._zip.open(self._names[part.lower()]) as file:
            data = file.read(self._bytes + 1)
        self._bytes -= len(data)
        if self._bytes < 0:
            raise UnreadableListError(TOO_LARGE)
        for event in read_markup(data):
            self._elements -= 1
            if self._elements < 0:
                raise UnreadableListError(TOO_LARGE)
            yield event


class Related(NamedTuple):
    """A part that another one names."""

    kind: str
    part: str


class Tab(NamedTuple):
    """A worksheet as the workbook lists it."""

    name: str
    part: str
    is_hidden: bool


def read_workbook(data: bytes) -> list[ListTable]:
    """Every worksheet, in the order of the tabs."""
    try:
        return _tables(Parts(data))
    except _DAMAGE as error:
        raise UnreadableListError(DAMAGED) from error


def _tables(parts: Parts) -> list[ListTable]:
    books = [part.part for part in _related(parts, "").values() if part.kind == "officeDocument"]
    if not books or books[0] not in parts or not _is_spreadsheet(parts, books[0]):
        raise UnreadableListError(NO_WORKBOOK)
    related = _related(parts, books[0])
    tabs, is_1904 = _tabs(parts, books[0], related)
    of_kind = {part.kind: part.part for part in related.values() if part.part in parts}
    strings = list(_strings(parts, of_kind["sharedStrings"])) if "sharedStrings" in of_kind else []
    formats = _formats(parts, of_kind["styles"]) if "styles" in of_kind else []
    reading = Reading(strings, formats, is_1904)
    return [
        read_sheet(parts.markup(tab.part), tab.name, tab.is_hidden, reading)
        for tab in tabs[:MOST_SHEETS]
        if tab.part in parts
    ]


def _is_spreadsheet(parts: Parts, book: str) -> bool:
    return any(isinstance(event, Start) and event.tag == "workbook" for event in parts.markup(book))


def _related(parts: Parts, part: str) -> dict[str, Related]:
    """The parts that a part names, by their ids (part 2, 9.3)."""
    folder, name = posixpath.split(part)
    names = posixpath.join(folder, "_rels", f"{name}.rels")
    by_id: dict[str, Related] = {}
    for event in parts.markup(names) if names in parts else ():
        if isinstance(event, Start) and event.tag == "Relationship":
            target = event.attributes.get("Target", "").replace("\\", "/")
            kind = event.attributes.get("Type", "").rpartition("/")[2]
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            by_id[event.attributes.get("Id", "")] = Related(kind, path)
    return by_id


def _tabs(parts: Parts, book: str, related: dict[str, Related]) -> tuple[list[Tab], bool]:
    tabs: list[Tab] = []
    is_1904 = False
    for event in parts.markup(book):
        if not isinstance(event, Start):
            continue
        if event.tag == "workbookPr":
            is_1904 = event.attributes.get("date1904", "0") in ("1", "true", "on")
        elif event.tag == "sheet":
            named = {name.rpartition(":")[2]: value for name, value in event.attributes.items()}
            part = related.get(named.get("id", ""))
            if part is not None and part.kind == "worksheet":
                is_hidden = named.get("state", "visible") != "visible"
                tabs.append(Tab(named.get("name", ""), part.part, is_hidden))
    return tabs, is_1904


def _strings(parts: Parts, part: str) -> Iterator[str]:
    """The shared texts (18.4.8): runs are joined, and readings for East Asian text are left out."""
    text: list[str] = []
    phonetic = 0
    for event in parts.markup(part):
        if event.tag == "rPh":
            phonetic += 1 if isinstance(event, Start) else -1
        elif isinstance(event, Start):
            text = [] if event.tag == "si" else text
        elif event.tag == "t" and not phonetic:
            text.append(event.text)
        elif event.tag == "si":
            yield cell_text("".join(text))


def _formats(parts: Parts, part: str) -> list[CellFormat]:
    """The format of a number in each style of a cell (18.8.10)."""
    codes: dict[str, str] = {}
    formats: list[CellFormat] = []
    in_cells = False
    for event in parts.markup(part):
        if event.tag == "cellXfs":
            in_cells = isinstance(event, Start)
        elif not isinstance(event, Start):
            continue
        elif event.tag == "numFmt":
            codes[event.attributes.get("numFmtId", "")] = event.attributes.get("formatCode", "")
        elif event.tag == "xf" and in_cells:
            number = event.attributes.get("numFmtId", "0")
            formats.append(_format(number, codes.get(number)))
    return formats


def _format(number: str, code: str | None) -> CellFormat:
    if code is None:
        return CellFormat(is_day=number.isdigit() and int(number) in _DAYS)
    if _ZEROS.fullmatch(code):
        return CellFormat(digits=len(code))
    plain = _NO_CODE.sub("", code.lower()).partition(";")[0]
    return CellFormat(is_day="d" in plain or "y" in plain or "mmm" in plain)
