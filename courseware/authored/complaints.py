"""What does not fit a model, in a trainer's words: never pydantic's own, always with the key's own place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from pydantic import ValidationError

from courseware.authored.law import Law, LawFile
from courseware.authored.misfits import SENTENCES
from courseware.authored.naming import (
    FILES,
    Parents,
    keys_of,
    likeness,
    name_of,
    opening_of,
    parentage,
    thing,
    typed,
    where,
)
from courseware.authored.vocabulary import BELONGS, HINTS, KINDS, NOT_YET, NOT_YET_HINT, ODD, TYPE_ANEW
from courseware.errors import Place, Problem
from courseware.source import BLOCKS, Lesson, Question
from courseware.yaml12.slip import IN_QUOTES
from courseware.yaml12.written import Entries, Written

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

NAMED = {"laws": Law, "questions": Question}  # what stands there under names of the author's own
OR_MISSING = "; where that line is missing, put it back"
# What begins a line of its own in a list, and so cannot be a detail of another.
LINES = frozenset({*BLOCKS, "right", "wrong"})


def complaints(root: object, error: ValidationError) -> tuple[Problem, ...]:
    """Every problem of one file, or the one that it is none of its kind."""
    stranger = of_another_kind(root) or too_far_out(root, error)
    return (stranger,) if stranger else tuple(each(root, error))


def of_another_kind(root: object) -> Problem | None:
    """A file whose first line is lost, or another kind's."""
    if not isinstance(root, Entries) or root.model not in FILES or not root:
        return None
    wanted, first = opening_of(root.model), str(next(iter(root)))
    if wanted in root:
        return None
    if first in KINDS:
        message = f"the file begins with “{first}:” like {KINDS[first]}, and not with “{wanted}:”"
        return Problem(root.place, message, "move it to where it belongs, or write its first line anew")
    if root.model is LawFile and not likeness(first, (wanted,)):
        return Problem(root.place, f"the file does not begin with “{wanted}:”", HINTS[wanted])
    return None


def too_far_out(root: object, error: ValidationError) -> Problem | None:
    """A key of a law or a question that stands among their names, and so is taken for one of them."""
    wrong = {detail["loc"][:2] for detail in error.errors(include_url=False)}
    for holder, model in NAMED.items():
        names = root.get(holder) if isinstance(root, Entries) else None
        for key in names if isinstance(names, Entries) else ():
            if key in keys_of(model) and (holder, key) in wrong:
                message = f"“{key}:” stands among the names below “{holder}:”"
                return Problem(
                    cast(Written, key).place, message, "indent it below the one that it belongs to"
                )
    return None


def each(root: object, error: ValidationError) -> Iterator[Problem]:
    """A key that was mistyped, or stands elsewhere, is not also reported as missing."""
    parents = dict(parentage(root))
    # Of each thing: the key that was meant, the home of what is not its own, and (“by:”) what a line brings.
    told: set[tuple[Place | None, str]] = set()
    for detail in sorted(
        error.errors(include_url=False), key=lambda detail: detail["type"] != "extra_forbidden"
    ):
        if detail["type"] == "extra_forbidden":
            key, entries = parents[id(detail["input"])]
            name = likeness(key, keys_of(entries.model)) or opening(key, entries)
            if not name and key not in NOT_YET and not NOT_YET.isdisjoint(entries):
                continue  # a detail of what is to come
            home = "" if name else "laws" if entries.model is LawFile else BELONGS.get(key, "")
            if not told & {(entries.place, home), (entries.place, f"{key}:")}:
                yield unknown_key(key, entries, name, parents)
            told |= {(entries.place, name or home or key), (None, key)}
            told |= {(entries.place, f"{inner}:") for inner in keys_of(BLOCKS.get(key))}
        elif not is_told_already(detail, told):
            yield complaint(detail, parents)


def is_told_already(detail: ErrorDetails, told: set[tuple[Place | None, str]]) -> bool:
    """A key that is missing for its spelling, a list that is empty for what is wrong with its items."""
    if detail["type"] == "missing":
        key = str(detail["loc"][-1])
        return (where(detail["input"]), key) in told or (None, key) in told
    return detail["type"] == "too_short" and bool(detail["input"])


def opening(key: Written, entries: Entries) -> str:
    """The first key says what a thing is: an unknown one stands in its place, where that is missing."""
    if entries.model not in FILES:
        return ""
    first = opening_of(entries.model)
    return first if first not in entries and key is next(iter(entries)) else ""


def unknown_key(key: Written, entries: Entries, name: str, parents: Parents) -> Problem:
    """A key that its model does not have: mistyped, to come, or an accident of YAML."""
    value, said = entries[key], key.shown
    if key in NOT_YET:
        return Problem(key.place, f"“{key}:” is not available yet", NOT_YET_HINT)
    if typed(key) in keys_of(entries.model) or key[:1].isspace():
        return Problem(key.place, ODD.format(typed(key)), TYPE_ANEW)
    if entries.is_flow and isinstance(value, Written) and not value:
        message = f"a comma inside {{ }} ends the text, so “{said}” is read as a key"
        return Problem(key.place, message, IN_QUOTES)
    if key in LINES and is_in_a_list(entries, parents):
        message = f"“{said}:” is no detail of {thing(entries, parents)}"
        return Problem(key.place, message, f"begin a line of its own with it: “- {said}:”")
    hint = f"did you mean “{name}:”?" if name else way_home(key, entries)
    return Problem(key.place, f"“{said}:” is not a key of {thing(entries, parents)}", hint)


def way_home(key: Written, entries: Entries) -> str:
    """Where the key belongs, or which are known here."""
    if entries.model is Lesson and key in BLOCKS:
        return f"begin a line below “script:” with it: “- {key}:”"
    if entries.model is LawFile:
        return "indent it below “laws:”, as far in as the other laws"
    if home := BELONGS.get(key, ""):
        return f"it belongs {home}{OR_MISSING if home.startswith('below') else ''}"
    known = ", ".join(f"“{word}:”" for word in keys_of(entries.model))
    return f"the keys here are {known}"


def is_in_a_list(entries: Entries, parents: Parents) -> bool:
    key, around = parents.get(id(entries), (None, entries))
    return key is not None and around[key] is not entries


def complaint(detail: ErrorDetails, parents: Parents) -> Problem:
    kind, node = detail["type"], detail["input"]
    if kind == "missing":
        key = str(detail["loc"][-1])
        holder = thing(node, parents)
        holder = "the file" if holder == f"“{key}:”" else holder
        return Problem(where(node), f"{holder} has no “{key}:”", HINTS.get(key, f"add a line “{key}: …”"))
    sentence = SENTENCES.get(kind)
    if sentence is None:
        return Problem(where(node), "this does not fit here", "see docs/authoring.md for what may stand here")
    return sentence(detail, node, name_of(node, parents))
