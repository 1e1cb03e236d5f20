"""Readers: each makes a value of a node of an author's file, or raises all that is wrong with that node.

A model names its values by their types, and `reader_of` makes a reader of each type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from msgspec import Struct

from courseware.yaml12.nodes import SourceMap, SourceText

Reader = Callable[[object], Any]
T = TypeVar("T")
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


class ListOf(Struct, frozen=True, eq=False):
    """Reads a list, and its items by that reader."""

    read: Reader
    fewest: int = 0

    def __call__(self, node: object) -> tuple[Any, ...]:
        if not isinstance(node, list | tuple):
            raise invalid("not a list", node)
        items: list[Any] = []
        faults: list[Fault] = []
        for at, item in enumerate(node):
            try:
                items.append(self.read(item))
            except InvalidError as error:
                faults += error.below(at)
        if faults:
            raise InvalidError(faults)
        if len(items) < self.fewest:
            raise invalid("no items", node)
        return tuple(items)


class OneOrMore(Struct, frozen=True, eq=False):
    """Reads a list that is not empty; one word is a list of one."""

    read: Reader

    def __call__(self, node: object) -> tuple[Any, ...]:
        return ListOf(self.read, fewest=1)([node] if isinstance(node, SourceText) else node)


class ListOrNone(Struct, frozen=True, eq=False):
    """Reads a list, or the word `none` for an empty one."""

    read: Reader

    def __call__(self, node: object) -> tuple[Any, ...]:
        said = node[0] if isinstance(node, list) and len(node) == 1 else node
        is_none = isinstance(said, str) and said.strip().lower() == "none"
        return () if is_none else ListOf(self.read)(node)


class MapOf(Struct, frozen=True, eq=False):
    """Reads a map, whose keys are the author's own names."""

    read_key: Reader
    read: Reader
    fewest: int = 0

    def __call__(self, node: object) -> dict[Any, Any]:
        if not isinstance(node, SourceMap):
            raise invalid("not keys", node)
        values: dict[Any, Any] = {}
        faults: list[Fault] = []
        for key, value in node.items():
            try:
                values[self.read_key(key)] = self.read(value)
            except InvalidError as error:
                faults += error.below(key)
        if faults:
            raise InvalidError(faults)
        if len(values) < self.fewest:
            raise invalid("no items", node)
        return values


class WordOf(Struct, frozen=True, eq=False):
    """Reads one of these words."""

    words: tuple[str, ...]

    def __call__(self, node: object) -> str:
        if isinstance(node, str) and node in self.words:
            return self.words[self.words.index(node)]
        raise invalid("not a choice", node, choices=self.words)


class ChosenBy(Struct, frozen=True, eq=False):
    """Reads a value of one of several kinds; `choose` tells which."""

    choose: Callable[[object], str | None]
    readers: Mapping[str, Reader]

    def __call__(self, node: object) -> Any:
        kind = self.choose(node)
        read = self.readers.get(kind or "")
        if read is None:
            raise invalid("no kind" if kind is None else "unknown kind", node, kinds=tuple(self.readers))
        return read(node)


class Written(Struct, frozen=True):
    """The texts that a function takes which reads one text; for the schema of an editor."""

    pattern: str = ""  # found in each of them; in the syntax that Python and ECMAScript share
    fault: str = ""  # the kind of fault of any other text
    words: tuple[str, ...] = ()  # these alone
    longest: int | None = None
    is_all: bool = True  # False where a list or keys are taken too


WRITTEN: dict[Reader, Written] = {}


def written_as(
    whole: str, fault: str, longest: int | None = None
) -> Callable[[Callable[[object], T]], Callable[[object], T]]:
    """Notes the pattern of the whole text that the decorated function reads."""

    def note(read: Callable[[object], T]) -> Callable[[object], T]:
        WRITTEN[read] = Written(f"^(?:{whole})$", fault, longest=longest)
        return read

    return note


def by_first_key(models: Mapping[str, Any]) -> Reader:
    """One of several models, which its first key tells."""
    return ChosenBy(first_key, {key: model.read for key, model in models.items()})


def reader_of(kind: Any, fewest: int = 0) -> Reader:
    """The reader of a type as a model names it."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return parts[-1] if callable(parts[-1]) else reader_of(parts[0], fewest=1)
    if origin in (Union, UnionType):  # None is for what nobody wrote
        (written,) = (part for part in parts if part is not type(None))
        return reader_of(written)
    if origin is Literal:
        return WordOf(parts)
    if origin is tuple:
        return ListOf(reader_of(parts[0]), fewest)
    if origin is dict:
        return MapOf(reader_of(parts[0]), reader_of(parts[1]), fewest)
    read: Reader = kind.read
    return read
