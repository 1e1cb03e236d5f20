"""What does not fit a model, in a trainer's words: never pydantic's own, always with the key's own place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, cast

from pydantic import ValidationError

from courseware.authored.law import LawFile
from courseware.authored.model import Model
from courseware.authored.slip import IN_QUOTES
from courseware.authored.vocabulary import ELSEWHERE, HINTS, NOT_YET, NOT_YET_HINT, SHAPES, VERBS
from courseware.authored.written import LONGEST_QUOTE, Entries, Items, Written, shown
from courseware.errors import Place, Problem
from courseware.source import BLOCKS, Bank, Catalogue, Course, Lesson

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

# What begins a line of its own in a list, and so cannot be a detail of another.
LINES = frozenset({*BLOCKS, "right", "wrong"})
FILES: frozenset[type[Model]] = frozenset({Course, Lesson, Bank, LawFile, Catalogue})


Parents = dict[int | Place, tuple[Written, Entries]]


def complaints(root: object, error: ValidationError) -> tuple[Problem, ...]:
    """Every problem of one file; a key that was mistyped is not also reported as missing."""
    parents = dict(parentage(root))
    mistyped: set[tuple[Place, str]] = set()
    problems = []
    for detail in sorted(
        error.errors(include_url=False), key=lambda detail: detail["type"] != "extra_forbidden"
    ):
        if detail["type"] == "extra_forbidden":
            key, entries = parents[id(detail["input"])]
            name = likeness(key, keys_of(entries.model)) or opening(key, entries)
            mistyped.add((entries.place, name))
            problems.append(unknown_key(key, entries, name, parents))
        elif not is_told_already(detail, mistyped):
            problems.append(complaint(detail, parents))
    return tuple(problems)


def is_told_already(detail: ErrorDetails, mistyped: set[tuple[Place, str]]) -> bool:
    """A key that is missing for its spelling, a list that is empty for what is wrong with its items."""
    if detail["type"] == "missing":
        return (where(detail["input"]), str(detail["loc"][-1])) in mistyped
    return detail["type"] == "too_short" and bool(detail["input"])


def parentage(node: object) -> Iterator[tuple[int | Place, tuple[Written, Entries]]]:
    """Each value's key and the entries it stands in; an item of a list counts as its list."""
    if isinstance(node, Entries):
        for key, value in node.items():
            for one in (value, *value) if isinstance(value, Items) else (value,):
                yield id(one), (cast(Written, key), node)
                yield where(one), (cast(Written, key), node)  # a model complains of a copy
            yield from parentage(value)
    elif isinstance(node, Items):
        for item in node:
            yield from parentage(item)


def where(node: Any) -> Place:
    """The place of any value, and of the copy that a model was given."""
    return cast(Place, (node if hasattr(node, "place") else node["\0node"]).place)


def keys_of(model: type | None) -> tuple[str, ...]:
    if model is None or not issubclass(model, Model):
        return ()
    return tuple(field.alias or name for name, field in model.model_fields.items() if name != "node")


def likeness(word: str, words: Iterable[str]) -> str:
    """The word that was probably meant, or nothing."""
    if len(word) > LONGEST_QUOTE:
        return ""
    plain = word.lower().replace("_", " ").replace("-", " ")
    known = sorted(words)
    close = get_close_matches(plain, known, n=1, cutoff=0.6)
    meant = ELSEWHERE.get(plain, "")
    return close[0] if close else meant if meant in known else ""


def opening(key: Written, entries: Entries) -> str:
    """The first key says what a thing is: an unknown one stands in its place, where that is missing."""
    first = next(iter(keys_of(entries.model)), "")
    stands_for = first not in entries and key is next(iter(entries))
    return first if stands_for and entries.model in FILES else ""


