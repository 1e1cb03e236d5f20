"""The command `try`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from courseware.commands.arguments import (
    AS_JSON,
    COURSES,
    FORMATS,
    NEW_FOLDER,
    VARIANTS,
    AskedVariants,
    today,
)
from courseware.commands.output import fields, finish, print_problems
from courseware.errors import CoursewareError
from courseware.options import BuildOptions


@click.command(name="try", short_help="Play the journeys of courses in a browser.")
@COURSES
@click.option(
    "--journey", "names", metavar="NAME", multiple=True, help="One of them; all of them by default."
)
@FORMATS
@VARIANTS
@click.option(
    "--pictures",
    metavar="FOLDER",
    type=NEW_FOLDER,
    help="Keep a picture of the screen at each step that fails.",
)
@AS_JSON
def try_(
    courses: tuple[Path, ...],
    names: tuple[str, ...],
    formats: tuple[str, ...],
    variants: AskedVariants,
    pictures: Path | None,
    as_json: bool,
) -> None:
    """Play the journeys of courses in a real browser, and say which step fails. A journey is a file in the
    course's folder “journeys”. Nothing is written but pictures."""
    from courseware.formats import MANIFESTS
    from courseware.journeys import report
    from courseware.journeys.browser import NoBrowserError
    from courseware.journeys.trying import try_courses

    if unplayable := [name for name in formats if name not in MANIFESTS]:
        raise click.UsageError(
            f"a package for {unplayable[0]} has no LMS, and so nothing that a journey plays in"
        )
    options = BuildOptions(today(), formats, variants=variants.names, variant=variants.choice)
    played = []
    try:
        for one in try_courses(courses, options, names, pictures):
            played.append(one)
            if not as_json:
                print(report.line(one), flush=True)
    except NoBrowserError as error:
        raise click.ClickException(error.message) from None
    except CoursewareError as error:
        finish(error.problems, [], as_json)
    problems = report.problems_of(played)
    if as_json:
        print(
            json.dumps(
                {"journeys": [report.fields(one) for one in played], "problems": [*map(fields, problems)]}
            )
        )
    else:
        print_problems(problems)
        print(report.summary(played))
    sys.exit(any(one.problems for one in played))
