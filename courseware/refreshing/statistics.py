"""The questions that are most missed, as `player questions COURSE --json` tells them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from courseware.errors import Problem
from courseware.load import display_path
from courseware.material import RefresherMaterial

ENOUGH = 30  # answers: with fewer, chance says more than people do


@dataclass(frozen=True, slots=True)
class MissedQuestions:
    """Those that were taken, the most missed first, and the digest of the file that says so."""

    names: tuple[str, ...] = ()
    digest: str = ""


class StatisticsError(Exception):
    """The file cannot be used; the problem says why."""

    def __init__(self, refresher: RefresherMaterial, message: str, hint: str) -> None:
        asked = refresher.asked
        place = asked.statistics.place if asked.statistics else asked.take.at("most missed")
        self.problem = Problem(place, message, hint)
        super().__init__(message)


def most_missed(
    refresher: RefresherMaterial, known: Collection[str], problems: list[Problem]
) -> MissedQuestions:
    """As many as `take:` says, of those questions that the parent still has."""
    asked = refresher.asked
    if asked.take.most_missed is None:
        if asked.statistics is not None:
            message = "“statistics:” is read for “most missed:”, which is not there"
            hint = "write “most missed: 5” below “take:”, or leave it out"
            problems.append(Problem(asked.statistics.place, message, hint, "warning"))
        return MissedQuestions()
    try:
        data = _bytes(refresher)
        answered = list(_answered(refresher, data, known))
    except StatisticsError as unread:
        problems.append(unread.problem)
        return MissedQuestions()
    names = tuple(name for _, name in sorted(answered, key=lambda one: one[0]))[: asked.take.most_missed]
    problems += _too_few(refresher, len(names))
    return MissedQuestions(names, sha256(data).hexdigest())


def _bytes(refresher: RefresherMaterial) -> bytes:
    asked = refresher.asked
    command = f"player questions {asked.refresher_of} --json"
    if asked.statistics is None:
        hint = f"write what “{command}” prints to a file beside course.yaml, and name it: “statistics: …”"
        raise StatisticsError(refresher, "nothing says which questions are most missed", hint)
    path = refresher.folder / asked.statistics
    if not path.resolve().is_relative_to(refresher.folder.resolve()):
        hint = "put the file beside course.yaml, and write its name alone"
        raise StatisticsError(refresher, f"“{asked.statistics}” leads out of the course's folder", hint)
    try:
        return path.read_bytes()
    except OSError:
        hint = f"write it with “{command} > {asked.statistics}”"
        raise StatisticsError(
            refresher, f"there is no {display_path(path)}, or it cannot be read", hint
        ) from None


def _answered(
    refresher: RefresherMaterial, data: bytes, known: Collection[str]
) -> Iterator[tuple[float, str]]:
    """The share that was right of each question that enough people have answered."""
    try:
        entries: list[dict[str, Any]] = json.loads(data)[:]  # nothing but a list can be sliced
        told = [(str(one["question"]), int(one["n"]), one["facility"]) for one in entries]
        yield from (
            (float(share), name)
            for name, number, share in told
            if name in known and number >= ENOUGH and share is not None and float(share) < 1
        )
    except (ValueError, LookupError, TypeError, AttributeError):
        hint = f"write it with “player questions {refresher.asked.refresher_of} --json”"
        raise StatisticsError(
            refresher, f"“{refresher.asked.statistics}” is not what that command prints", hint
        ) from None


def _too_few(refresher: RefresherMaterial, number: int) -> Iterator[Problem]:
    asked = refresher.asked
    wanted = asked.take.most_missed or 0
    if number == wanted:
        return
    some = "one question" if number == 1 else f"{number or 'no'} questions"
    message = (
        f"{some} of “{asked.refresher_of}” can be taken as most missed, and {wanted} are asked for: "
        f"others have fewer than {ENOUGH} answers, are never missed, or are no longer there"
    )
    fewer = f", take {number}" if number else ""
    hint = f"wait for more answers{fewer}, or leave “most missed:” out"
    yield Problem(asked.take.at("most missed"), message, hint, "warning" if number else "error")
