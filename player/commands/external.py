"""`player external add | undo | void | list`: what people learned elsewhere."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from player.commands.opening import AS_JSON, ON, CommandGroup, fail, known_school, now, opened, work_off
from player.commands.opening import today as school_today


@click.group(cls=CommandGroup)
def external() -> None:
    """Records of training that people had elsewhere."""


@external.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--school", required=True, metavar="NAME", help="The school whose people are listed.")
@click.option("--dry-run", is_flag=True, help="Read and check, and write nothing.")
@ON
@AS_JSON
def add(file: Path, school: str, dry_run: bool, on: date | None, as_json: bool) -> None:
    """Add the records of a CSV or a workbook as one batch; nothing where anything in it is wrong."""
    from player.school import external as records
    from player.school.actor import COMMAND
    from player.school.requiring import TrainingRuleError

    data = file.read_bytes()
    with opened() as (config, database):
        with database.writing() as tx:
            at = now()
            try:
                school_id = known_school(tx, school)
                today = on or school_today(tx, school_id, at)
                done = records.add_list(tx, COMMAND, at, school_id, data, file.name, today, dry_run=dry_run)
            except TrainingRuleError as error:
                fail(str(error))
        work_off(config, database)
    problems = [{"row": p.row, "column": p.column, "message": p.message} for p in done.read.problems]
    if as_json:
        told = {"batch": done.batch, "written": done.written, "already_there": done.already_there}
        click.echo(json.dumps({**told, "problems": problems, "notes": list(done.read.notes)}, indent=2))
    else:
        _say(done, dry_run)
    for problem in done.read.problems:
        click.echo(f"error: {file}: {problem}", err=True)
    sys.exit(1 if problems else 0)


def _say(done: Any, dry_run: bool) -> None:
    for note in done.read.notes:
        click.echo(f"{note}.", err=True)
    if not done.read.problems:
        said = f"Records that {'would be' if dry_run else 'were'} written: {done.written}"
        there = f"; {done.already_there} are there already" if done.already_there else ""
        click.echo(f"{said}{there}" + (f"\nBatch: {done.batch}" if done.batch else ""))


@external.command()
@click.argument("batch")
@AS_JSON
def undo(batch: str, as_json: bool) -> None:
    """Void all records of a batch; those that were changed since are listed and kept."""
    from player.school import external as records
    from player.school.actor import COMMAND
    from player.school.requiring import TrainingRuleError

    with opened() as (config, database):
        with database.writing() as tx:
            try:
                done = records.undo(tx, COMMAND, now(), batch)
            except TrainingRuleError as error:
                fail(str(error))
            kept = [_entry(tx, row) for row in done.kept]
        work_off(config, database)
    if as_json:
        click.echo(json.dumps({"voided": done.voided, "kept": kept}, indent=2))
        return
    click.echo(f"Voided: {done.voided}, kept: {len(kept)}")
    for entry in kept:
        click.echo(f"{entry['id']}\t{entry['person']['name']}\t{entry['day']}\t{entry['why']}")


@external.command()
@click.argument("record", metavar="ID")
@click.option("--why", required=True, metavar="TEXT", help="The reason, shown beside the record.")
@AS_JSON
def void(record: str, why: str, as_json: bool) -> None:
    """Void one record; it is still seen, with its reason."""
    from player.school import external as records
    from player.school.actor import COMMAND
    from player.school.requiring import TrainingRuleError

    with opened() as (_, database), database.writing() as tx:
        try:
            entry = _entry(tx, records.void(tx, COMMAND, now(), record, why))
        except TrainingRuleError as error:
            fail(str(error))
    click.echo(json.dumps(entry, indent=2) if as_json else f"Voided: {record}")


@external.command("list")
@click.option("--school", required=True, metavar="NAME", help="The school.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a CSV for spreadsheets.")
@AS_JSON
def list_(school: str, as_csv: bool, as_json: bool) -> None:
    """List the records of a school, also those that are voided."""
    from player.compliance import LONDON, zone_named
    from player.lists.writing import csv_lines
    from player.records import evidence
    from player.school.requiring import TrainingRuleError

    with opened() as (_, database), database.reading() as tx:
        try:
            school_id = known_school(tx, school)
        except TrainingRuleError as error:
            fail(str(error))
        entries = [_entry(tx, row) for row in evidence.external_of(tx, school_id)]
    if as_json:
        click.echo(json.dumps(entries, indent=2))
        return
    heading = ("Id", "Batch", "Staff id", "Name", "Training", "Day", "Note", "Voided")
    rows = [
        (
            *(entry["id"], entry["batch"], entry["person"]["staff_id"], entry["person"]["name"]),
            *(entry["course"] or entry["training"], entry["day"], entry["note"], entry["why"]),
        )
        for entry in entries
    ]
    if as_csv:
        click.echo("".join(csv_lines(heading, rows, zone_named(LONDON))), nl=False)
    else:
        for row in rows:
            click.echo("\t".join(str(cell or "") for cell in row))


def _entry(tx: Any, row: Any) -> dict[str, Any]:
    from player.records import memberships

    stay = memberships.at_school(tx, row.school_id, row.person_id)
    if stay is None:
        raise LookupError(f"the record {row.id} is of nobody at the school")
    return {
        "id": row.id,
        "batch": row.batch_id,
        "person": {"staff_id": stay.staff_id, "name": stay.name, "email": stay.email},
        "course": row.course_id,
        "training": row.training,
        "day": row.day.isoformat(),
        "note": row.note,
        "voided": row.voided is not None,
        "why": row.voided_why,
    }
