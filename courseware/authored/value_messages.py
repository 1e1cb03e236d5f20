"""A validation error becomes a problem in a trainer's words: values that do not fit their key."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

from courseware.authored import journey_messages, question_messages
from courseware.authored.key_names import (
    FILE_MODELS,
    closest_word,
    first_key_of,
    keys_of,
    normal_word,
)
from courseware.authored.lines import LINES
from courseware.authored.model import DATE, SLUG
from courseware.authored.reading import Fault
from courseware.authored.vocabulary import (
    FORMAT_HINTS,
    HINTS,
    INSTEAD,
    NOT_YET,
    NOT_YET_HINT,
    ODD_CHARACTER,
    TYPE_ANEW,
)
from courseware.errors import Problem
from courseware.questions import KINDS
from courseware.yaml12 import list_in_text
from courseware.yaml12.alignment import DASHES
from courseware.yaml12.error_position import IN_QUOTES
from courseware.yaml12.nodes import SourceList, SourceMap, SourceText, excerpt

DAY = re.compile(r"([0-9]{4})\D(0?[1-9]|1[0-2])\D([0-9]{1,2})")
BRITISH_DAY = re.compile(r"([0-9]{1,2})\D(0?[1-9]|1[0-2])\D([0-9]{4})")
LISTS_OF_NAMES = ("in", "for", "with", "lessons", "help lines")
ONE_NAME = ("about", "teaches", "from", "by", "contact", "what is in force")
OPTION_KEYS = ("choose one", "choose all", "places")
NEEDED_KEYS = {
    "Provision": "says: {}",
    "HelpLineEntry": "line: …, number: {}",
    "VariantEntry": "for: {}",
}
EXAMPLE = ("2026", "11", "24")
TEXT_WANTED = "text is wanted here"
A_CHECK = "write “- check:” and a name first, below it “ask:”, and then this"


def not_text(_: Fault, node: Any, name: str) -> Problem:
    wanted = f"“{name}:” wants text" if name else TEXT_WANTED
    if isinstance(node, SourceList):
        return Problem(node.place, f"{wanted}, and this is a list", no_list_hint(node, name))
    key = excerpt(next(iter(node), ""))
    if name and any(isinstance(value, SourceList) for value in node.values()):
        return Problem(node.place, list_in_text.MESSAGE, list_in_text.hint(name))
    if len(node) != 1:
        return Problem(node.place, f"{wanted}, and these are keys", "remove them, or put the text under “|”")
    if not is_item(node):
        return Problem(node.place, f"{wanted}, and “{key}:” is a key", f"write the text beside “{name}:”")
    hint = HINTS[name] if name in LISTS_OF_NAMES else IN_QUOTES
    return Problem(node.place, f"{wanted}, and the colon after “{key}” makes it a key", hint)


def is_item(node: SourceMap) -> bool:
    """True where the map stands behind a dash or inside brackets."""
    before = node.source_file.text[: node.start].rstrip(" ")
    return before.endswith(("-", "[", ","))


def no_list_hint(node: SourceList, name: str) -> str:
    """A bracket at the start is an accident; dashes are meant."""
    if node.is_flow and name in ONE_NAME and node and isinstance(node[0], SourceText):
        return one_of_them(name, node[0])
    if node.source_file.text.startswith("[", node.start):
        return f"write one text; where it begins with a bracket, {IN_QUOTES}"
    if name in KINDS and KINDS[name].needed:
        return KINDS[name].hint
    if name == "page":
        return (
            "write the page's title here, and its blocks as lines below it, each “- ” as far in as “- page:”"
        )
    return list_in_text.hint(name)


def one_of_them(name: str, first: str) -> str:
    """For a key that names one thing, where several were written."""
    again = ", and the next in a line of its own" if name == "contact" else ""
    return f"write one of them: “{name}: {excerpt(first.strip())}”{again}"


def empty(fault: Fault, node: Any, name: str) -> Problem:
    if name and isinstance(fault.path[-1], int):
        return Problem(node.place, f"an item of “{name}:” is empty", "write it, or take it out")
    message = f"“{name}:” is empty" if name else "this is empty"
    return Problem(node.place, message, HINTS.get(name, "write it, or remove the key"))


def bad_format(fault: Fault, node: Any, name: str) -> Problem:
    if SLUG.fullmatch(normal_word(node)) and normal_word(node) != node:
        return Problem(node.place, ODD_CHARACTER.format(normal_word(node)), TYPE_ANEW)
    if fault.kind == "not a slug" and name in ONE_NAME and "," in node:
        return Problem(node.place, fault.message, one_of_them(name, node.partition(",")[0]))
    if fault.kind == "not a number" and (hint := no_figure_hint(node, name)):
        return Problem(node.place, fault.message, hint)
    return Problem(node.place, fault.message, FORMAT_HINTS[fault.kind].format(**suggestions(node, name)))


def suggestions(words: str, name: str) -> dict[str, str]:
    """The words as they should be written under that key, or an example, for each blank in the hints."""
    number = figure_in(words)
    return {
        "number": number or ("3" if name == "tries" else "50"),
        "share": number or "80",
        "day": day_in(words),
        "slug": slug_in(words),
    }


def no_figure_hint(node: str, name: str) -> str:
    """For a number that is no figure where none, or another word, is meant."""
    if name == "tries" and not figure_in(node):
        return "write it in digits, such as “3”; without “tries:” everybody tries as often as they want"
    if name == "questions":
        return "write it in digits, or “all”"
    return "write 1 or more, or leave it out" if node == "0" else ""


def slug_in(words: str) -> str:
    """An id made of the words; a folder or an ending is left out."""
    named = re.sub(r"^.*/|\.ya?ml$", "", excerpt(normal_word(words)))
    return "-".join(re.findall("[a-z0-9]+", named.lower())) or "first-aid"


def figure_in(words: str) -> str:
    """The only number in the words, unless it counts hours; else an empty text."""
    match = re.fullmatch(r"\D*([1-9][0-9]{0,2})(?! ?h)(?: ?[^\W\d].*)?\W?", words)
    return match[1] if match else ""


def day_in(words: str) -> str:
    """The day as it should be written, where year, month and day are clear; else an example."""
    iso, british = DAY.fullmatch(words), BRITISH_DAY.fullmatch(words)
    year, month, day = iso.groups() if iso else british.groups()[::-1] if british else EXAMPLE
    return f"{year}-{month:0>2}-{day:0>2}"


def not_a_choice(fault: Fault, node: Any, name: str) -> Problem:
    expected = fault.facts["choices"]
    if not isinstance(node, SourceText):
        return not_text(fault, node, name)
    close = closest_word(node, expected)
    hint = f"did you mean “{close}”?" if close else " or ".join(f"“{word}”" for word in expected)
    if name == "in force":
        hint = f"write “in force from: {node}”" if DATE.fullmatch(node) else HINTS[name]
    return Problem(node.place, f"“{node.excerpt}” is not a value of “{name}:”", hint)


def not_a_list(_: Fault, node: Any, name: str) -> Problem:
    message = f"“{name}:” wants a list" if name else "a list is wanted here"
    if isinstance(node, SourceText) and not node.strip():
        return Problem(node.place, f"“{name}:” is empty", HINTS.get(name, "write at least one"))
    first = next(iter(node), "") if isinstance(node, SourceMap) else node
    if isinstance(first, str) and first.startswith(("-", *DASHES)):
        message = f"“{first[0]}” begins no list item here"
        return Problem(node.place, message, "type “- ” anew before each list item")
    if name in ("script", "places", *KINDS):
        return Problem(node.place, message, HINTS[name])
    items = node.strip("()") if isinstance(node, SourceText) and node == node.excerpt else "one, two"
    if name in LISTS_OF_NAMES:
        items = ", ".join(map(slug_in, re.split(",| and ", items)))
    return Problem(node.place, message, f"write “{name}: [{items}]”, or one a line, each beginning with “- ”")


def not_keys(fault: Fault, node: Any, name: str) -> Problem:
    wanted = fault.facts.get("model")
    if wanted in FILE_MODELS and not name:
        hint = "write keys with their values, as in docs/authoring.md"
        return Problem(node.place, f"the file does not begin with “{first_key_of(wanted)}:”", hint)
    if isinstance(node, SourceText) and not node.strip():
        return Problem(node.place, f"“{name}:” is empty", HINTS.get(name, "write “key: value”, one a line"))
    message = f"“{name}:” wants keys with values" if name else "keys with values are wanted here"
    hint = HINTS.get(name, "write “key: value”, one a line")
    if isinstance(node, SourceList) and not node.is_flow:
        hint = "write a name and a colon in the place of each “- ”"
    if isinstance(node, SourceText) and wanted is not None and wanted.__name__ in NEEDED_KEYS:
        hint = f"write “{name}: {{{NEEDED_KEYS[wanted.__name__].format(in_flow(node.excerpt))}}}”"
    return Problem(node.place, message, hint)


def in_flow(words: str) -> str:
    """As it is written inside { }, where a comma ends a text."""
    return f'"{words}"' if re.search(r"[,:#{}\[\]]", words) else words


def no_items(_: Fault, node: Any, name: str) -> Problem:
    return Problem(node.place, f"“{name}:” is empty", "write at least one")


def unknown_kind(fault: Fault, node: Any, name: str) -> Problem:
    """The problem of a line whose first key is not the first key of any block."""
    if isinstance(node, SourceText) and (glued := re.match("([A-Za-z ]{2,20}):(?=[^ ])", node)):
        return Problem(
            node.place,
            f"“{glued[1]}:” has no space after its colon",
            f"write “{glued[1]}: …”, with a space",
        )
    if not isinstance(node, SourceMap) or not node:
        hint = key_wanted(name)
        if name == "script":
            hint += "; or, where it is of a list in the text above, write “|” there and put it further in"
        return Problem(node.place, "this does not say what it is", hint)
    first = cast(SourceText, next(iter(node)))
    kinds = fault.facts["kinds"]
    if first in NOT_YET:
        return Problem(first.place, f"“{first}:” is not available yet", NOT_YET_HINT)
    if normal_word(first) in kinds:
        return Problem(first.place, ODD_CHARACTER.format(normal_word(first)), TYPE_ANEW)
    late = next((cast(SourceText, key) for key in node if key in kinds), None)
    if late is not None and closest_word(first, keys_of(LINES.get(late)) or ("because", "stays last", "at")):
        return Problem(
            late.place,
            f"the first key says what a thing is, and “{late}:” comes later",
            f"put “{late}:” first",
        )
    if name == "script" and (instead := INSTEAD.get(first, A_CHECK if first in KINDS else "")):
        return Problem(first.place, f"a lesson has no “{first}:” of its own", instead)
    close = closest_word(first, kinds)
    hint = (
        f"did you mean “{close}:”?"
        if close
        else "it begins with one of " + ", ".join(f"“{k}:”" for k in kinds)
    )
    return Problem(first.place, f"“{first.excerpt}:” cannot stand under “{name}:”", hint)


def key_wanted(name: str) -> str:
    such_as = "“right:” or “wrong:”" if name in OPTION_KEYS else "“text:”"
    return f"begin it with a key, such as {such_as}"


MESSAGES: dict[str, Callable[[Fault, Any, str], Problem]] = {
    "not text": not_text,
    "empty": empty,
    **dict.fromkeys(FORMAT_HINTS, bad_format),
    "not a choice": not_a_choice,
    "not a list": not_a_list,
    "not keys": not_keys,
    "no items": no_items,
    "unknown kind": unknown_kind,
    "no kind": unknown_kind,
    **question_messages.MESSAGES,
    **journey_messages.MESSAGES,
}
