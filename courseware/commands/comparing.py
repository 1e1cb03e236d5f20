"""The command `diff`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from courseware.commands.arguments import AS_JSON, FOLDER, days_asked, today
from courseware.commands.output import finish
from courseware.errors import CoursewareError
from courseware.options import BuildOptions


@click.command(short_help="Say what only one of two variants or days has, or what a refresher takes.")
@click.argument("course", metavar="COURSE", type=FOLDER)
@click.option("--variant", "names", metavar="NAME", multiple=True, help="Twice, for two of its variants.")
@click.option(
    "--on",
    "days",
    metavar="DAY",
    multiple=True,
    callback=days_asked,
    help="Twice, for its editions of two days; once, for the course as it is and that day.",
)
@AS_JSON
def diff(course: Path, names: tuple[str, ...], days: tuple[date, ...], as_json: bool) -> None:
    """Say what only one of two variants of a course has, or of its editions of two days, by lesson and page;
    of a refresher without `--variant` and `--on`, what it takes of its parent."""
    from msgspec.structs import asdict

    from courseware.comparing import compare, report
    from courseware.refreshing import listing

    options = BuildOptions(today(), variants=names)
    try:
        if not (names or days) and (taken := listing.list_taken(course, options)):
            found, lines = [*map(asdict, taken.parts())], [*listing.report(taken)]
        elif (len(set(names)) == 2 and not days) or (len(names) < 2 and 0 < len(days) < 3):
            compared = compare(course, options, days)
            found, lines = [*map(asdict, compared.differences())], [*report(compared)]
        else:
            raise click.UsageError("give two variants: --variant NAME --variant NAME; or a day: --on DAY")
    except CoursewareError as error:
        finish(error.problems, [], as_json)
    else:
        print(json.dumps(found) if as_json else "\n".join(lines))
