"""What does not fit a model, in a trainer's words: never pydantic's own, always with the key's own place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from pydantic import ValidationError

from courseware.authored.key_names import (
    FILE_MODELS,
    Parents,
    closest_word,
    first_key_of,
    key_name,
    keys_of,
    normal_word,
    owner_name,
    parents_of,
    place_of,
)
from courseware.authored.law import Law, LawFile
from courseware.authored.value_messages import MESSAGES
from courseware.authored.vocabulary import (
    FILE_KINDS,
    HINTS,
    NOT_YET,
    NOT_YET_HINT,
    ODD_CHARACTER,
    PLACES_OF_KEYS,
    TYPE_ANEW,
)
from courseware.errors import Place, Problem
from courseware.source import LINES, BankQuestion, LessonFile
from courseware.yaml12.error_position import IN_QUOTES
from courseware.yaml12.nodes import SourceMap, SourceText

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

NAMED_MODELS = {"laws": Law, "questions": BankQuestion}  # what stands there under names of the author's own
OR_MISSING = "; where that line is missing, put it back"
# What begins a line of its own in a list, and so cannot be a detail of another.
LINE_KEYS = frozenset({*LINES, "right", "wrong"})


def problems_of(root: object, error: ValidationError) -> tuple[Problem, ...]:
    """Every problem of one file, or the one that it is none of its kind."""
    stranger = wrong_file_kind(root) or outdented_key(root, error)
    return (stranger,) if stranger else tuple(single_problems(root, error))


def wrong_file_kind(root: object) -> Problem | None:
    """A file whose first line is lost, or another kind's."""
    if not isinstance(root, SourceMap) or root.model not in FILE_MODELS or not root:
        return None
    wanted, first = first_key_of(root.model), str(next(iter(root)))
    if wanted in root:
        return None
    if first in FILE_KINDS:
        message = f"the file begins with “{first}:” like {FILE_KINDS[first]}, and not with “{wanted}:”"
        return Problem(root.place, message, "move it to where it belongs, or write its first line anew")
    if root.model is LawFile and not closest_word(first, (wanted,)):
        return Problem(root.place, f"the file does not begin with “{wanted}:”", HINTS[wanted])
    return None


def outdented_key(root: object, error: ValidationError) -> Problem | None:
    """A key of a law or a question that stands among their names, and so is taken for one of them."""
    wrong = {detail["loc"][:2] for detail in error.errors(include_url=False)}
    for holder, model in NAMED_MODELS.items():
        names = root.get(holder) if isinstance(root, SourceMap) else None
        for key in names if isinstance(names, SourceMap) else ():
            if key in keys_of(model) and (holder, key) in wrong:
                message = f"“{key}:” stands among the names below “{holder}:”"
                return Problem(
                    cast(SourceText, key).place, message, "indent it below the one that it belongs to"
                )
    return None


def single_problems(root: object, error: ValidationError) -> Iterator[Problem]:
    """A key that was mistyped, or stands elsewhere, is not also reported as missing."""
    parents = dict(parents_of(root))
    # Of each thing: the key that was meant, the home of what is not its own, and (“by:”) what a line brings.
    told: set[tuple[Place | None, str]] = set()
    for detail in sorted(
        error.errors(include_url=False), key=lambda detail: detail["type"] != "extra_forbidden"
    ):
        if detail["type"] == "extra_forbidden":
            key, entries = parents[id(detail["input"])]
            name = closest_word(key, keys_of(entries.model)) or meant_first_key(key, entries)
            if not name and key not in NOT_YET and not NOT_YET.isdisjoint(entries):
                continue  # a detail of what is to come
            home = "" if name else "laws" if entries.model is LawFile else PLACES_OF_KEYS.get(key, "")
            if not told & {(entries.place, home), (entries.place, f"{key}:")}:
                yield unknown_key(key, entries, name, parents)
            told |= {(entries.place, name or home or key), (None, key)}
            told |= {(entries.place, f"{inner}:") for inner in keys_of(LINES.get(key))}
        elif not is_reported(detail, told):
            yield value_problem(detail, parents)


def is_reported(detail: ErrorDetails, told: set[tuple[Place | None, str]]) -> bool:
    """A key that is missing for its spelling, a list that is empty for what is wrong with its items."""
    if detail["type"] == "missing":
        key = str(detail["loc"][-1])
        return (place_of(detail["input"]), key) in told or (None, key) in told
    return detail["type"] == "too_short" and bool(detail["input"])


def meant_first_key(key: SourceText, entries: SourceMap) -> str:
    """The first key says what a thing is: an unknown one stands in its place, where that is missing."""
    if entries.model not in FILE_MODELS:
        return ""
    first = first_key_of(entries.model)
    return first if first not in entries and key is next(iter(entries)) else ""


def unknown_key(key: SourceText, entries: SourceMap, name: str, parents: Parents) -> Problem:
    """A key that its model does not have: mistyped, to come, or an accident of YAML."""
    value, said = entries[key], key.excerpt
    if key in NOT_YET:
        return Problem(key.place, f"“{key}:” is not available yet", NOT_YET_HINT)
    if normal_word(key) in keys_of(entries.model) or key[:1].isspace():
        return Problem(key.place, ODD_CHARACTER.format(normal_word(key)), TYPE_ANEW)
    if entries.is_flow and isinstance(value, SourceText) and not value:
        message = f"a comma inside {{ }} ends the text, so “{said}” is read as a key"
        return Problem(key.place, message, IN_QUOTES)
    if key in LINE_KEYS and is_in_a_list(entries, parents):
        message = f"“{said}:” is no detail of {owner_name(entries, parents)}"
        return Problem(key.place, message, f"begin a line of its own with it: “- {said}:”")
    hint = f"did you mean “{name}:”?" if name else placement_hint(key, entries)
    return Problem(key.place, f"“{said}:” is not a key of {owner_name(entries, parents)}", hint)


def placement_hint(key: SourceText, entries: SourceMap) -> str:
    """Where the key belongs, or which are known here."""
    if entries.model is LessonFile and key in LINES:
        return f"begin a line below “script:” with it: “- {key}:”"
    if entries.model is LawFile:
        return "indent it below “laws:”, as far in as the other laws"
    if home := PLACES_OF_KEYS.get(key, ""):
        return f"it belongs {home}{OR_MISSING if home.startswith('below') else ''}"
    known = ", ".join(f"“{word}:”" for word in keys_of(entries.model))
    return f"the keys here are {known}"


def is_in_a_list(entries: SourceMap, parents: Parents) -> bool:
    key, around = parents.get(id(entries), (None, entries))
    return key is not None and around[key] is not entries


def value_problem(detail: ErrorDetails, parents: Parents) -> Problem:
    kind, node = detail["type"], detail["input"]
    if kind == "missing":
        key = str(detail["loc"][-1])
        holder = owner_name(node, parents)
        holder = "the file" if holder == f"“{key}:”" else holder
        hint = HINTS.get(f"{holder.strip('“:”')} {key}") or HINTS.get(key, f"add a line “{key}: …”")
        return Problem(place_of(node), f"{holder} has no “{key}:”", hint)
    sentence = MESSAGES.get(kind)
    if sentence is None:
        return Problem(
            place_of(node), "this does not fit here", "see docs/authoring.md for what may stand here"
        )
    return sentence(detail, node, key_name(node, parents))
