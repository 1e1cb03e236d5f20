"""Warnings that several courses share: laws that nobody has compared with their source, in one sentence a law
file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from courseware.errors import Problem

LAWS_NAMED = 4  # in one sentence
COURSES_NAMED = 8


def told_together(problems: Iterable[Problem]) -> list[Problem]:
    """The problems, sorted; those about the laws of one file as one, which names the courses that cite
    them."""
    of_laws: dict[str, list[Problem]] = {}
    others = []
    for problem in sorted(set(problems)):
        if problem.laws:
            of_laws.setdefault(problem.place.file, []).append(problem)
        else:
            others.append(problem)
    return sorted([*others, *map(as_one, of_laws.values())])


def as_one(problems: Sequence[Problem]) -> Problem:
    if len(problems) == 1:
        return problems[0]
    laws = tuple(sorted({law for one in problems for law in one.laws}))
    courses = sorted({one.course for one in problems})
    return replace(problems[0], message=never_compared(laws, courses if len(courses) > 1 else ()), laws=laws)


def never_compared(laws: Sequence[str], courses: Sequence[str] = ()) -> str:
    cited = f", cited in {listed(courses, COURSES_NAMED)}" if courses else ""
    return f"nobody has compared {listed(laws, LAWS_NAMED)} with the source yet{cited}"


def listed(names: Sequence[str], most: int) -> str:
    """“a”, “b” and “c”; of too many, the first and how many more."""
    shown = [f"“{name}”" for name in names[:most]]
    if len(names) > most:
        return f"{', '.join(shown)} and {len(names) - most} more"
    *first, last = shown
    return f"{', '.join(first)} and {last}" if first else last
