"""A learner in a course: `player launch-link`, `records`; the log of it: `player replay`, `fold`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta
from math import floor
from time import sleep
from typing import Any

import click

from player.commands.opening import fail, now, opened


@click.command("launch-link")
@click.argument("course")
@click.option("--learner", required=True, metavar="ID", help="The learner's id in your system.")
@click.option("--school", metavar="NAME", help="The learner's school, if several schools have this id.")
@click.option("--name", metavar="NAME", help="The learner's name, as a course may show it.")
@click.option(
    "--return", "return_url", metavar="URL", default="", help="The address that leaving the course leads to."
)
def launch_link(course: str, learner: str, school: str | None, name: str | None, return_url: str) -> None:
    """Print a link that starts or resumes a learner's registration."""
    from player.links import LaunchError
    from player.registrar import Registrar
    from player.school.actor import COMMAND
    from player.school.portal import enrolled_learner, school_of_name

    with opened() as (settings, database), database.writing() as tx:
        try:
            known = school_of_name(tx, school) if school else None
            enrolment = enrolled_learner(tx, COMMAND, now(), known, course, learner, name)
            link = Registrar(database, settings).launch(tx, enrolment, now(), return_url=return_url)
        except LaunchError as error:
            fail(str(error))
    click.echo(link)


@click.command()
@click.option("--course", metavar="ID", help="Only this course.")
@click.option("--learner", metavar="ID", help="Only this learner.")
@click.option("--school", metavar="NAME", help="Only the people of this school.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
def records(course: str | None, learner: str | None, school: str | None, as_json: bool) -> None:
    """List the registrations."""
    from player.records.versions import Versions
    from player.school.report import records as all_records

    with opened() as (_, database), database.reading() as tx:
        entries = all_records(tx, Versions(database), course=course, learner=learner, school=school)
    if as_json:
        click.echo(json.dumps(entries, indent=2))
        return
    for entry in entries:
        scaled = entry["score"]["scaled"]
        score = "" if scaled is None else f"{floor(scaled * 100 + 1e-9)}%"  # never rounded up to a mark
        columns = (entry["course"], entry["learner"]["id"], entry["state"], entry["completion_status"])
        click.echo("\t".join((*columns, entry["success_status"], score, entry["started"] or "")))


@click.command("replay")
@click.option("--registration", metavar="ID", help="Only this registration.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
def replay_(registration: str | None, as_json: bool) -> None:
    """Replay the logs, and say whether each comes to its record."""
    from player.records.versions import Versions
    from player.replay_check import check, check_all

    with opened() as (_, database):
        versions = Versions(database)
        try:
            checks = (
                [check(database, versions, registration)] if registration else check_all(database, versions)
            )
        except LookupError:
            fail(f"There is no registration “{registration}”: `player records --json` lists them.")
        differ = _print_checks(checks, as_json=as_json)
    sys.exit(1 if differ else 0)


def _print_checks(checks: Iterable[Any], *, as_json: bool) -> int:
    """Prints each registration as it is checked, and returns how many differ."""
    done: list[dict[str, Any]] = []
    differ = 0
    for check in checks:
        differ += bool(check.differences)
        done.append({"same": not check.differences, **asdict(check)})
        if not as_json:
            columns = (check.registration, check.course, check.learner)
            click.echo("\t".join((*columns, "differs" if check.differences else "the same")))
            for difference in check.differences:
                click.echo(f"  {difference}", err=True)
    click.echo(json.dumps(done, indent=2) if as_json else f"Registrations: {len(done)}, different: {differ}")
    return differ


@click.command()
@click.option(
    "--rest",
    type=click.IntRange(0, 36_500),
    metavar="DAYS",
    help="Fold registrations without a commit for so many days; 30 by default.",
)
def fold(rest: int | None) -> None:
    """Make the database smaller now: results and answers stay, old calls that led to them go."""
    from player.folding import REST, fold_old

    folded = 0
    failed: list[str] = []
    with opened() as (_, database):
        age = REST if rest is None else timedelta(rest)
        for step in fold_old(database, now(), lambda one, why: failed.append(f"{one}: {why!r}"), age):
            folded += step.commits
            sleep(0.01)  # a server that waits for the writer's lock goes first
    click.echo(f"Commits folded: {folded}")
    if failed:
        raise click.ClickException("these registrations were left as they are:\n" + "\n".join(failed))
