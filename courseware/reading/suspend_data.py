"""The suspend data of our courses (decision 2), formats 1 to 3, for whoever reads a learner's state.

The course's own script reads it with `static/state.js`; the same cases are run by both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

ANSWER = re.compile(r"(\*?)([a-z0-9-]+)\.([\w-]{4})\.([\w-]*)\.([0-9a-z]+)", re.ASCII)
CHECKED, SHOWN = 1, 2  # flags of a tally
PRE_TEST = 3  # the last of the stages
FIELDS = 6  # of an optional part: its id, then those of the course
LONGEST_NUMBER = 8  # digits: no course writes more


class StoredAnswer(NamedTuple):
    """An answer to one question; `given` is packed as its kind does it."""

    question: str
    scored: bool
    fingerprint: str
    given: str
    tries: int
    checked: bool
    shown: bool


class SuspendData(Struct, frozen=True):
    """A learner's state in one of our courses; `best` in hundredths of a question."""

    place: str = ""
    shown: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # lessons, with their pages
    tries: int = 0
    stage: int = 0  # of the final questions: not begun, under way, handed in; 3: in the pre-test
    best: int = 0
    done: tuple[str, ...] = ()  # lessons that are done, whatever is left open in them (format 2)
    seed: str = ""
    seen: tuple[str, ...] = ()
    tested: bool = False  # the pre-test was handed in
    spared: tuple[str, ...] = ()  # the objectives that were passed in it
    answers: tuple[StoredAnswer, ...] = ()
    optional: Mapping[str, SuspendData] = field(default_factory=dict)  # optional parts, by course (format 3)


def read_suspend_data(text: str) -> SuspendData | None:
    """None where a course of ours did not write it; whatever is cut off or odd is left out."""
    form, *parts = text.split("~")
    if form not in ("1", "2", "3"):
        return None
    if form == "1":  # which knows neither draws nor pre-tests
        parts[3:3] = ["", ""]
    place, *own = (*parts[:FIELDS], "")[:FIELDS]
    behind = parts[FIELDS:] if form == "3" else []
    groups = [behind[at : at + FIELDS] for at in range(0, len(behind), FIELDS)]
    optional = {name: _part("", fields, form) for name, *fields in groups}
    return replace(_part(place, own, form), optional=optional)


def _part(place: str, fields: Sequence[str], form: str) -> SuspendData:
    """The state in the course, or in an optional part of it."""
    lessons, assessment, drawn, tested, answers = (*fields, "", "", "", "", "")[:5]
    read = [_lesson(entry) for entry in lessons.split("!") if entry]
    tries, stage, best = [*assessment.split("."), "", ""][:3]
    seed, _, seen = drawn.partition(".")
    return SuspendData(
        place=place,
        shown={name: pages for name, pages, _ in read},
        done=tuple(name for name, _, done in read if done),
        tries=number36(tries),
        stage=min(PRE_TEST, number36(stage)),
        best=number36(best) * (100 if form == "1" else 1),
        seed=seed,
        seen=tuple(re.findall("..", seen)),
        tested=tested.startswith("."),
        spared=tuple(filter(None, tested[1:].split("!"))) if tested.startswith(".") else (),
        answers=tuple(_answer(match) for entry in answers.split("!") if (match := ANSWER.fullmatch(entry))),
    )


def _lesson(entry: str) -> tuple[str, tuple[int, ...], bool]:
    name, mask, done = [*entry.split("."), "", ""][:3]
    bits = number36(mask, longest=12)
    return name, tuple(at for at in range(bits.bit_length()) if bits >> at & 1), bool(done)


def _answer(match: re.Match[str]) -> StoredAnswer:
    star, question, fingerprint, given, tally = match.groups()
    counted = number36(tally)
    flags = bool(counted & CHECKED), bool(counted & SHOWN)
    return StoredAnswer(question, bool(star), fingerprint, given, counted // 4, *flags)


def number36(text: str, longest: int = LONGEST_NUMBER) -> int:
    """The number; 0 for anything else."""
    is_one = text.isascii() and text.isalnum() and text == text.lower() and len(text) <= longest
    return int(text, 36) if is_one else 0
