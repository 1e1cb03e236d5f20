"""The schema of a question: the key of its answer says its kind, and the kind which keys go with that."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from courseware.authored.key_names import keys_of
from courseware.authored.lines import CheckLine, ScenarioLine
from courseware.authored.model import Model, keys_of_model, spaced
from courseware.authored.question_messages import OPTIONS_WANTED
from courseware.questions import KINDS
from courseware.questions.kind import QuestionKind
from courseware.questions.scenes import SCENES
from courseware.schema.choosing import has, has_any
from courseware.schema.descriptions import sentence
from courseware.schema.texts import Schema

Property = Callable[[str], Schema]
KEYS_OF_KINDS = frozenset(spaced(field) for kind in KINDS.values() for field in kind.fields)


def question_schema(model: type[Model], property_of: Property) -> Schema:
    """A question in a bank, or a check; a check may be the name of one that is in a bank."""
    kinds = kinds_of(model)
    chosen = without_kind(model, kinds, property_of)
    for kind in reversed(kinds):
        chosen = {"if": has(kind.key), "then": of_kind(kind, model, property_of), "else": chosen}
    return chosen


def kinds_of(model: type[Model]) -> list[QuestionKind]:
    """Scenes make a scenario, and a check is none (rules/scenarios.py)."""
    is_line, is_scenario = issubclass(model, CheckLine), issubclass(model, ScenarioLine)
    return [kind for kind in KINDS.values() if not is_line or (kind is SCENES) is is_scenario]


def of_kind(kind: QuestionKind, model: type[Model], property_of: Property) -> Schema:
    own = [spaced(field) for field in kind.fields]
    keys = [key for key in keys_of(model) if key in own or key not in KEYS_OF_KINDS]
    if not kind.has_parts:
        keys.remove("partial credit")
    needed = dict.fromkeys([*keys_of_model(model).needed, "ask", kind.key, *kind.needed])
    if kind.asks_itself:
        del needed["ask"]
    return closed(keys, needed, property_of)


def without_kind(model: type[Model], kinds: list[QuestionKind], property_of: Property) -> Schema:
    """A question whose kind is still to come: an editor offers the keys of all kinds."""
    own = {spaced(field) for kind in kinds for field in kind.fields}
    keys = [key for key in keys_of(model) if key in own or key not in KEYS_OF_KINDS]
    schema = closed(keys, keys_of_model(model).needed, property_of)
    remedy = SCENES.hint if kinds == [SCENES] else OPTIONS_WANTED
    answer = has_any([kind.key for kind in kinds], sentence(remedy))
    if not issubclass(model, CheckLine):
        return {**schema, **answer}
    whole = [key for key in ("ask", "about", "reread", "because", *own) if key in keys]
    return {**schema, "if": has_any(whole), "then": answer}


def closed(keys: Iterable[str], needed: Iterable[str], property_of: Property) -> Schema:
    return {
        "type": "object",
        "properties": {key: property_of(key) for key in keys},
        "required": [*needed],
        "additionalProperties": False,
    }
