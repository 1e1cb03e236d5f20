"""Checks of values against their types. Lengths and patterns count UTF-16 code units, as in a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from player.runtime.table import Grammar, Type, table

Fault = Literal["type", "range"]


def check(type_name: str, value: str) -> Fault | None:
    """Return the fault of a value, given as `units` returns it, under a type that depends on no other
    element."""
    wanted = table().types[type_name]
    if wanted.kind != "real" and wanted.max is not None and len(value) > wanted.max:
        return "type"
    return _CHECKS[wanted.kind](wanted, value)


def _string(_: Type, __: str) -> Fault | None:
    return None


def _vocabulary(wanted: Type, value: str) -> Fault | None:
    return None if value in wanted.values else "type"


def _match(wanted: Type, value: str) -> Fault | None:
    return None if wanted.pattern and wanted.pattern.fullmatch(value) else "type"


def _language(wanted: Type, value: str) -> Fault | None:
    """RTE 4.1.1.2: the first part is a code of ISO 639-1 or 639-2, unless it is kept for local use."""
    match = wanted.pattern.fullmatch(value) if wanted.pattern else None
    if match is None:
        return "type"
    return None if match[2] is None or match[2].lower() in table().languages else "type"


def _real(wanted: Type, value: str) -> Fault | None:
    if value == "" and wanted.blank:
        return None
    if _match(wanted, value):
        return "type"
    number = float(value)
    too_low = wanted.min is not None and number < wanted.min
    too_high = wanted.max is not None and number > wanted.max
    return "range" if too_low or too_high else None


def _range(wanted: Type, value: str) -> Fault | None:
    """`least[:]most`; either may be left open."""
    match = wanted.pattern.fullmatch(value) if wanted.pattern else None
    if match is None:
        return "type"
    least, most = match.groups()
    return "type" if least and most and float(least) > float(most) else None


def _time(wanted: Type, value: str) -> Fault | None:
    match = wanted.pattern.fullmatch(value) if wanted.pattern else None
    if match is None:
        return "type"
    if match[5] is None:
        return None
    year, month, day = int(match[1]), int(match[3]), int(match[5])
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    longest = 28 + leap if month == 2 else 30 if month in (4, 6, 9, 11) else 31
    return None if day <= longest else "type"


def _langstring(_: Type, value: str) -> Fault | None:
    return "type" if strip_delimiters(value, frozenset({"lang"})) is None else None


def _either(wanted: Type, value: str) -> Fault | None:
    faults = {check(name, value) for name in wanted.of}
    return None if None in faults else "range" if "range" in faults else "type"


_CHECKS: dict[str, Callable[[Type, str], Fault | None]] = {
    "string": _string,
    "vocabulary": _vocabulary,
    "match": _match,
    "language": _language,
    "real": _real,
    "range": _range,
    "time": _time,
    "langstring": _langstring,
    "either": _either,
}


def strip_delimiters(value: str, lead: frozenset[str]) -> str | None:
    """Return the text after the leading delimiters (RTE 4.1.1.6), which come in any order; None where one
    has a wrong value."""
    seen: set[str] = set()
    while match := table().delimiter.match(value):
        name = match[1]
        if name not in lead or name in seen:
            break
        if check(table().delimiters[name], match[2]):
            return None
        seen.add(name)
        value = value[match.end() :]
    return value


def check_grammar(grammar: Grammar, value: str) -> Fault | None:
    """Return the fault of a correct pattern or a response under the grammar of its interaction's type."""
    rest = strip_delimiters(value, grammar.lead)
    if rest is None:
        return "type"
    if rest == "" and grammar.empty:
        return None
    nodes = split(grammar, rest)
    if grammar.distinct and len(set(nodes)) < len(nodes):
        return "type"
    return None if all(_is_node(grammar, node) for node in nodes) else "type"


def split(grammar: Grammar, value: str) -> list[str]:
    return value.split(grammar.separator) if grammar.separator else [value]


def _is_node(grammar: Grammar, node: str) -> bool:
    parts = node.split(grammar.pair) if grammar.pair else [node]
    if len(parts) != len(grammar.items) or (grammar.some and not any(parts)):
        return False
    return not any(check(name, part) for name, part in zip(grammar.items, parts, strict=True))


def pattern_key(grammar: Grammar, value: str) -> str:
    """Return a key that is the same for two equal correct patterns; sets are equal in any order."""
    if grammar.unique != "set":
        return value
    return grammar.separator.join(sorted(split(grammar, value)))
