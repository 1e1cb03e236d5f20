"""Questions that are of no kind, or of two, in a trainer's words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from courseware.authored.reading import Fault
from courseware.authored.vocabulary import HINTS
from courseware.errors import Problem
from courseware.questions import KINDS

OPTIONS_WANTED = "write “choose one:” or “choose all:”, and below it “- right:” and “- wrong:”"


def question(node: Any, name: str) -> str:
    """The question's name: in a bank its key, in a script the value of `check:`."""
    return f"the question “{node.get('check', name)}”"


def no_options(_: Fault, node: Any, name: str) -> Problem:
    for kind in KINDS.values():
        if not {*kind.needed}.isdisjoint(node):
            return Problem(node.place, f"{question(node, name)} has no “{kind.key}:”", kind.hint)
    return Problem(node.place, f"{question(node, name)} has no options", OPTIONS_WANTED)


def two_kinds(_: Fault, node: Any, name: str) -> Problem:
    written = [f"“{key}:”" for key in KINDS if key in node]
    message = f"{question(node, name)} has both {' and '.join(written[:2])}"
    return Problem(node.place, message, "keep one of them")


def other_kind(fault: Fault, node: Any, name: str) -> Problem:
    key = str(fault.facts["key"]).replace("_", " ")
    kinds = " or ".join(f"“{kind}:”" for kind in fault.facts["kinds"])
    hint = f"it belongs to a question with {kinds}"
    return Problem(node.place, f"{question(node, name)} cannot have “{key}:”", hint)


def needed_key(fault: Fault, node: Any, name: str) -> Problem:
    key = fault.facts["key"]
    return Problem(node.place, f"{question(node, name)} has no “{key}:”", HINTS[key])


def no_parts(fault: Fault, node: Any, name: str) -> Problem:
    kind = fault.facts["key"]
    message = f"{question(node, name)} says “{kind}:”, which has one part and no partial credit"
    return Problem(node.place, message, "remove “partial credit:”")


def no_ask(_: Fault, node: Any, name: str) -> Problem:
    hint = "write the question under “ask:”, or remove all but its name to take it from a bank"
    return Problem(node.place, f"{question(node, name)} has no “ask:”", hint)


MESSAGES: dict[str, Callable[[Fault, Any, str], Problem]] = {
    "no options": no_options,
    "two kinds": two_kinds,
    "other kind": other_kind,
    "needed key": needed_key,
    "no parts": no_parts,
    "no ask": no_ask,
}
