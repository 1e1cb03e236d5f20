"""`player people`: a school's staff list."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from player.commands.opening import AS_JSON, ON, now, opened, work_off
from player.commands.opening import today as school_today


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--school", required=True, metavar="NAME", help="The school; it is made where it is missing.")
@click.option("--dry-run", is_flag=True, help="Read and compare, and write nothing.")
@click.option("--leavers", is_flag=True, help="Whoever the list no longer has leaves.")
@ON
@AS_JSON
def people(file: Path, school: str, dry_run: bool, leavers: bool, on: date | None, as_json: bool) -> None:
    """Bring a school's staff up to date with a CSV or a workbook; nothing changes where anything in it is
    wrong."""
    from player.lists.fields import unfit_name
    from player.lists.staff import read_staff
    from player.records import schools
    from player.school import roster, roster_writing
    from player.school.actor import COMMAND

    name = " ".join(school.split())
    if wrong := unfit_name(name):
        raise click.UsageError(f"--school: {wrong}.")
    with opened() as (config, database):
        with database.writing() as tx:
            at = now()
            known = schools.named(tx, name)
            school_id = known.id if known else schools.school_named(tx, name).id
            day = on or school_today(tx, school_id, at)
            planned = roster.plan(tx, COMMAND, school_id, read_staff(file.read_bytes()), day)
            wrong_rows = bool(planned.read.problems)
            if wrong_rows or dry_run:
                tx.rollback()
            else:
                leaving = {stay.person_id for stay in planned.gone} if leavers else set()
                roster_writing.write(tx, COMMAND, at, school_id, planned, day, leaving)
        work_off(config, database)
    _print(file, planned, as_json=as_json)
    sys.exit(1 if wrong_rows else 0)


def _print(file: Path, planned: Any, *, as_json: bool) -> None:
    read = planned.read
    problems = [{"row": p.row, "column": p.column, "message": p.message} for p in read.problems]
    if as_json:
        told = {**planned.counts, "problems": problems}
        click.echo(json.dumps({**told, "notes": list(read.notes), "ignored": list(read.ignored)}, indent=2))
    else:
        for note in read.notes:
            click.echo(f"{note}.", err=True)
        if read.ignored:
            click.echo(f"Columns that are not read: {', '.join(read.ignored)}.", err=True)
        click.echo("\n".join(f"{word}: {number}" for word, number in planned.counts.items()))
    for problem in read.problems:
        click.echo(f"error: {file}: {problem}", err=True)
