"""data_model.json as frozen values: every element, type, limit and error code of both standards."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from player.runtime.utf16 import length


@dataclass(frozen=True, slots=True)
class Type:
    """The type of a value; `kind` chooses the check in `formats`."""

    kind: str
    spm: int | None = None
    max: float | None = None
    min: float | None = None
    values: frozenset[str] = frozenset()
    pattern: re.Pattern[str] | None = None
    blank: bool = False
    of: tuple[str, ...] = ()
    role: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Grammar:
    """The form of the correct patterns or of the responses of one interaction type."""

    items: tuple[str, ...]
    lead: frozenset[str] = frozenset()
    separator: str = ""
    pair: str = ""
    spm: int | None = None
    limit: int | None = None
    unique: str = ""
    empty: bool = False
    distinct: bool = False
    some: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """A status that the LMS decides where a threshold is defined (RTE 4.2.4, 4.2.22)."""

    threshold: str
    measure: str
    met: str
    unmet: str
    unmeasured: str


@dataclass(frozen=True, slots=True)
class Element:
    access: str
    type: str
    key: str
    default: str | None = None
    constant: str | None = None
    count: bool = False
    spm: int | None = None
    max: int | None = None
    judged: Judged | None = None
    transient: bool = False
    asked: bool = False
    needs: tuple[str, ...] = ()
    unique: bool = False
    once: bool = False
    empty_is_unset: bool = False

    @property
    def settable(self) -> bool:
        """True where a SCO may set the element; a package may map a store for reading only."""
        return self.access in ("rw", "wo", "store")


@dataclass(frozen=True, slots=True)
class Address:
    """An element's name without leading zeros in its indices, and the collections of these indices.

    `group` is the name without its last index, where no two records of a collection may hold the same value;
    `record` the outermost record that the element belongs to, such as `cmi.objectives.0`.
    """

    name: str
    element: Element
    indices: tuple[int, ...]
    collections: tuple[str, ...]
    group: str
    record: str = ""

    def place(self, key: str) -> str:
        """Return the name of another element of the same record."""
        return place(key, self.indices)


@dataclass(frozen=True, slots=True)
class Shape:
    """An element's names with `{}` in place of each index."""

    element: Element
    name: str
    collections: tuple[str, ...]
    group: str

    def at(self, indices: tuple[int, ...]) -> Address:
        collections = tuple(name.format(*indices) for name in self.collections)
        name, group = self.name.format(*indices), self.group.format(*indices)
        return Address(name, self.element, indices, collections, group, f"{collections[0]}.{indices[0]}")


@dataclass(frozen=True, slots=True)
class Standard:
    name: str
    roots: frozenset[str]
    roles: Mapping[str, str]
    functions: Mapping[str, Mapping[str, Any]]
    errors: Mapping[str, str]
    faults: Mapping[str, str]
    elements: Mapping[str, Element]
    shapes: Mapping[str, Shape]
    interactions: Mapping[str, Mapping[str, Grammar]]
    parents: frozenset[str] = field(default=frozenset())
    growing: frozenset[str] = field(default=frozenset())
    most: Mapping[str, int] = field(default_factory=dict)
    plain: Mapping[str, str | None] = field(
        default_factory=dict
    )  # defaults of what stands alone, as it was set


@dataclass(frozen=True, slots=True)
class Characters:
    """The most characters of a session and of a registration; `assured` is always left for a session."""

    session: int
    registration: int
    assured: int


@dataclass(frozen=True, slots=True)
class Table:
    indexed: re.Pattern[str]
    name: int
    characters: Characters
    languages: frozenset[str]
    target: re.Pattern[str]
    diagnostic: int
    delimiter: re.Pattern[str]
    delimiters: Mapping[str, str]
    seconds: Mapping[str, int]
    types: Mapping[str, Type]
    standards: Mapping[str, Standard]


def place(key: str, indices: tuple[int, ...]) -> str:
    numbers = iter(indices)
    return ".".join(str(next(numbers, segment)) if segment == "n" else segment for segment in key.split("."))


@cache
def table() -> Table:
    raw = json.loads(files(__package__).joinpath("data_model.json").read_text("utf-8"))
    patterns = {name: re.compile(pattern) for name, pattern in raw["patterns"].items()}
    types = {name: _type(entry, patterns) for name, entry in raw["types"].items()}
    return Table(
        indexed=re.compile(rf"\.({raw['index']})(?![^.])"),
        name=raw["name"],
        characters=Characters(**raw["characters"]),
        languages=frozenset(" ".join(raw["languages"]).split()),
        target=re.compile(raw["target"]),
        diagnostic=raw["diagnostic"],
        delimiter=re.compile(raw["delimiter"]),
        delimiters=raw["delimiters"],
        seconds=raw["seconds"],
        types=types,
        standards={name: _standard(name, entry, types) for name, entry in raw["standards"].items()},
    )


