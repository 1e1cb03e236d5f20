"""`player remind`: the round of reminders of a day, at all schools."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import click

from player.commands.opening import AS_JSON, ON, fail, known_school, now, opened, today

AHEAD = "note: {} is still to come. These e-mails go out now, and say what will be so on that day."


@click.command()
@click.option("--school", metavar="NAME", help="Only this school.")
@click.option("--dry-run", is_flag=True, help="Say what would go out, and write and send nothing.")
@ON
@AS_JSON
def remind(school: str | None, *, dry_run: bool, on: date | None, as_json: bool) -> None:
    """Run the round of reminders of a day, and send its e-mails."""
    from player.records import schools
    from player.school import planned_round, reminding
    from player.school.requiring import TrainingRuleError
    from player.work import SEND, worker

    at = now()
    with opened() as (settings, database):
        with database.reading() as tx:
            try:
                ids = [known_school(tx, school)] if school else schools.ids(tx)
                real = {one: today(tx, one, at) for one in ids}
                days = {one: on or real[one] for one in ids}
                for one in ids if on else ():
                    planned_round.check_day(tx, one, days[one])
            except (TrainingRuleError, planned_round.EarlierRoundError) as error:
                fail(str(error))
        if on and not dry_run and any(on > day for day in real.values()):
            click.echo(AHEAD.format(on), err=True)
        reports = [
            reminding.run_round(database, settings, one, days[one], at, dry_run=dry_run) for one in ids
        ]
        if not dry_run:
            worker(database, settings, only=(SEND,)).run_due()
    told: dict[str, list[Any]] = {
        "sent": [_sent(one) for report in reports for one in report.sent],
        "not_sent": [_not_sent(one) for report in reports for one in report.not_sent],
        "digests": [address for report in reports for address in report.digests],
    }
    if as_json:
        click.echo(json.dumps(told, indent=2))
        return
    for each in told["sent"]:
        steps = ", ".join(f"{one['course']} ({one['step']})" for one in each["courses"])
        click.echo(f"{each['to']}\t{steps}")
    for each in told["not_sent"]:
        click.echo(
            f"not sent\t{each['to'] or each['name']}\t{each['course']} ({each['step']})\t{each['reason']}"
        )


def _sent(one: Any) -> dict[str, Any]:
    return {"to": one.address, "courses": [{"course": each.course, "step": each.step} for each in one.items]}


def _not_sent(one: Any) -> dict[str, Any]:
    return {"to": one.address, "name": one.name, "course": one.course, "step": one.step, "reason": one.reason}
