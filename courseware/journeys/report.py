"""What is told of journeys that were played: a line for each, and the problems of those that failed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from courseware.errors import Problem, counted
from courseware.journeys.playing import Played

SUGGESTED = "; “--pictures FOLDER” keeps a picture of the screen of each"


def line(played: Played) -> str:
    where = ", ".join(part for part in (played.course, played.variant, played.format) if part)
    if not played.problems:
        return f"{played.title} ({where}): done, {counted(played.steps, 'step')}"
    seen = f", see {played.picture}" if played.picture else ""
    return f"{played.title} ({where}): failed at step {played.done + 1} of {played.steps}{seen}"


def problems_of(played: Sequence[Played]) -> list[Problem]:
    """Each once; where only some packages have it, it names the first."""
    told: list[Problem] = []
    for name in dict.fromkeys((one.course, one.name) for one in played):
        same = [one for one in played if (one.course, one.name) == name]
        found: dict[Problem, list[Played]] = {}
        for one in same:
            for problem in one.problems:
                found.setdefault(problem, []).append(one)
        told += [named(problem, having, same) for problem, having in found.items()]
    return told


def named(problem: Problem, having: Sequence[Played], played: Sequence[Played]) -> Problem:
    if len(having) == len(played):
        return problem
    only = [
        " and ".join(dict.fromkeys(getattr(one, key) for one in having))
        for key in ("variant", "format")
        if {getattr(one, key) for one in having} != {getattr(one, key) for one in played}
    ]
    return (
        replace(problem, message=f"in {' of '.join(reversed(only))}, {problem.message}") if only else problem
    )


def summary(played: Sequence[Played]) -> str:
    failed = sum(bool(one.problems) for one in played)
    number = counted(len({(one.course, one.name) for one in played}), "journey")
    times = "once" if len(played) == 1 else f"{len(played)} times"
    if not failed:
        return f"{number}, played {times}: all done"
    seen = any(one.picture for one in played)
    return f"{number}, played {times}: {failed} failed{'' if seen else SUGGESTED}"


def fields(played: Played) -> dict[str, Any]:
    return {
        "course": played.course,
        "journey": played.name,
        "variant": played.variant,
        "format": played.format,
        "steps": played.steps,
        "done": played.done,
        "problems": [one.message for one in played.problems],
        "picture": str(played.picture) if played.picture else None,
    }
