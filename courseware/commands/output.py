"""Packages on stdout, problems on stderr, or both as one JSON value."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NoReturn

from courseware.errors import Problem

if TYPE_CHECKING:
    from courseware.stamps import Stamp


def finish(problems: Iterable[Problem], built: Sequence[Stamp], as_json: bool) -> NoReturn:
    """Print packages on stdout and problems on stderr, or both as one JSON value, and exit."""
    from courseware.shared_warnings import told_together

    sorted_problems = told_together(problems)
    paths = [path.as_posix() for one in built for path in one.packages]
    if as_json:
        print(json.dumps({"packages": paths, "problems": [fields(one) for one in sorted_problems]}))
    else:
        print_problems(sorted_problems)
        for path in paths:
            print(path)
    sys.exit(any(problem.severity == "error" for problem in sorted_problems))


def print_problems(problems: Iterable[Problem]) -> None:
    for problem in problems:
        print(problem, file=sys.stderr)


def fields(problem: Problem) -> dict[str, str | int]:
    place = problem.place
    where: dict[str, str | int] = {"file": place.file, "line": place.line or 1, "column": place.column or 1}
    return {**where, "severity": problem.severity, "message": problem.message, "hint": problem.hint}
