"""`player due`: who is in date."""

from __future__ import annotations

import json
from datetime import date

import click

from player.commands.opening import AS_JSON, ON, fail, known_school, now, opened, today


@click.command()
@ON
@click.option("--school", metavar="NAME", help="Only this school.")
@click.option("--course", metavar="ID", help="Only this course.")
@click.option(
    "--cycles", type=click.IntRange(1, 100), metavar="N", help="The next N due days, if never done again."
)
@AS_JSON
def due(on: date | None, school: str | None, course: str | None, cycles: int | None, as_json: bool) -> None:
    """List who is in date, due soon, overdue or has never done a course, on any day."""
    from player.records import schools
    from player.school import due_list
    from player.school.requiring import TrainingRuleError, known_course

    with opened() as (_, database), database.reading() as tx:
        at = now()
        try:
            ids = [known_school(tx, school)] if school else schools.ids(tx)
            if course:
                known_course(tx, course)
        except TrainingRuleError as error:
            fail(str(error))
        entries = [
            entry
            for school_id in ids
            for entry in due_list.entries(tx, school_id, on or today(tx, school_id, at), course, cycles)
        ]
    if as_json:
        click.echo(json.dumps(entries, indent=2))
        return
    for entry in entries:
        columns = (entry["school"], entry["person"]["name"], entry["course"], entry["standing"])
        click.echo("\t".join((*columns, entry["due"] or "")))
