"""The course's scripts: ES modules, joined into one classic script that works from file:// too.

Imports and exports only say where a name comes from, for people and editors: the joined script is one
function, so no two modules may have a top-level name in common. A module stands behind those it imports.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path

import rjsmin

from courseware.formats import FORMATS
from courseware.questions import are_choices, checks_of, scripts_of

FORMAT = ""  # the place of the format's own module
STATIC = Path(__file__).parents[1] / "static"
QUESTIONS = Path(__file__).parents[1] / "questions"
# Like beside like, as far as imports allow: in this order a script is a hundredth smaller, gzipped.
MODULES_BEFORE_KINDS = (
    "finding",
    "elements",
    FORMAT,
    "lms",
    "report",
    "words",
    "extras",
    "kinds",
    "stages",
    "packing",
    "state",
    "draw",
    "part",
    "session",
    "several_scos",
    "question_form",
    "school_contacts",
    "tools",
)
CHECK = "check"  # on which the kinds' own checks are built
ANSWERS = "answers.js"  # beside the format's own module: how answers are written that are no choices
MODULES_AFTER_KINDS = (
    "progress",
    "optional_state",
    "optional_part",
    "result",
    CHECK,
    "assessment",
    "pre_test",
    "focus",
    "screens",
    "course",
)
PRE_TEST, OPTIONAL_PART, SEVERAL_SCOS = "pre_test", "optional_part", "several_scos"
EXTRAS: Mapping[str, tuple[str, ...]] = {  # modules that only some courses have
    PRE_TEST: ("pre_test",),
    OPTIONAL_PART: ("optional_state", "optional_part"),
    SEVERAL_SCOS: ("several_scos",),
}
QUOTED = re.compile('"([^"\\n]*)"')  # an empty one too: the next quote would begin another
PLURAL = re.compile(" (?:zero|one|two|few|many|other)$")
PUT_TOGETHER = ("lesson ", "review ", "browse ")  # keys that a script makes of parts
IMPORT = re.compile(r"^import .*\n", re.MULTILINE)
EXPORT = re.compile(r"^export ", re.MULTILINE)


@cache
def script(format: str, kinds: frozenset[str], extras: frozenset[str] = frozenset()) -> str:  # noqa: A002 - the compiler's word
    """The script of a course with questions of these kinds and with these extras. The format's own module is
    the only part that differs between the standards."""
    left_out = {name for extra, names in EXTRAS.items() if extra not in extras for name in names}
    before = [
        module(STATIC / f"{name}.js" if name else FORMATS[format].script)
        for name in MODULES_BEFORE_KINDS
        if name not in left_out
    ]
    answers = FORMATS[format].script.with_name(ANSWERS)
    own = [module(answers)] if not are_choices(kinds) and answers.exists() else []
    own += [module(QUESTIONS / f"{name}.js") for name in scripts_of(kinds)]
    after = modules_after(checks_of(kinds), left_out)
    return joined([*before, *own, *after])


def modules_after(checks: Iterable[str], left_out: Collection[str]) -> Iterator[str]:
    """The modules behind those of the kinds; the kinds' own checks stand behind the one of all checks."""
    for name in MODULES_AFTER_KINDS:
        if name not in left_out:
            yield module(STATIC / f"{name}.js")
        if name == CHECK:
            yield from (module(QUESTIONS / f"{own}.js") for own in checks)


def words_of_scripts(
    words: Mapping[str, str], kinds: frozenset[str], extras: frozenset[str] = frozenset()
) -> dict[str, str]:
    """The texts that the script names in any format, of which some keys are put together: the templates have
    the rest."""
    named = quoted_in_scripts(kinds, extras)
    return {
        key: words[key]
        for key in sorted(words)
        if key in named or PLURAL.sub("", key) in named or key.startswith(PUT_TOGETHER)
    }


@cache
def quoted_in_scripts(kinds: frozenset[str], extras: frozenset[str]) -> frozenset[str]:
    """All texts in quotes, whatever the format."""
    scripts = [script(next(iter(FORMATS)), kinds, extras), *(module(one.script) for one in FORMATS.values())]
    return frozenset(chain.from_iterable(map(QUOTED.findall, scripts)))


def joined(modules: Iterable[str]) -> str:
    return "".join(['(() => {\n"use strict";\n', *modules, "})();\n"])


@cache
def module(path: Path) -> str:
    """A module as a part of the script, without comments and spaces, a fifth of its size. Our statements
    end in a semicolon, so that what follows a block needs no line of its own."""
    text = IMPORT.sub("", path.read_bytes().decode())
    small: str = rjsmin.jsmin(EXPORT.sub("", text))
    return small.replace("}\n", "}") + "\n"
