"""The schema of each value of a model, by the reader that reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from courseware.authored.key_names import first_key_of, keys_of
from courseware.authored.model import Model, OneOfTwo, keys_of_model
from courseware.authored.questions import QuestionWithoutAnswer
from courseware.authored.reading import (
    WRITTEN,
    ChosenBy,
    ListOf,
    ListOrNone,
    MapOf,
    OneOrMore,
    Reader,
    WordOf,
)
from courseware.authored.selective import CONDITIONS, Selective
from courseware.authored.value_messages import key_wanted
from courseware.schema.choosing import by_key, either
from courseware.schema.descriptions import description_of, sentence
from courseware.schema.questions import question_schema
from courseware.schema.texts import Schema, schema_of_text, schema_of_words

NONE: Schema = {"type": "string", "pattern": "^[Nn][Oo][Nn][Ee]$"}


class SchemaMaker:
    """Makes the schema of one file; each model and each kind of text has a definition, to which others refer.

    `above` is the key under which a value stands; by it descriptions are found.
    """

    def __init__(self) -> None:
        self.definitions: dict[str, Schema] = {}

    def value(self, read: Reader, above: str) -> Schema:
        """The schema of the nodes that the reader takes."""
        if read in WRITTEN:
            name = str(getattr(read, "__name__", "")).replace("_", "-")
            return self.shared(name, lambda: schema_of_text(WRITTEN[read]))
        if model := model_of(read):
            return self.shared(name_of(model), lambda: self.model(model, above))
        match read:
            case OneOfTwo(yes=yes, no=no):
                return schema_of_words((yes, no))
            case WordOf(words=words):
                return schema_of_words(words)
            case ChosenBy(readers=readers):
                return self.choice(readers, above)
        return self.many(read, above)

    def many(self, read: Reader, above: str) -> Schema:
        """The schema of a list or of the author's own names."""
        match read:
            case ListOf(read=item, fewest=fewest):
                return {"type": "array", "items": self.value(item, above), **least("minItems", fewest)}
            case OneOrMore(read=item):
                return either("array", self.many(ListOf(item, 1), above), self.value(item, above))
            case ListOrNone(read=item):
                return either("array", self.many(ListOf(item), above), NONE)
            case MapOf(read_key=key, read=item, fewest=fewest):
                return {
                    "type": "object",
                    "propertyNames": self.value(key, above),
                    "additionalProperties": self.value(item, above),
                    **least("minProperties", fewest),
                }
        raise NotImplementedError(
            f"the schema knows no reader {read!r}: note its texts with “written_as”, or add it to SchemaMaker"
        )

    def choice(self, readers: Mapping[str, Reader], above: str) -> Schema:
        """One of several kinds: models are told by their keys, and the others by their type."""
        models = {name: model for name, read in readers.items() if (model := model_of(read))}
        others = [self.value(read, above) for name, read in readers.items() if name not in models]
        maps = [one for one in others if one.get("type") == "object"]
        texts = [one for one in others if one not in maps]
        if len(models) == 1:
            maps.append(self.value(next(iter(models.values())).read, above))
        elif models:
            maps.append(
                by_key(
                    models,
                    lambda model: self.value(model.read, above),
                    lambda model, key: self.property(model, key, above),
                    sentence(key_wanted(above)),
                )
            )
        if len(texts) > 1 or len(maps) > 1:
            raise NotImplementedError(f"the schema cannot tell apart what stands under “{above}:”")
        return either("object", maps[0], texts[0]) if texts and maps else (texts or maps)[0]

    def model(self, model: type[Model], above: str) -> Schema:
        if issubclass(model, QuestionWithoutAnswer):
            return question_schema(model, lambda key: self.property_of_question(model, key, above))
        return {
            "title": title_of(model),
            "type": "object",
            "properties": {key: self.property(model, key, above) for key in keys_of(model)},
            "required": [*keys_of_model(model).needed],
            "additionalProperties": False,
            **least("minProperties", model.fewest),
        }

    def property_of_question(self, model: type[Model], key: str, above: str) -> Schema:
        """Each kind of question has it, so that it has a definition, as conditions have anyway."""
        if key in CONDITIONS:
            return self.property(model, key, above)
        name = f"{name_of(model)}-{key.replace(' ', '-')}"
        return self.shared(name, lambda: self.property(model, key, above))

    def property(self, model: type[Model], key: str, above: str) -> Schema:
        """The schema of a key's value, with the description of the key."""
        _, read = keys_of_model(model).readers[key]
        if key in CONDITIONS and issubclass(model, Selective):
            return self.shared(
                key.replace(" ", "-"), lambda: self.described(self.value(read, key), "condition", key)
            )
        return self.described(self.value(read, key), above, key, first_key_of(model))

    def described(self, schema: Schema, above: str, key: str, first: str = "") -> Schema:
        """The schema with the description of its key.

        In draft 7 a reference has nothing beside it (8.3), so that it stands in `anyOf`. By `anyOf` and
        `properties` the YAML language server knows whether a key is completed with a space or a new line.
        """
        description: Schema = {"description": description_of(key, above, first)}
        if "if" in schema:
            return {**description, "anyOf": [schema]}
        if schema.get("type") in ("array", "object"):
            return {**description, "errorMessage": description["description"], **schema}
        if "$ref" not in schema:
            return {**description, **schema}
        kind = self.definitions[schema["$ref"].rpartition("/")[2]].get("type")
        return {**description, **({"properties": {}} if kind == "object" else {}), "anyOf": [schema]}

    def shared(self, name: str, make: Callable[[], Schema]) -> Schema:
        if name not in self.definitions:
            self.definitions[name] = {}  # it keeps its place before those that it refers to
            self.definitions[name] = make()
        return {"$ref": f"#/definitions/{name}"}


def model_of(read: Reader) -> type[Model] | None:
    """The model of which this is the method `read`."""
    owner = getattr(read, "__self__", None)
    return owner if isinstance(owner, type) and issubclass(owner, Model) else None


def name_of(model: type[Model]) -> str:
    """“page-line” for PageLine."""
    return "-".join(re.findall("[A-Z][a-z]*", model.__name__)).lower()


def title_of(model: type[Model]) -> str:
    """An editor calls it so: “page line”."""
    return name_of(model).replace("-", " ")


def least(keyword: str, fewest: int) -> Schema:
    return {keyword: fewest} if fewest else {}