def unknown_key(key: Written, entries: Entries, name: str, parents: Parents) -> Problem:
    """A key that its model does not have: mistyped, to come, or an accident of YAML."""
    value, said = entries[key], key.shown
    if key in NOT_YET:
        return Problem(key.place, f"“{key}:” is not available yet", NOT_YET_HINT)
    if entries.is_flow and isinstance(value, Written) and not value:
        message = f"a comma inside {{ }} ends the text, so “{said}” is read as a key"
        return Problem(key.place, message, IN_QUOTES)
    if key in LINES and is_in_a_list(entries, parents):
        message = f"“{said}:” is no detail of {thing(entries, parents)}"
        return Problem(key.place, message, f"begin a line of its own with it: “- {said}:”")
    known = ", ".join(f"“{word}:”" for word in keys_of(entries.model))
    hint = f"did you mean “{name}:”?" if name else f"the keys here are {known}"
    return Problem(key.place, f"“{said}:” is not a key of {thing(entries, parents)}", hint)


def is_in_a_list(entries: Entries, parents: Parents) -> bool:
    key, around = parents.get(id(entries), (None, entries))
    return key is not None and around[key] is not entries


def thing(node: Any, parents: Parents) -> str:
    """What an author calls what these keys describe: the key it stands under, else its own first."""
    entries = node if isinstance(node, Entries) else node["\0node"]
    key, around = parents.get(id(entries), (None, entries))
    if key is not None and around[key] is entries:
        return f"“{key.shown}:”"
    known = keys_of(entries.model)
    first = known[0] if entries.model in FILES else next((key for key in entries if key in known), "")
    return f"“{first}:”" if first else "this"


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


def name_of(node: Any, parents: Parents) -> str:
    """The key whose value is wrong, as the author wrote it."""
    found = parents.get(id(node)) or parents.get(where(node))
    return found[0].shown if found else ""


def not_text(_: ErrorDetails, node: Any, name: str) -> Problem:
    wanted = f"“{name}:” wants text" if name else "text is wanted here"
    if isinstance(node, Entries):
        key = next(iter(node), "")
        if len(node) == 1:
            return Problem(
                where(node), f"{wanted}, and the colon after “{shown(key)}” makes it a key", IN_QUOTES
            )
        return Problem(where(node), f"{wanted}, and these are keys", "remove them, or put the text under “|”")
    return Problem(where(node), f"{wanted}, and this is a list", no_list(node, name))


def no_list(node: Items, name: str) -> str:
    """Brackets are an accident of the first character; dashes are meant."""
    if node.sheet.text.startswith("[", node.start):
        return f"write one text; where it begins with a bracket, {IN_QUOTES}"
    if name == "page":
        return (
            "write the page's title here, and its blocks as lines below it, each “- ” as far in as “- page:”"
        )
    return f"write “|” after “{name}:”, which makes the lines below its text"


def empty(detail: ErrorDetails, node: Any, name: str) -> Problem:
    if name and isinstance(detail["loc"][-1], int):
        return Problem(where(node), f"an item of “{name}:” is empty", "write it, or take it out")
    message = f"“{name}:” is empty" if name else "this is empty"
    return Problem(where(node), message, HINTS.get(name, "write it, or remove the key"))


def misshapen(detail: ErrorDetails, node: Any, _: str) -> Problem:
    named = re.sub(r"^.*/|\.ya?ml$", "", shown(node))  # a name is neither a path nor a file
    suggestion = "-".join(re.findall("[a-z0-9]+", named.lower())) or "first-aid"
    return Problem(where(node), detail["msg"], SHAPES[detail["type"]].format(slug=suggestion))


def not_a_choice(detail: ErrorDetails, node: Any, name: str) -> Problem:
    expected = re.findall("'([^']+)'", str(detail.get("ctx", {}).get("expected", "")))
    if not isinstance(node, Written):
        return not_text(detail, node, name)
    close = likeness(node, expected)
    choices = " or ".join(f"“{word}”" for word in expected)
    return Problem(
        where(node),
        f"“{node.shown}” is not a value of “{name}:”",
        (close and f"did you mean “{close}”?") or choices,
    )


