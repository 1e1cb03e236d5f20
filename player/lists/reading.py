"""A file of a list, whatever program saved it, as tables."""

from __future__ import annotations

from .delimited import read_csv
from .grid import ListTable, UnreadableListError
from .workbook import read_workbook

LARGEST = 2 * 1024**2
_WORKBOOK = b"PK"
_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "This is an old workbook (.xls), or one with a password"),
    (b"%PDF", "This is a PDF"),
    (b"{\\rtf", "This is a word-processor document"),
    (b"<", "This is a web page or an XML file, whatever its name says: open it in Excel"),
)
AS = "save it as .xlsx without a password, or as “CSV UTF-8”"


def read_tables(data: bytes) -> list[ListTable]:
    """The sheets of a workbook, or a CSV as the one table."""
    if len(data) > LARGEST:
        raise UnreadableListError(f"The file is larger than {LARGEST // 1024**2} MB: split the list")
    if data.startswith(_WORKBOOK):
        return read_workbook(data)
    for start, what in _OTHERS:
        if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(start):
            raise UnreadableListError(f"{what}: {AS}" if ":" not in what else f"{what}, and {AS}")
    return [read_csv(data)]
