"""Question kinds, one entry each: beside the module stand the kind's template and its script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from courseware.questions.choose import CHOOSE_ALL, CHOOSE_ONE
from courseware.questions.fill_in import FILL_IN
from courseware.questions.find_in import FIND_IN
from courseware.questions.kind import QuestionKind
from courseware.questions.match import MATCH
from courseware.questions.number import NUMBER
from courseware.questions.put_in_order import PUT_IN_ORDER
from courseware.questions.rate import RATE
from courseware.questions.scenes import SCENES
from courseware.questions.true_or_false import TRUE_OR_FALSE
from courseware.questions.write import WRITE

ALL = (
    CHOOSE_ONE,
    CHOOSE_ALL,
    TRUE_OR_FALSE,
    MATCH,
    PUT_IN_ORDER,
    FILL_IN,
    FIND_IN,
    NUMBER,
    RATE,
    WRITE,
    SCENES,
)
KINDS: Mapping[str, QuestionKind] = {kind.key: kind for kind in ALL}


def scripts_of(keys: Iterable[str]) -> list[str]:
    """The names of the scripts that these kinds need, each once, in the order in which they build on each
    other."""
    return list(dict.fromkeys(name for kind in _kinds(keys) for name in (*kind.scripts, kind.name)))


def checks_of(keys: Iterable[str]) -> list[str]:
    """The names of the scripts of how a lesson asks these kinds, each once."""
    return list(dict.fromkeys(kind.check for kind in _kinds(keys) if kind.check))


def styles_of(keys: Iterable[str]) -> list[str]:
    """The names of the style sheets that these kinds need, each once."""
    return list(dict.fromkeys(name for kind in _kinds(keys) for name in kind.styles))


def are_choices(keys: Iterable[str]) -> bool:
    """True where every answer of these kinds is a set of letters."""
    return all(kind.is_choice for kind in _kinds(keys))


def _kinds(keys: Iterable[str]) -> list[QuestionKind]:
    wanted = {*keys}
    return [kind for key, kind in KINDS.items() if key in wanted]