def not_a_list(_: ErrorDetails, node: Any, name: str) -> Problem:
    message = f"“{name}:” wants a list" if name else "a list is wanted here"
    return Problem(
        where(node), message, f"write “{name}: [one, two]”, or one a line, each beginning with “- ”"
    )


def not_keys(detail: ErrorDetails, node: Any, name: str) -> Problem:
    wanted = detail.get("ctx", {}).get("class_name", "")
    file = next((model for model in FILES if model.__name__ == wanted), None)
    if file and not name:
        hint = "write keys with their values, as in docs/authoring.md"
        return Problem(where(node), f"the file does not begin with “{keys_of(file)[0]}:”", hint)
    message = f"“{name}:” wants keys with values" if name else "keys with values are wanted here"
    return Problem(where(node), message, "write “key: value”, one a line")


def no_items(_: ErrorDetails, node: Any, name: str) -> Problem:
    return Problem(where(node), f"“{name}:” is empty", "write at least one")


def unknown_kind(detail: ErrorDetails, node: Any, name: str) -> Problem:
    """The first key says what a thing is, and this is none that we know."""
    if isinstance(node, Written) and (glued := re.match(r"([A-Za-z ]{2,20}):(?=\S)", node)):
        return Problem(
            where(node), f"“{glued[1]}:” has no space after its colon", f"write “{glued[1]}: …”, with a space"
        )
    if not isinstance(node, Entries) or not node:
        such_as = "“right:” or “wrong:”" if name in VERBS else "“text:”"
        return Problem(where(node), "this does not say what it is", f"begin it with a key, such as {such_as}")
    first = cast(Written, next(iter(node)))
    kinds = re.findall("'([^']+)'", str(detail.get("ctx", {}).get("expected_tags", "")))
    if first in NOT_YET:
        return Problem(first.place, f"“{first}:” is not available yet", NOT_YET_HINT)
    late = next((cast(Written, key) for key in node if key in kinds), None)
    if late is not None:
        return Problem(
            late.place,
            f"the first key says what a thing is, and “{late}:” comes later",
            f"put “{late}:” first",
        )
    close = likeness(first, kinds)
    hint = (
        f"did you mean “{close}:”?"
        if close
        else "it begins with one of " + ", ".join(f"“{k}:”" for k in kinds)
    )
    return Problem(first.place, f"“{first.shown}:” cannot stand under “{name}:”", hint)


def question(node: Any, name: str) -> str:
    """In a bank it is known by its key, in a script by its `check:`."""
    return f"the question “{node.get('check', name)}”"


def no_verb(_: ErrorDetails, node: Any, name: str) -> Problem:
    hint = "write “choose one:” or “choose all:”, and below it “- right:” and “- wrong:”"
    return Problem(where(node), f"{question(node, name)} has no options", hint)


def two_verbs(_: ErrorDetails, node: Any, name: str) -> Problem:
    return Problem(
        where(node), f"{question(node, name)} has both “choose one:” and “choose all:”", "keep one of them"
    )


def no_ask(_: ErrorDetails, node: Any, name: str) -> Problem:
    hint = "write the question under “ask:”, or remove all but its name to take it from a bank"
    return Problem(where(node), f"{question(node, name)} has no “ask:”", hint)


SENTENCES: dict[str, Callable[[ErrorDetails, Any, str], Problem]] = {
    "not_text": not_text,
    "empty": empty,
    **dict.fromkeys(SHAPES, misshapen),
    "literal_error": not_a_choice,
    "tuple_type": not_a_list,
    "dict_type": not_keys,
    "model_type": not_keys,
    "model_attributes_type": not_keys,
    "too_short": no_items,
    "union_tag_invalid": unknown_kind,
    "union_tag_not_found": unknown_kind,
    "no_verb": no_verb,
    "two_verbs": two_verbs,
    "no_ask": no_ask,
}
