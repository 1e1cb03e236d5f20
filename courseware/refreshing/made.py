"""Lines that no author wrote: made while a refresher is derived, in the frame's words."""

from __future__ import annotations

import re
from typing import TypeVar

from courseware.authored.model import Model
from courseware.errors import Place
from courseware.yaml12.nodes import SourceFile, SourceList, SourceMap, SourceText

M = TypeVar("M", bound=Model)
MARKDOWN = re.compile(r"([\\`*_\[\]<>&#|~])")


def text_at(words: str, place: Place) -> SourceText:
    """The words, as if they were all that stands in that file."""
    made = SourceText(words)
    made.source_file, made.start = SourceFile(place.file, words), 0
    return made


def made(model: type[M], place: Place, **values: object) -> M:
    """The model of these keys; a text among the values is written at the place."""
    node = SourceMap()
    node.source_file, node.start, node.model = SourceFile(place.file, ""), 0, model
    for key, value in values.items():
        node[text_at(key.replace("_", " "), place)] = (
            value if isinstance(value, SourceText | SourceMap | SourceList) else text_at(str(value), place)
        )
    return model.read(node)


def listed(*items: object) -> SourceList:
    made = SourceList(items)
    made.source_file, made.start = SourceFile("", ""), 0
    return made


def as_markdown(words: str) -> str:
    """Plain words, of which no sign is taken for Markdown."""
    return MARKDOWN.sub(r"\\\1", words)
