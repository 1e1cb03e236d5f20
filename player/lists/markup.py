"""The XML of a workbook's parts, read as a stream: nothing is kept of it but what a caller keeps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers import expat

CHUNK = 65_536


class MarkupError(ValueError):
    """Bytes that are no XML, or XML that a workbook may not have."""


class Start(NamedTuple):
    """The start of an element, with its name without prefix."""

    tag: str
    attributes: dict[str, str]


class End(NamedTuple):
    """The end of an element, with the text since the last start or end."""

    tag: str
    text: str


def read_markup(data: bytes) -> Iterator[Start | End]:
    """The starts and ends of all elements. A document type, and so an entity, is refused (part 2, 8.1)."""
    events: list[Start | End] = []
    text: list[str] = []
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        text.clear()
        events.append(Start(_local(name), attributes))

    def end(name: str) -> None:
        events.append(End(_local(name), "".join(text)))
        text.clear()

    def doctype(*_: object) -> None:
        raise MarkupError("A document type is declared.")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = text.append, doctype
    try:
        for at in range(0, len(data), CHUNK):
            parser.Parse(data[at : at + CHUNK], False)
            yield from events
            events.clear()
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise MarkupError(str(error)) from error
    yield from events


def _local(name: str) -> str:
    return name.rpartition(":")[2]
