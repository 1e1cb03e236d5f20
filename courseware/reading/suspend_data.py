"""The suspend data of our courses (decision 2), formats 1 and 2, for whoever reads a learner's state.

The course's own script reads it with `static/state.js`; the same cases are run by both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

ANSWER = re.compile(r"(\*?)([a-z0-9-]+)\.([\w-]{4})\.([\w-]*)\.([0-9a-z]+)", re.ASCII)
CHECKED, SHOWN = 1, 2  # flags of a tally
PRE_TEST = 3  # the last of the stages
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


@dataclass(frozen=True, slots=True)
class SuspendData:
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


def read_suspend_data(text: str) -> SuspendData | None:
    """None where a course of ours did not write it; whatever is cut off or odd is left out."""
    form, *parts = text.split("~")
    if form not in ("1", "2"):
        return None
    parts += [""] * (6 - len(parts))
    place, lessons, assessment = parts[:3]
    drawn, tested, answers = ("", "", parts[3]) if form == "1" else (parts[3], parts[4], parts[5])
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