def standard(name: str) -> Standard:
    known = table().standards
    if name not in known:
        raise ValueError(f"no run-time data model for SCORM {name!r}; there are {', '.join(sorted(known))}")
    return known[name]


def _generalised(name: str) -> tuple[str, tuple[int, ...]]:
    if target := table().target.fullmatch(name):
        return f"{target[1]}{{target}}", ()
    parts = table().indexed.split(name)
    return ".n".join(parts[::2]), tuple(_number(digits) for digits in parts[1::2])


def _number(digits: str) -> int:
    """Read an index of any length; ten digits are more than any collection has records."""
    return int(digits if len(digits) < 10 else digits.lstrip("0")[:10] or "0")


def address_of(of: Standard, name: str) -> Address | None:
    """Return the address of an element, or None where the data model has no such element."""
    if len(name) < _CACHEABLE:
        return _address(of.name, name)
    return _address.__wrapped__(of.name, name) if _is_short_enough(name) else None


@lru_cache(maxsize=20_000)
def _address(version: str, name: str) -> Address | None:
    key, indices = _generalised(name)
    shape = standard(version).shapes.get(key)
    if shape is None or len(shape.collections) != len(indices):
        return None
    return shape.at(indices) if indices else Address(name, shape.element, (), (), "")


def is_known(of: Standard, name: str) -> bool:
    """Return True for the name of an element or of a part of one: `cmi.core`, `cmi.objectives.0`."""
    if not _is_short_enough(name):
        return False
    key, indices = _generalised(name)
    return key.split(".").count("n") == len(indices) and (key in of.parents or key in of.elements)


_CACHEABLE = 100


def _is_short_enough(name: str) -> bool:
    return length(name) <= table().name


def _collections(key: str) -> list[str]:
    segments = key.split(".")
    return [".".join(segments[:at]) for at, segment in enumerate(segments) if segment == "n"]


def _type(entry: dict[str, Any], patterns: Mapping[str, re.Pattern[str]]) -> Type:
    pattern = patterns[entry["pattern"]] if "pattern" in entry else None
    values = frozenset(entry.get("values", ()))
    return Type(**entry | {"pattern": pattern, "values": values, "of": tuple(entry.get("of", ()))})


def _element(key: str, entry: dict[str, Any]) -> Element:
    judged = Judged(**entry["judged"]) if "judged" in entry else None
    return Element(**entry | {"key": key, "judged": judged, "needs": tuple(entry.get("needs", ()))})


def _grammar(entry: dict[str, Any]) -> Grammar:
    return Grammar(**entry | {"items": tuple(entry["items"]), "lead": frozenset(entry.get("lead", ()))})


def _shape(element: Element, types: Mapping[str, Type]) -> Shape:
    collections = tuple(_template(collection) for collection in _collections(element.key))
    is_compared = element.unique or types[element.type].role == "correct"
    group = f"{collections[-1]}.{element.key.rpartition('.')[2]}" if is_compared else ""
    return Shape(element, _template(element.key), collections, group)


def _template(key: str) -> str:
    return ".".join("{}" if segment == "n" else segment for segment in key.split("."))


def _standard(name: str, entry: dict[str, Any], types: Mapping[str, Type]) -> Standard:
    elements = {key: _element(key, element) for key, element in entry["elements"].items()}
    parents = {key.rsplit(".", at)[0] for key in elements for at in range(1, key.count(".") + 1)}
    growing = {
        c for key, element in elements.items() if element.access in ("rw", "wo") for c in _collections(key)
    }
    most = {key.removesuffix("._count"): element.max for key, element in elements.items() if element.max}
    grammars = {
        kind: {role: _grammar(grammar) for role, grammar in roles.items()}
        for kind, roles in entry["interactions"].items()
    }
    return Standard(
        name=name,
        roots=frozenset(entry["roots"]),
        roles=entry["roles"],
        functions=entry["functions"],
        errors=entry["errors"],
        faults=entry["faults"],
        elements=elements,
        shapes={key: _shape(element, types) for key, element in elements.items()},
        interactions=grammars,
        parents=frozenset(parents),
        growing=frozenset(growing),
        most=most,
        plain={key: element.default for key, element in elements.items() if _is_plain(element)},
    )


def _is_plain(element: Element) -> bool:
    """True where nothing but its own value decides what an element is read as, and it has no index."""
    is_derived = element.constant is not None or element.count or element.judged is not None
    return not (is_derived or element.empty_is_unset or "n" in element.key.split("."))
