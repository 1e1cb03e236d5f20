"""Schemas of one of several things.

`if` and `then` choose, so that an editor speaks of the one that is meant; of `oneOf` it would say that none
fits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from courseware.authored.key_names import keys_of
from courseware.authored.model import Model, keys_of_model
from courseware.schema.texts import Schema


def either(kind: str, one: Schema, other: Schema) -> Schema:
    """The one for values of that type, the other for any."""
    return {"if": {"type": kind}, "then": one, "else": other}


def by_key(
    models: Mapping[str, type[Model]],
    schema_of: Callable[[type[Model]], Schema],
    property_of: Callable[[type[Model], str], Schema],
    remedy: str,
) -> Schema:
    """One of several models. Of a line that has none of their keys yet, an editor offers these."""
    telling = telling_keys(models)
    keys: Schema = {
        "properties": {key: property_of(model, key) for key, model in sorted(telling, key=in_order(models))},
        "additionalProperties": False,
        "minProperties": 1,
    }
    chosen = {**keys, "anyOf": [{"type": "object", "errorMessage": remedy}]}
    for key, model in reversed(telling):
        chosen = {"if": has(key), "then": schema_of(model), "else": chosen}
    return chosen


def telling_keys(models: Mapping[str, type[Model]]) -> list[tuple[str, type[Model]]]:
    """The models in an order in which a key tells each from those that come after it: `details` has a `text`,
    so that it comes before the line `text`."""
    found: list[tuple[str, type[Model]]] = []
    rest = dict(models)
    while rest:
        told = next((pair for pair in [telling_key(name, rest) for name in rest] if pair), None)
        if told is None:
            raise NotImplementedError(f"no key tells these models apart: {', '.join(rest)}")
        name, key = told
        found.append((key, rest.pop(name)))
    return found


def telling_key(name: str, models: Mapping[str, type[Model]]) -> tuple[str, str] | None:
    """The name of the model, and a key that it always has and the others never; its name, if that is one."""
    others = {key for other, model in models.items() if other != name for key in keys_of(model)}
    own = [key for key in keys_of_model(models[name]).needed if key not in others]
    return (name, name if name in own else own[0]) if own else None


def in_order(models: Mapping[str, type[Model]]) -> Callable[[tuple[str, type[Model]]], int]:
    """The order in which the language lists them."""
    listed = [*models.values()]
    return lambda pair: listed.index(pair[1])


def has(*keys: str) -> Schema:
    """An object with these keys."""
    return {"type": "object", "required": [*keys]}


def has_any(keys: list[str], remedy: str = "") -> Schema:
    """An object with one of these keys at least."""
    told = {"errorMessage": remedy} if remedy else {}
    return {"anyOf": [{"required": [key], **told} for key in keys]}
