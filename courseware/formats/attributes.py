"""Values as the attributes of a manifest spell them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct


def camel(name: str) -> str:
    """`readRawScore` for `read_raw_score`."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def decimal(number: float) -> str:
    """The number as xs:decimal: without an exponent, and without losing a digit."""
    return format(Decimal(repr(number)), "f")


def attribute_value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return decimal(value) if isinstance(value, float) else str(value)


def attributes(value: Any, default: Any, names: Mapping[str, str]) -> dict[str, str]:
    """The attributes of the fields that differ from their default."""
    pairs = ((attribute, getattr(value, name), getattr(default, name)) for name, attribute in names.items())
    return {attribute: attribute_value(now) for attribute, now, usual in pairs if now != usual}


def names_of(kind: type[Struct]) -> dict[str, str]:
    return {name: camel(name) for name in kind.__struct_fields__}
