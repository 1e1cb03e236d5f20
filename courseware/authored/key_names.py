"""The names by which a message calls a value: its key, its owner's key, and the key that was probably
meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any, cast
from unicodedata import category, normalize

from courseware.authored.journeys import JourneyFile
from courseware.authored.law import LawFile
from courseware.authored.model import Model, keys_of_model
from courseware.authored.questions import BankFile
from courseware.authored.selective import CONDITIONS, Selective
from courseware.authored.vocabulary import SYNONYMS
from courseware.source import CatalogueFile, CourseFile, LessonFile, RefresherFile
from courseware.yaml12.nodes import LONGEST_QUOTE, SourceList, SourceMap, SourceText

FILE_MODELS: frozenset[type[Model]] = frozenset(
    {CourseFile, RefresherFile, LessonFile, BankFile, LawFile, CatalogueFile, JourneyFile}
)
Parents = dict[int, tuple[SourceText, SourceMap]]


def parents_of(node: object) -> Iterator[tuple[int, tuple[SourceText, SourceMap]]]:
    """Each value with its key and the map that holds it; the items of a list count as values of the list's
    key."""
    if isinstance(node, SourceMap):
        for key, value in node.items():
            for one in (value, *value) if isinstance(value, SourceList) else (value,):
                yield id(one), (cast(SourceText, key), node)
            yield from parents_of(value)
    elif isinstance(node, SourceList):
        for item in node:
            yield from parents_of(item)


def keys_of(model: type | None) -> tuple[str, ...]:
    if model is None or not issubclass(model, Model):
        return ()
    keys = (*keys_of_model(model).readers,)
    if not issubclass(model, Selective):
        return keys
    return tuple(sorted(keys, key=CONDITIONS.__contains__))  # for whom it is comes after what it is


def first_key_of(model: type[Model]) -> str:
    """The key that a file or a line of that model begins with."""
    return keys_of(model)[0]


def closest_word(word: str, words: Iterable[str]) -> str:
    """The known word that was probably meant, or an empty text."""
    if len(word) > LONGEST_QUOTE:
        return ""
    plain = word.lower().replace("_", " ").replace("-", " ")
    known = sorted(words)
    close = get_close_matches(plain, known, n=1, cutoff=0.6)
    close += [one for one in known if sorted(one) == sorted(plain)]  # two letters have no likeness
    return next((meant for meant in SYNONYMS.get(plain, ()) if meant in known), close[0] if close else "")


def owner_name(node: SourceMap, parents: Parents) -> str:
    """The name of the thing that these keys describe: the key above it, else its own first key."""
    key, around = parents.get(id(node), (None, node))
    if key is not None and around[key] is node:
        return f"“{key.excerpt}:”"
    known = keys_of(node.model)
    first = known[0] if node.model in FILE_MODELS else next((key for key in node if key in known), "")
    return f"“{first}:”" if first else "this"


def key_name(node: Any, parents: Parents) -> str:
    """The key of an invalid value, as the author wrote it."""
    entry = parents.get(id(node))
    return entry[0].excerpt if entry else ""


def normal_word(word: str) -> str:
    """The word without invisible characters, and with ordinary spaces."""
    seen = "".join(one for one in normalize("NFKC", word) if category(one) != "Cf")
    return " ".join(seen.split())
