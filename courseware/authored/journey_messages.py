"""Steps that no journey has, in a trainer's words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from courseware.authored.journeys import STEPS, WORDS
from courseware.authored.key_names import closest_word
from courseware.authored.reading import Fault
from courseware.authored.vocabulary import HINTS
from courseware.errors import Problem
from courseware.yaml12.nodes import SourceMap, excerpt


def not_a_step(_: Fault, node: Any, __: str) -> Problem:
    """The problem of a text that is no step by itself, or of such a step with a colon behind it."""
    if isinstance(node, SourceMap):
        said = excerpt(next(iter(node), ""))
        return Problem(node.place, f"the step “{said}” has nothing behind it", f"write “- {said}” alone")
    said = excerpt(node)
    if said in STEPS:
        hint = f"write more behind it: “- {said}: …”"
    else:
        close = closest_word(said, (*WORDS, *STEPS))
        every = ", ".join([*(f"“{one}”" for one in WORDS), *(f"“{one}:”" for one in STEPS)])
        hint = f"did you mean “{close}”?" if close else f"it is one of {every}"
    return Problem(node.place, f"“{said}” is not a step of a journey", hint)


def no_answer(_: Fault, node: Any, name: str) -> Problem:
    return Problem(node.place, f"“{name}:” is empty", HINTS["answer with"])


def nothing_expected(_: Fault, node: Any, name: str) -> Problem:
    return Problem(node.place, f"“{name}:” is empty", HINTS["expect"])


MESSAGES: dict[str, Callable[[Fault, Any, str], Problem]] = {
    "not a step": not_a_step,
    "no answer": no_answer,
    "nothing expected": nothing_expected,
}
