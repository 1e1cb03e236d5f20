"""`player exclude`: who gets no e-mails about what."""

from __future__ import annotations

import json
from datetime import date

import click

from player.commands.opening import AS_JSON, ON, Day, fail, known_school, now, opened, today


@click.command()
@click.option("--school", required=True, metavar="NAME", help="The school.")
@click.option("--course", metavar="ID", help="Only e-mails about this course.")
@click.option("--person", metavar="EMAIL", help="Only e-mails to this person; a staff id does too.")
@click.option("--why", default="", metavar="TEXT", help="The reason, shown beside what was not sent.")
@click.option("--until", type=Day(), metavar="DAY", help="The last day of the exclusion.")
@click.option("--end", "ends", is_flag=True, help="End the exclusion.")
@ON
@AS_JSON
def exclude(
    school: str,
    course: str | None,
    person: str | None,
    why: str,
    until: date | None,
    ends: bool,
    on: date | None,
    as_json: bool,
) -> None:
    """Send no e-mails about a course, to a person, or to a person about a course."""
    from player.school import excluding
    from player.school.actor import COMMAND
    from player.school.requiring import TrainingRuleError

    if course is None and person is None:
        raise click.UsageError("Name a course with --course, a person with --person, or both.")
    if not ends and not why.strip():
        raise click.UsageError("--why is needed: the reason is shown beside what was not sent.")
    with opened() as (_, database), database.writing() as tx:
        at = now()
        try:
            school_id = known_school(tx, school)
            whom = excluding.person_of(tx, school_id, person).person_id if person else None
            day = on or today(tx, school_id, at)
            if ends:
                count = excluding.end(tx, COMMAND, at, school_id, course, whom, day)
                if not count:
                    fail("There is no such exclusion.")
            else:
                excluding.exclude(tx, COMMAND, at, school_id, course, whom, why, day, until)
        except TrainingRuleError as error:
            fail(str(error))
    told = {"school": school, "course": course, "person": person, "excluded": not ends}
    click.echo(json.dumps(told, indent=2) if as_json else "Ended." if ends else "Excluded from e-mails.")
