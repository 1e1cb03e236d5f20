"""`player import`: packages become courses."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from player.commands.opening import fail, now, opened, today, work_off


@click.command("import")
@click.argument("zips", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="ZIP...")
@click.option("--update", metavar="COURSE-ID", help="Make the package a new version of this course.")
@click.option(
    "--renewing",
    metavar="DAYS",
    type=click.IntRange(0, 9999),
    help="Let each refresher renew its course, for who is overdue by no more days than that.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
def import_(zips: tuple[Path, ...], update: str | None, renewing: int | None, as_json: bool) -> None:
    """Import packages, and print the course id of each."""
    from player.importing import ImportRefusedError, import_package
    from player.school.duties import DutyRefusedError

    if update is not None and len(zips) > 1:
        raise click.UsageError("--update takes one ZIP: each would become a version of the same course.")
    reports: list[dict[str, Any]] = []
    with opened() as (settings, database):
        for path in zips:
            try:
                done = import_package(database, settings.packages, path, now(), update=update)
            except ImportRefusedError as refusal:
                reports.append(_report(path, None, None, refusal.problems))
                continue
            reports.append(_report(path, done.course, done.version, done.problems))
        try:
            _tell_refreshers(database, [report for report in reports if report["course"]], renewing)
        except DutyRefusedError as error:
            fail(str(error))
        if renewing is not None:
            work_off(settings, database)
    _print_imports(reports, as_json=as_json)
    sys.exit(1 if any(report["course"] is None for report in reports) else 0)


def _tell_refreshers(database: Any, reports: list[dict[str, Any]], renewing: int | None) -> None:
    """Add to each report the course that the imported one is a refresher of, and let it renew that; without
    the option, say how."""
    from player.school.actor import COMMAND
    from player.school.declared_refreshers import declared, let_renew

    told = set()
    for report in reports:
        with database.writing() as tx:
            at = now()
            day = today(tx, None, at)
            for one in declared(tx, report["course"], day):
                if one.refresher.id == report["course"]:
                    report["refreshes"] = one.parent.id
                pair = (one.refresher.id, one.parent.id)
                if pair in told:  # both were imported
                    continue
                told.add(pair)
                if renewing is not None and not (one.renews and one.lapsed == renewing):
                    let_renew(tx, COMMAND, at, one, renewing, day)
                elif renewing is None and not one.renews:
                    click.echo(
                        f"{one.refresher.id} is a refresher of {one.parent.id}, and does not renew it yet: "
                        "import it with --renewing 90, or let it renew the course on its page",
                        err=True,
                    )


def _report(path: Path, course: str | None, version: int | None, problems: Any) -> dict[str, Any]:
    listed = [
        {"place": str(p.place), "severity": p.severity, "message": p.message, "hint": p.hint, "text": str(p)}
        for p in problems
    ]
    return {"zip": str(path), "course": course, "version": version, "refreshes": None, "problems": listed}


def _print_imports(reports: list[dict[str, Any]], *, as_json: bool) -> None:
    for report in reports:
        for problem in report["problems"]:
            click.echo(problem.pop("text"), err=True)
        if not as_json and report["course"] is not None:
            click.echo(report["course"])
    if as_json:
        click.echo(json.dumps(reports, indent=2))
