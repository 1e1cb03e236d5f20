"""`player require`: who must take a course."""

from __future__ import annotations

import json
from datetime import date

import click

from player.commands.opening import AS_JSON, ON, fail, known_school, now, opened, today, work_off


@click.command()
@click.argument("course")
@click.option("--school", metavar="NAME", help="The school.")
@click.option("--all-schools", is_flag=True, help="The provider requires it at all schools.")
@click.option("--team", "teams", multiple=True, metavar="TEAM", help="Only of this team; may be repeated.")
@click.option("--optional", is_flag=True, help="Take the requirement back.")
@ON
@AS_JSON
def require(
    course: str,
    school: str | None,
    all_schools: bool,
    teams: tuple[str, ...],
    optional: bool,
    on: date | None,
    as_json: bool,
) -> None:
    """Say who must take a course from a day on: everybody, or teams."""
    from player.records import enrolments
    from player.school import requiring
    from player.school.actor import COMMAND

    if (school is None) is not all_schools:
        raise click.UsageError("Name one school with --school, or all with --all-schools.")
    if all_schools and teams:
        raise click.UsageError("--team needs --school: each school has teams of its own.")
    with opened() as (config, database):
        with database.writing() as tx:
            at = now()
            try:
                school_id = known_school(tx, school) if school else None
                ids = requiring.team_ids(tx, school_id, teams) if school_id else []
                before = enrolments.number(tx, course, school_id)
                day = on or today(tx, school_id, at)
                done = requiring.require(tx, COMMAND, at, school_id, course, ids, day, optional=optional)
            except requiring.TrainingRuleError as error:
                fail(str(error))
        work_off(config, database)
        with database.reading() as tx:
            enrolled = enrolments.number(tx, course, school_id) - before
    whom = ", ".join(teams) or "everybody"
    if as_json:
        told = {"course": course, "school": school, "teams": list(teams), "optional": optional}
        click.echo(json.dumps({**told, "changed": done.is_new, "enrolled": enrolled}, indent=2))
    else:
        state = "optional for" if optional else "required of"
        click.echo(f"{course}: {state} {whom}; enrolled now: {enrolled}")
