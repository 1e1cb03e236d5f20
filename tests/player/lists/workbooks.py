"""Workbooks to read: real ones by XlsxWriter, and odd ones written by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(write: Callable[[Any], None], **options: object) -> bytes:
    """A workbook that XlsxWriter writes."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **options}) as book:
        write(book)
    return file.getvalue()


def sheet_of(rows: list[list[object]], name: str = "Sheet1") -> bytes:
    """A workbook of one sheet with these rows from A1 on."""

    def write(book: Any) -> None:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    return workbook(write)


def by_hand(sheet: str, strings: str | None = None) -> bytes:
    """A workbook of one sheet, from the XML of its rows and of its shared texts."""
    tab = '<sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets>'
    parts = {
        "_rels/.rels": _related({"r1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{tab}</workbook>',
        "xl/_rels/workbook.xml.rels": _related(
            {"r1": ("worksheet", "worksheets/sheet1.xml"), "r2": ("sharedStrings", "/xl/sharedStrings.xml")}
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    if strings is not None:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    return zipped({name: text.encode() for name, text in parts.items()})


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip of these files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The files of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _related(parts: Mapping[str, tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for key, (kind, target) in parts.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{rows}</Relationships>'
