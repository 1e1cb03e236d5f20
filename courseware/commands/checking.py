"""The command `check`."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import click

from courseware.commands.arguments import AS_JSON, day_asked, today
from courseware.commands.output import fields, print_problems
from courseware.errors import counted
from courseware.options import BuildOptions

FOLDER_OR_ZIP = click.Path(exists=True, path_type=Path)


@click.command(short_help="Name every problem of courses and packages.")
@click.argument("paths", metavar="[COURSE-OR-ZIP...]", nargs=-1, type=FOLDER_OR_ZIP)
@click.option("--on", "on", metavar="DAY", callback=day_asked, help="Say what the law will be on that day.")
@click.option(
    "--against",
    metavar="OLD.zip",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Say too what a learner who is half-way in this earlier package would lose.",
)
@AS_JSON
def check(paths: tuple[Path, ...], on: date | None, against: Path | None, as_json: bool) -> None:
    """Name every problem of courses and of packages by anyone, and write nothing. A folder with a catalogue
    stands for all courses below it; with --on and no path, the catalogue here is meant."""
    from courseware.checking import catalogue_here
    from courseware.checking import check as checked_of
    from courseware.forecast import changes_of, forecast
    from courseware.forecast_report import change_in_words, lines, value

    if against and (len(paths) != 1 or not (paths[0] / "course.yaml").is_file()):
        raise click.UsageError("--against compares one course: give its folder, and one earlier package")
    here = catalogue_here(Path.cwd()) if on and not paths else None
    asked = (here,) if here else paths
    if not asked:
        raise click.UsageError(
            "name a course or a package" + (": there is no catalogue.yaml here" if on else "")
        )
    checked = checked_of(asked, BuildOptions(today()), against)
    problems, errors = checked.problems, sum(problem.severity == "error" for problem in checked.problems)
    ahead = forecast(checked.courses, on) if on else None
    if as_json:
        told = [fields(problem) for problem in problems]
        print(json.dumps({**value(ahead), "problems": told} if ahead else told))
    else:
        print_problems(problems)
        changes = (change_in_words(one) for source in checked.courses for one in changes_of(source))
        for line in (*lines(ahead), "") if ahead else changes:
            print(line)
        print(f"{counted(errors, 'error')}, {counted(len(problems) - errors, 'warning')}")
    sys.exit(errors > 0)
