"""The base of all authored models, and their values: texts, names, numbers, days and percentages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from inspect import get_annotations
from typing import Annotated, Any, ClassVar, Self, dataclass_transform

from msgspec import NODEFAULT, Struct, StructMeta, field
from msgspec.structs import astuple

from courseware.authored.reading import (
    NOT_EMPTY,
    WRITTEN,
    Fault,
    InvalidError,
    Reader,
    Written,
    invalid,
    reader_of,
    written_as,
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
        raise invalid("not text", value)
    if not value.strip():
        raise invalid("empty", value)
    return value


WRITTEN[text] = Written(r"\S", "empty")


@written_as(SLUG.pattern, "not a slug", LONGEST_SLUG)
def slug(value: object) -> SourceText:
    word = text(value)
    if not SLUG.fullmatch(word):
        raise invalid("not a slug", word, f"“{word.excerpt}” is not an id")
    if len(word) > LONGEST_SLUG:
        raise invalid("long slug", word, f"this name has more than {LONGEST_SLUG} letters")
    return word


@written_as(WHOLE.pattern, "not a number")
def whole_number(value: object) -> int:
    word = text(value)
    if not WHOLE.fullmatch(word):
        raise invalid("not a number", word, f"“{word.excerpt}” is not a whole number from 1 up")
    return int(word)


class OneOfTwo(Struct, frozen=True, eq=False):
    """Reads one of two words, such as “yes” and “no”."""

    yes: str
    no: str
    fault: str

    def __call__(self, value: object) -> bool:
        word = text(value)
        if word not in (self.yes, self.no):
            raise invalid(self.fault, word, f"“{word.excerpt}” is neither of the two words")
        return word == self.yes


@written_as(f"all|{WHOLE.pattern}", "not a number")
def number_or_all(value: object) -> int | None:
    return None if text(value) == "all" else whole_number(value)


@written_as(DATE.pattern, "not a date")
def day(value: object) -> date:
    word = text(value)
    if not DATE.fullmatch(word):
        raise invalid("not a date", word, f"“{word.excerpt}” is not a date")
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise invalid("no day", word, f"no calendar has a day “{word.excerpt}”") from None


@written_as(TELEPHONE.pattern, "not a number to call")
def telephone(value: object) -> SourceText:
    word = text(value)
    if not TELEPHONE.fullmatch(word):
        raise invalid("not a number to call", word, f"“{word.excerpt}” is not a telephone number")
    return word


class Percent(Struct, frozen=True):
    """A percentage as the author wrote it, kept exact."""

    text: str  # "80", "66.5"
    value: Decimal


@written_as(PERCENT.pattern, "not a percentage")
def percent(value: object) -> Percent:
    word = text(value)
    if not PERCENT.fullmatch(word):
        raise invalid("not a percentage", word, f"“{word.excerpt}” is not a percentage")
    figure = word.rstrip("% ")
    return Percent(figure, Decimal(figure))


Text = Annotated[SourceText, text]
Slug = Annotated[SourceText, slug]
Slugs = Annotated[tuple[Slug, ...], NOT_EMPTY]
WholeNumber = Annotated[int, whole_number]
yes_or_no = OneOfTwo("yes", "no", "not yes or no")
YesOrNo = Annotated[bool, yes_or_no]
TrueOrFalse = Annotated[bool, OneOfTwo("true", "false", "not true or false")]
NumberOrAll = Annotated[int | None, number_or_all]
Day = Annotated[date, day]
Telephone = Annotated[SourceText, telephone]
Share = Annotated[Percent, percent]


def spaced(name: str) -> str:
    """The key of a field: plain words with spaces. A field ends in “_” where the word is one of Python's
    own."""
    return name.rstrip("_").replace("_", " ")


class ModelType(StructMeta):
    """The type of all models: their fields are named where one is made, so that they may stand in the order
    in which an author writes them, whether needed or not."""

    def __new__(
        cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **settings: Any
    ) -> ModelType:
        return super().__new__(cls, name, bases, namespace, kw_only=True, **settings)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
class Model(Struct, metaclass=ModelType, frozen=True, eq=False, rename=spaced):
    """The base of all that an author writes. The same words elsewhere are another model."""

    fewest: ClassVar[int] = 0  # keys, whichever they are

    node: SourceMap  # from which it was made

    @classmethod
    def read(cls, node: object) -> Self:
        """The model of a map; raises InvalidError with all that does not fit."""
        if not isinstance(node, SourceMap):
            raise invalid("not keys", node, model=cls)
        node.model = cls
        known, given = keys_of_model(cls), cls.completed(node)
        values: dict[str, Any] = {"node": node}
        faults = [Fault("missing", node, path=(key,)) for key in known.needed if key not in given]
        for key, value in given.items():
            if key not in known.readers:
                faults.append(Fault("unknown key", value, path=(key,)))
                continue
            name, read = known.readers[key]
            try:
                values[name] = read(value)
            except InvalidError as error:
                faults += error.below(key)
        if faults:
            raise InvalidError(faults)
        made = cls(**values)
        made.verify()
        return made

    @classmethod
    def completed(cls, node: SourceMap) -> Mapping[str, object]:
        """The keys with those that others of them stand for."""
        return node

    def verify(self) -> None:
        """Raises InvalidError where its values do not go together."""

    @property
    def place(self) -> Place:
        """The place at which it begins."""
        return self.node.place

    def at(self, key: str) -> Place:
        """The place at which the value of that key begins."""
        value = self.node.get(key)
        return value.place if isinstance(value, SourceText | SourceMap | SourceList) else self.place


class ModelKeys(Struct, frozen=True):
    """The keys of a model, each with its field and reader; and those that nobody may leave out."""

    readers: Mapping[str, tuple[str, Reader]]
    needed: tuple[str, ...]


@cache
def keys_of_model(model: type[Model]) -> ModelKeys:
    """Made at its first use: most courses need only some of the models."""
    names, keys = model.__struct_fields__, model.__struct_encode_fields__
    defaults = (NODEFAULT,) * (len(names) - len(model.__struct_defaults__)) + model.__struct_defaults__
    types: dict[str, Any] = {}
    for base in reversed(model.__mro__):
        types |= own_types(base)
    fields = [one for one in zip(keys, names, defaults, strict=True) if one[1] != "node"]
    return ModelKeys(
        {key: (name, reader_of(types[name])) for key, name, _ in fields},
        tuple(key for key, _, default in fields if default is NODEFAULT),
    )


@cache
def own_types(model: type) -> Mapping[str, Any]:
    """The types of the fields that this class adds to its base."""
    return get_annotations(model, eval_str=True) if isinstance(model, ModelType) else {}


INNER = frozenset({tuple, dict})  # exactly these types: a SourceMap is a dict too, and holds no models
LEAVES = frozenset({SourceText, SourceMap, type(None), int})  # most values are one of these


@lru_cache(maxsize=256)
def models_below(model: Model) -> tuple[Model, ...]:
    """The model and all models below it, in the order in which they were written. Cached: variants share most
    lessons."""
    models: list[Model] = []
    append_models(model, models)
    return tuple(models)


def append_models(value: object, models: list[Model]) -> None:
    """A recursive generator would pass each model up through every level; one list does not."""
    inside: Iterable[object] = ()
    if isinstance(value, Model):
        models.append(value)
        inside = astuple(value)
    elif isinstance(value, tuple):
        inside = value
    elif isinstance(value, dict):
        inside = value.values()
    for inner in inside:
        kind = type(inner)
        if kind not in LEAVES and (kind in INNER or isinstance(inner, Model)):
            append_models(inner, models)
