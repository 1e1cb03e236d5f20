"""The `player` command: the only place that prints or exits. 0 done, 1 the input is wrong, 2 wrong usage."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import timedelta
from math import floor
from pathlib import Path
from time import sleep
from typing import IO, Any
from urllib.parse import urlsplit

import click

from player.commands.due import due
from player.commands.duty import duty
from player.commands.exclude import exclude
from player.commands.external import external
from player.commands.opening import fail as _fail
from player.commands.opening import now as _now
from player.commands.opening import opened as _database
from player.commands.people import people
from player.commands.questions import questions
from player.commands.reminding import remind
from player.commands.require import require
from player.domains import is_loopback
from player.settings import DEFAULT_PORT, Settings, SettingsError, read_settings, usual_processes


def main() -> None:
    """Run the command. A failure that is foreseen is a sentence on stderr; any other is a traceback."""
    try:
        cli(prog_name="player")
    except SettingsError as error:
        _fail(str(error))
    except Exception as error:
        if sentence := _foreseen(error):
            _fail(sentence)
        raise


def _foreseen(error: Exception) -> str:
    from player.records.unavailable import unavailable

    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}."
    reason = unavailable(error)
    return reason and f"the database that PLAYER_DATABASE_URL names cannot be used: {reason}"


@click.group()
def cli() -> None:
    """Runs SCORM courses and keeps the record of who learned what."""


@cli.command()
@click.option("--host", default="localhost", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=DEFAULT_PORT, show_default=True)
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    metavar="N",
    help="How many serve together: 1 on SQLite, one a processor core on PostgreSQL.",
)
def serve(host: str, port: int, processes: int | None) -> None:
    """Serve the site, and play pages and content on a host of their own."""
    settings = read_settings(port=port)
    settings = replace(settings, processes=processes or usual_processes(settings))
    _check_reach(settings, host)
    _serve(settings, host, port, lambda ready: click.echo(f"Serving on {ready.site_origin}"))


def _check_reach(settings: Settings, host: str) -> None:
    """Refuses a server that other machines reach and that has no origins set."""
    if not is_loopback(host) and is_loopback(urlsplit(settings.site_origin).hostname or ""):
        raise SettingsError(
            f"--host {host} is reached by other machines, and the site's origin is {settings.site_origin}. "
            "Set PLAYER_SITE_ORIGIN and PLAYER_CONTENT_ORIGIN to the two origins that people will open, "
            "and PLAYER_SECRET_KEY; or leave out --host."
        )
    for warning in settings.warnings():
        click.echo(f"warning: {warning}", err=True)


def _serve(settings: Settings, host: str, port: int, ready: Any) -> None:
    from player.serving import serve as serve_on

    serve_on(settings, host, port, ready)


@cli.command("import")
@click.argument("zips", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="ZIP...")
@click.option("--update", metavar="COURSE-ID", help="Make the package a new version of this course.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
def import_(zips: tuple[Path, ...], update: str | None, as_json: bool) -> None:
    """Import packages, and print the course id of each."""
    from player.importing import ImportRefusedError, import_package

    if update is not None and len(zips) > 1:
        raise click.UsageError("--update takes one ZIP: each would become a version of the same course.")
    reports: list[dict[str, Any]] = []
    with _database() as (settings, database):
        for path in zips:
            try:
                done = import_package(database, settings.packages, path, _now(), update=update)
            except ImportRefusedError as refusal:
                reports.append(_report(path, None, None, refusal.problems))
                continue
            reports.append(_report(path, done.course, done.version, done.problems))
    _print_imports(reports, as_json=as_json)
    sys.exit(1 if any(report["course"] is None for report in reports) else 0)


def _report(path: Path, course: str | None, version: int | None, problems: Any) -> dict[str, Any]:
    listed = [
        {"place": str(p.place), "severity": p.severity, "message": p.message, "hint": p.hint, "text": str(p)}
        for p in problems
    ]
    return {"zip": str(path), "course": course, "version": version, "problems": listed}


def _print_imports(reports: list[dict[str, Any]], *, as_json: bool) -> None:
    for report in reports:
        for problem in report["problems"]:
            click.echo(problem.pop("text"), err=True)
        if not as_json and report["course"] is not None:
            click.echo(report["course"])
    if as_json:
        click.echo(json.dumps(reports, indent=2))


@cli.command()
@click.option("--course", metavar="ID", help="Only this course.")
@click.option("--learner", metavar="ID", help="Only this learner.")
@click.option("--school", metavar="NAME", help="Only the people of this school.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
def records(course: str | None, learner: str | None, school: str | None, as_json: bool) -> None:
    """List the registrations."""
    from player.records.versions import Versions
    from player.school.report import records as all_records

    with _database() as (_, database), database.reading() as tx:
        entries = all_records(tx, Versions(database), course=course, learner=learner, school=school)
    if as_json:
        click.echo(json.dumps(entries, indent=2))
        return
    for entry in entries:
        scaled = entry["score"]["scaled"]
        score = "" if scaled is None else f"{floor(scaled * 100 + 1e-9)}%"  # never rounded up to a mark
        columns = (entry["course"], entry["learner"]["id"], entry["state"], entry["completion_status"])
        click.echo("\t".join((*columns, entry["success_status"], score, entry["started"] or "")))


@cli.command()
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
    with _database() as (_, database):
        age = REST if rest is None else timedelta(rest)
        for step in fold_old(database, _now(), lambda one, why: failed.append(f"{one}: {why!r}"), age):
            folded += step.commits
            sleep(0.01)  # a server that waits for the writer's lock goes first
    click.echo(f"Commits folded: {folded}")
    if failed:
        raise click.ClickException("these registrations were left as they are:\n" + "\n".join(failed))


@cli.command()
@click.option("--once", is_flag=True, help="Do what is due now, and end.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
def work(*, once: bool, as_json: bool) -> None:
    """Do what waits (e-mails, rounds of reminders, upkeep) outside the server, until interrupted."""
    from player.work import add_recurring, worker

    with _database() as (settings, database):
        add_recurring(database, _now())
        doing = worker(database, settings)
        if not once:
            signal.signal(signal.SIGTERM, lambda *_: doing.stop.set())
            signal.signal(signal.SIGINT, lambda *_: doing.stop.set())
            doing.run()
            return
        done = doing.run_due()
    click.echo(json.dumps({"jobs": done}) if as_json else f"Jobs done: {done}")


@cli.command("replay")
@click.option("--registration", metavar="ID", help="Only this registration.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
def replay_(registration: str | None, as_json: bool) -> None:
    """Replay the logs, and say whether each comes to its record."""
    from player.records.versions import Versions
    from player.replay_check import check, check_all

    with _database() as (_, database):
        versions = Versions(database)
        try:
            checks = (
                [check(database, versions, registration)] if registration else check_all(database, versions)
            )
        except LookupError:
            _fail(f"There is no registration “{registration}”: `player records --json` lists them.")
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


@cli.command("launch-link")
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

    with _database() as (settings, database), database.writing() as tx:
        try:
            known = school_of_name(tx, school) if school else None
            enrolment = enrolled_learner(tx, COMMAND, _now(), known, course, learner, name)
            link = Registrar(database, settings).launch(tx, enrolment, _now(), return_url=return_url)
        except LaunchError as error:
            _fail(str(error))
    click.echo(link)


@cli.command()
@click.argument("email")
@click.option("--name", metavar="NAME")
@click.option("--password", metavar="PASSWORD", help="Others on this machine can see it while this runs.")
@click.option(
    "--password-file",
    type=click.File(),
    metavar="PATH",
    help="A file whose first line is the password; - reads standard input.",
)
def administrator(email: str, name: str | None, password: str | None, password_file: IO[str] | None) -> None:
    """Make the provider's administrator, or give one a new password; it is asked for where none is given."""
    from player.school.accounts import AccountError
    from player.school.accounts import administrator as make
    from player.school.actor import COMMAND

    if password is not None and password_file is not None:
        raise click.UsageError("--password and --password-file cannot be used together: leave one out.")
    if password_file is not None:
        password = password_file.readline().rstrip("\r\n")
    chosen = password or click.prompt("Password", hide_input=True, confirmation_prompt=True)
    with _database() as (_, database), database.writing() as tx:
        try:
            made = make(tx, COMMAND, _now(), email, name, chosen)
        except AccountError as error:
            _fail(str(error))
    click.echo(f"{made.email} can now sign in as an administrator.")


@cli.command()
@click.option("--port", type=click.IntRange(0, 65535), default=DEFAULT_PORT, show_default=True)
@click.option("--courses", default="course_src", type=click.Path(path_type=Path), show_default=True)
@click.option("--out", default="packages", type=click.Path(path_type=Path), show_default=True)
def demo(port: int, courses: Path, out: Path) -> None:
    """Compile and import all courses, make demo people, and serve."""
    from player.demo import prepare

    settings = replace(read_settings(port=port), demo=True)
    with _database(settings) as (_, database):
        sign_ins = prepare(database, settings, courses, out, _now(), lambda line: click.echo(line, err=True))

    def ready(serving: Settings) -> None:
        click.echo(f"\n  {serving.site_origin}\n")
        wide = [max(len(sign_in[at]) for sign_in in sign_ins) + 2 for at in (0, 1)]
        for role, email, password in sign_ins:
            click.echo(f"  {role:<{wide[0]}}{email:<{wide[1]}}{password}")
        click.echo("\n  Ctrl+C stops it.")

    _serve(settings, "localhost", port, ready)


for command in (require, duty, exclude, due, external, remind, people, questions):
    cli.add_command(command)
