"""The base of all authored models, and their values: texts, names, numbers, days and percentages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated

from msgspec import Struct
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import (
    no_info_before_validator_function,
    no_info_plain_validator_function,
    tuple_variable_schema,
)

from courseware.errors import Place
from courseware.yaml12.nodes import SourceList, SourceMap, SourceText

LONGEST_SLUG = 100  # it is in file names, in addresses, and in what a course may remember
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
WHOLE = re.compile("[1-9][0-9]{0,5}")
DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
TELEPHONE = re.compile(r"\+?[0-9][0-9 ()-]*[0-9]")
PERCENT = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,4})? ?%")


def text(value: object) -> SourceText:
    if not isinstance(value, SourceText):
        raise PydanticCustomError("not_text", "text is wanted here")
    if not value.strip():
        raise PydanticCustomError("empty", "there is no text here")
    return value


def slug(value: object) -> SourceText:
    word = text(value)
    if not SLUG.fullmatch(word):
        raise PydanticCustomError("not_slug", "“{word}” is not an id", {"word": word.excerpt})
    if len(word) > LONGEST_SLUG:
        raise PydanticCustomError(
            "long_slug", "this name has more than {most} letters", {"most": LONGEST_SLUG}
        )
    return word


def whole_number(value: object) -> int:
    word = text(value)
    if not WHOLE.fullmatch(word):
        raise PydanticCustomError(
            "not_number", "“{word}” is not a whole number from 1 up", {"word": word.excerpt}
        )
    return int(word)


def one_of_two(yes: str, no: str, wrong: str) -> Callable[[object], bool]:
    """A value with two words, such as “yes” and “no”."""

    def read(value: object) -> bool:
        word = text(value)
        if word not in (yes, no):
            raise PydanticCustomError(wrong, "“{word}” is neither of the two words", {"word": word.excerpt})
        return word == yes

    return read


def number_or_all(value: object) -> int | None:
    return None if text(value) == "all" else whole_number(value)


def day(value: object) -> date:
    word = text(value)
    if not DATE.fullmatch(word):
        raise PydanticCustomError("not_date", "“{word}” is not a date", {"word": word.excerpt})
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise PydanticCustomError(
            "no_day", "no calendar has a day “{word}”", {"word": word.excerpt}
        ) from None


def telephone(value: object) -> SourceText:
    word = text(value)
    if not TELEPHONE.fullmatch(word):
        raise PydanticCustomError(
            "not_number_to_call", "“{word}” is not a telephone number", {"word": word.excerpt}
        )
    return word


class Percent(Struct, frozen=True):
    """A percentage as the author wrote it, kept exact."""

    text: str  # "80", "66.5"
    value: Decimal


def percent(value: object) -> Percent:
    word = text(value)
    if not PERCENT.fullmatch(word):
        raise PydanticCustomError("not_percent", "“{word}” is not a percentage", {"word": word.excerpt})
    figure = word.rstrip("% ")
    return Percent(figure, Decimal(figure))


class ReadAs:
    """An annotation: the value is read by this schema. Pydantic's own annotations derive a schema for each
    field that has them, and how the field would be written too: half of the time that the models take."""

    def __init__(self, schema: CoreSchema) -> None:
        self.schema = schema

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> CoreSchema:
        return self.schema


def read_by(read: Callable[[object], object]) -> ReadAs:
    """The annotation of a value that this function reads."""
    return ReadAs(no_info_plain_validator_function(read))


def listed(value: object) -> object:
    """One word is a list of one."""
    return [value] if isinstance(value, SourceText) else value


def one_or_more(read: Callable[[object], object]) -> ReadAs:
    """The annotation of a list that is not empty, each of whose values this function reads."""
    values = tuple_variable_schema(no_info_plain_validator_function(read), min_length=1)
    return ReadAs(no_info_before_validator_function(listed, values))


Text = Annotated[SourceText, read_by(text)]
Slug = Annotated[SourceText, read_by(slug)]
Slugs = Annotated[tuple[Slug, ...], Field(min_length=1)]
WholeNumber = Annotated[int, read_by(whole_number)]
YesOrNo = Annotated[bool, read_by(one_of_two("yes", "no", "not_yes_or_no"))]
TrueOrFalse = Annotated[bool, read_by(one_of_two("true", "false", "not_true_or_false"))]
NumberOrAll = Annotated[int | None, read_by(number_or_all)]
Day = Annotated[date, read_by(day)]
Telephone = Annotated[SourceText, read_by(telephone)]
Share = Annotated[Percent, read_by(percent)]


def spaced(name: str) -> str:
    """The key of a field: plain words with spaces. A field ends in “_” where the word is one of Python's
    own."""
    return name.rstrip("_").replace("_", " ")


class Model(BaseModel):
    """The base of all that an author writes."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=spaced,
        arbitrary_types_allowed=True,
        hide_input_in_errors=True,
        defer_build=True,  # a line is validated as a part of its file, never by itself
    )

    # The map that it was made from, under a key that nobody can type.
    node: SourceMap = Field(alias="\0node", repr=False)

    @model_validator(mode="before")
    @classmethod
    def keep_node(cls, node: object) -> object:
        if not isinstance(node, SourceMap):
            return node
        node.model = cls
        return {**node, **cls.implied(node), "\0node": node}

    @classmethod
    def implied(cls, _: SourceMap) -> Mapping[str, object]:
        """Values that other keys stand for."""
        return {}

    @property
    def place(self) -> Place:
        """The place at which it begins."""
        return self.node.place

    def at(self, key: str) -> Place:
        """The place at which the value of that key begins."""
        value = self.node.get(key)
        return value.place if isinstance(value, SourceText | SourceMap | SourceList) else self.place


def first_key(node: object) -> str | None:
    """The first key says what a thing is."""
    return next(iter(node), None) if isinstance(node, SourceMap) else None


INNER = frozenset({tuple, dict})  # exactly these types: a SourceMap is a dict too, and holds no models
LEAVES = frozenset({SourceText, SourceMap, type(None), int})  # most values are one of these


def models_below(value: object) -> tuple[Model, ...]:
    """The value and all models below it, in the order in which they were written."""
    models: list[Model] = []
    append_models(value, models)
    return tuple(models)


def append_models(value: object, models: list[Model]) -> None:
    """A recursive generator would pass each model up through every level; one list does not."""
    inside: Iterable[object] = ()
    if isinstance(value, Model):
        models.append(value)
        inside = value.__dict__.values()
    elif isinstance(value, tuple):
        inside = value
    elif isinstance(value, dict):
        inside = value.values()
    for inner in inside:
        kind = type(inner)
        if kind not in LEAVES and (kind in INNER or isinstance(inner, Model)):
            append_models(inner, models)
