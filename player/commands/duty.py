"""`player duty`: how often a course is retaken."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from player.commands.opening import AS_JSON, ON, fail, known_school, now, opened, today, work_off


@click.command()
@click.argument("course", required=False)
@click.option("--school", metavar="NAME", help="Set it for this school only.")
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Set the provider's defaults of many courses; the file has a table for each.",
)
@click.option(
    "--kind",
    type=click.Choice(["number", "regular", "custom"]),
    help="number: a law names the months; regular: it names none; custom: no law asks for it.",
)
@click.option("--basis", metavar="TEXT", help="The provider's basis: a sentence and its source.")
@click.option("--months", metavar="N|none", help="Months from one completion to the next due day.")
@click.option(
    "--anchor",
    type=click.Choice(["completion", "expiry", "fixed"]),
    help="What the next due day is counted from.",
)
@click.option("--window", type=int, metavar="DAYS", help="Days before the due day; 60 by default.")
@click.option("--first", type=int, metavar="DAYS", help="Days for who has never done it; 28 by default.")
@click.option("--fixed", metavar="MM-DD", help="The day of each year of the anchor `fixed`.")
@click.option("--least", type=int, metavar="MONTHS", help="Months from a completion to the fixed day.")
@click.option("--renewed-by", metavar="COURSE", help="The refresher that renews it, or none.")
@click.option("--lapsed", type=int, metavar="DAYS", help="Days after the due day in which it still does.")
@click.option("--dry-run", is_flag=True, help="Say who would change, and save nothing.")
@ON
@AS_JSON
def duty(
    course: str | None,
    school: str | None,
    file: Path | None,
    dry_run: bool,
    on: date | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Set how often a course is retaken: the provider's default, or with --school that school's own."""
    if (course is None) is (file is None):
        raise click.UsageError("Name one course, or a file of many with --file.")
    if course is not None:
        _set_one(course, school, options, on, dry_run=dry_run, as_json=as_json)
    elif file is not None:
        if school is not None or dry_run or any(value is not None for value in options.values()):
            raise click.UsageError("--file goes with --on and --json only.")
        _set_defaults(file, on, as_json)


def _set_one(
    course: str,
    school: str | None,
    options: Mapping[str, Any],
    on: date | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    from player.school import duties, requiring
    from player.school.actor import COMMAND

    if school is not None and (options["kind"] is not None or options["basis"] is not None):
        raise click.UsageError("--kind and --basis are the provider's: leave them out beside --school.")
    given = _settings(options)
    with opened() as (config, database):
        try:
            with database.reading() as tx:
                day, wanted, found = _changes_by(tx, course, school, given, on)
            if not dry_run:
                with database.writing() as tx:
                    at = now()
                    if school is None:
                        duties.set_provider_duty(tx, COMMAND, at, course, wanted, day)
                    else:
                        duties.set_school_duty(tx, COMMAND, at, known_school(tx, school), course, wanted, day)
                work_off(config, database)
        except requiring.TrainingRuleError as error:
            fail(str(error))
        except duties.DutyRefusedError as error:
            _refuse(error, as_json)
    _print_changes([_change(change) for change in found], dry_run=dry_run, as_json=as_json)


def _changes_by(
    tx: Any, course: str, school: str | None, given: Mapping[str, Any], on: date | None
) -> tuple[date, Any, list[Any]]:
    """The day, the settings with those that were given, and who changes by them."""
    from player.school import duties, requiring

    school_id = known_school(tx, school) if school else None
    requiring.known_course(tx, course)
    day = on or today(tx, school_id, now())
    if school_id is None:
        wanted = duties.changed(duties.provider_duty(tx, course, day), given)
        return day, wanted, duties.changes_everywhere(tx, course, wanted, day)
    own = duties.changed(duties.school_settings(tx, school_id, course, day), given)
    return day, own, duties.changes_at(tx, school_id, course, own, day)


def _print_changes(changes: list[dict[str, Any]], *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"changes": changes}, indent=2))
        return
    for change in changes:
        late = f", {change['days_overdue']} days overdue" if change["days_overdue"] else ""
        name = change["person"]["name"]
        click.echo(f"{name}\t{change['was'] or 'no date'} -> {change['due'] or 'no date'}{late}")
    click.echo(f"People whose due day or standing {'would change' if dry_run else 'changes'}: {len(changes)}")


def _set_defaults(file: Path, on: date | None, as_json: bool) -> None:
    from player.school.actor import COMMAND
    from player.school.duty_defaults import set_defaults
    from player.school.requiring import TrainingRuleError

    with opened() as (config, database):
        with database.writing() as tx:
            at = now()
            try:
                done = set_defaults(tx, COMMAND, at, file.read_bytes(), on or today(tx, None, at))
            except TrainingRuleError as error:
                fail(str(error))
        work_off(config, database)
    if as_json:
        click.echo(json.dumps(done._asdict(), indent=2))
        return
    for words, listed in (("new", done.new), ("unchanged", done.unchanged), ("not imported", done.unknown)):
        if listed:
            click.echo(f"{words}: {', '.join(listed)}")


def _settings(options: Mapping[str, Any]) -> dict[str, Any]:
    """The settings that were given, as a duty has them; wrong usage where one cannot be read."""
    from player.compliance import Anchor, Kind, read_month_day

    given = {name: value for name, value in options.items() if value is not None}
    if "months" in given:
        given["months"] = _months(given["months"])
    if "fixed" in given:
        day = read_month_day(given["fixed"])
        if day is None:
            raise click.UsageError(f"--fixed “{given['fixed']}” is no day of a year: write 09-01.")
        given["fixed"] = day
    if given.get("renewed_by") == "none":
        given["renewed_by"] = ""
    if "anchor" in given:
        given["anchor"] = Anchor(given["anchor"])
    if "kind" in given:
        given["kind"] = Kind(given["kind"])
    return given


def _months(text: str) -> Any:
    if text == "none":
        return "none"
    if text.isascii() and text.isdigit() and len(text) < 6:
        return int(text)
    raise click.UsageError(f"--months “{text}” is no number of months: write 12, or none.")


def _refuse(error: Any, as_json: bool) -> None:
    if as_json:
        problems = [{"setting": one.setting, "message": one.message} for one in error.refusals]
        click.echo(json.dumps({"changes": [], "problems": problems}, indent=2))
    fail(str(error))


def _change(change: Any) -> dict[str, Any]:
    return {
        "school": change.school,
        "person": _person(change.colleague),
        "was": _iso(change.was),
        "due": _iso(change.due),
        "standing": change.standing.value,
        "days_overdue": change.days_overdue,
    }


def _person(colleague: Any) -> dict[str, Any]:
    return {"staff_id": colleague.staff_id, "name": colleague.name, "email": colleague.email}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
