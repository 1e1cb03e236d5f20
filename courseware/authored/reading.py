"""Readers: each makes a value of a node of an author's file, or raises all that is wrong with that node.

A model names its values by their types, and `reader_of` makes a reader of each type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from msgspec import Struct

from courseware.yaml12.nodes import SourceMap, SourceText

Reader = Callable[[object], Any]
NOT_EMPTY = "not empty"  # an annotation: a list or a map that has at least one item


class Fault(Struct, frozen=True):
    """One value that does not fit."""

    kind: str  # which of the sentences in `value_messages` and `key_messages` tells it
    node: Any
    message: str = ""  # for the author, where the sentence needs it
    facts: Mapping[str, Any] = {}
    path: tuple[str | int, ...] = ()  # keys and positions, from the file to the value


class InvalidError(Exception):
    """A node does not fit what is wanted there."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__()
        self.faults = tuple(faults)

    def below(self, key: str | int) -> Iterator[Fault]:
        """The faults as those of the list or the map that has the node under that key."""
        for one in self.faults:
            yield Fault(one.kind, one.node, one.message, one.facts, (key, *one.path))


def invalid(kind: str, node: object, message: str = "", **facts: object) -> InvalidError:
    """The error of one fault."""
    return InvalidError((Fault(kind, node, message, facts),))


def first_key(node: object) -> str | None:
    """The first key says what a thing is."""
    return next(iter(node), None) if isinstance(node, SourceMap) else None


def list_of(read: Reader, fewest: int = 0) -> Reader:
    """A list, whose items are read by that reader."""

    def read_list(node: object) -> tuple[Any, ...]:
        if not isinstance(node, list | tuple):
            raise invalid("not a list", node)
        items: list[Any] = []
        faults: list[Fault] = []
        for at, item in enumerate(node):
            try:
                items.append(read(item))
            except InvalidError as error:
                faults += error.below(at)
        if faults:
            raise InvalidError(faults)
        if len(items) < fewest:
            raise invalid("no items", node)
        return tuple(items)

    return read_list


def one_or_more(read: Reader) -> Reader:
    """A list that is not empty; one word is a list of one."""
    read_list = list_of(read, fewest=1)
    return lambda node: read_list([node] if isinstance(node, SourceText) else node)


def map_of(read_key: Reader, read: Reader, fewest: int = 0) -> Reader:
    """A map, whose keys are the author's own names."""

    def read_map(node: object) -> dict[Any, Any]:
        if not isinstance(node, SourceMap):
            raise invalid("not keys", node)
        values: dict[Any, Any] = {}
        faults: list[Fault] = []
        for key, value in node.items():
            try:
                values[read_key(key)] = read(value)
            except InvalidError as error:
                faults += error.below(key)
        if faults:
            raise InvalidError(faults)
        if len(values) < fewest:
            raise invalid("no items", node)
        return values

    return read_map


def word_of(words: tuple[str, ...]) -> Reader:
    """One of these words."""

    def read_word(node: object) -> str:
        if isinstance(node, str) and node in words:
            return words[words.index(node)]
        raise invalid("not a choice", node, choices=words)

    return read_word


def chosen_by(choose: Callable[[object], str | None], readers: Mapping[str, Reader]) -> Reader:
    """A value of one of several kinds; `choose` tells which."""

    def read_chosen(node: object) -> Any:
        kind = choose(node)
        read = readers.get(kind or "")
        if read is None:
            raise invalid("no kind" if kind is None else "unknown kind", node, kinds=tuple(readers))
        return read(node)

    return read_chosen


def by_first_key(models: Mapping[str, Any]) -> Reader:
    """One of several models, which its first key tells."""
    return chosen_by(first_key, {key: model.read for key, model in models.items()})


def reader_of(kind: Any, fewest: int = 0) -> Reader:
    """The reader of a type as a model names it."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return parts[-1] if callable(parts[-1]) else reader_of(parts[0], fewest=1)
    if origin in (Union, UnionType):  # None is for what nobody wrote
        (written,) = (part for part in parts if part is not type(None))
        return reader_of(written)
    if origin is Literal:
        return word_of(parts)
    if origin is tuple:
        return list_of(reader_of(parts[0]), fewest)
    if origin is dict:
        return map_of(reader_of(parts[0]), reader_of(parts[1]), fewest)
    read: Reader = kind.read
    return read
