"""The texts of authored models: those that are Markdown, and those that are shown as they were written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain

from courseware.authored.model import Model, keys_of_model
from courseware.questions import KINDS
from courseware.yaml12.nodes import SourceList, SourceMap, SourceText

# Keys whose text is Markdown, in any model.
MARKDOWN_KEYS = frozenset(
    {"text", "must", "should", "school must", "school should", "caption", "callout", "steps", "content note"}
    | {"ask", "right", "wrong", "because", "say", "do", "summary", "description", "emergency"}
).union(*(kind.markdown_keys for kind in KINDS.values()))
# Those whose value is a list of texts.
OF_LISTS = frozenset({"steps"}).union(*(kind.markdown_keys for kind in KINDS.values()))
PLAIN_KEYS = frozenset({"course", "lesson", "page", "alt", "title", "details", "bank", "provider", "line"})


@cache
def fields_with_keys(model: type[Model], keys: frozenset[str]) -> tuple[str, ...]:
    return tuple(name for key, (name, _) in keys_of_model(model).readers.items() if key in keys)


def markdown_in(models: Iterable[Model]) -> Iterator[SourceText]:
    for model in models:
        for name in fields_with_keys(type(model), MARKDOWN_KEYS):
            value = getattr(model, name)
            if isinstance(value, dict):
                yield from chain.from_iterable(value.items())
            elif value is not None:
                yield from value if isinstance(value, tuple) else (value,)


def markdown_below(node: object) -> Iterator[SourceText]:
    """The same in nodes that fit no model: the texts under such keys."""
    for key, value in node.items() if isinstance(node, SourceMap) else ():
        for one in value if isinstance(value, SourceList) else (value,):
            is_prose = key in MARKDOWN_KEYS and (key in OF_LISTS) is (one is not value)
            if isinstance(one, SourceMap):
                yield from markdown_below(one)
            elif isinstance(one, SourceText) and is_prose and one.strip():
                yield one


def plain_texts_in(models: Iterable[Model]) -> Iterator[SourceText]:
    """Titles, and descriptions of pictures."""
    for model in models:
        for name in fields_with_keys(type(model), PLAIN_KEYS):
            if words := getattr(model, name):
                yield words
