"""`player questions COURSE`: how people answered each question the first time."""

from __future__ import annotations

import json
from typing import Any

import click

from player.commands.opening import AS_JSON, fail, opened


@click.command()
@click.argument("course")
@click.option("--school", metavar="NAME", help="Only the people of this school.")
@AS_JSON
def questions(course: str, school: str | None, as_json: bool) -> None:
    """List a course's questions, each with how it was answered the first time."""
    from player.records import courses, schools
    from player.records.versions import Versions
    from player.school.question_statistics import question_statistics

    with opened() as (settings, database), database.reading() as tx:
        if courses.newest_version(tx, course) is None:
            fail(f"There is no course “{course}”.")
        known = schools.named(tx, school) if school else None
        if school and known is None:
            fail(f"There is no school “{school}”: write its name as the site shows it.")
        school = known.name if known else None
        told = question_statistics(tx, Versions(database), settings.packages, course, school=school)
    if as_json:
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    for entry in told:
        columns = (entry["place"], entry["question"], str(entry["n"]), _percent(entry["facility"]))
        click.echo("\t".join((*columns, _figure(entry["discrimination"]), entry["judged"])))


def _percent(share: Any) -> str:
    return "" if share is None else f"{share:.0%}"


def _figure(value: Any) -> str:
    return "" if value is None else f"{value:.2f}"
