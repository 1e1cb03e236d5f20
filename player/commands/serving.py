"""`player serve` and `player demo`: the server; `player work`: its jobs in a process of their own."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import click

from player.commands.opening import now, opened
from player.domains import is_loopback
from player.settings import DEFAULT_PORT, Settings, SettingsError, read_settings, usual_processes

PORT = click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="PORT",
    default=DEFAULT_PORT,
    show_default=True,
    help="The port to listen on; another one where it is taken.",
)


@click.command()
@click.option(
    "--host", default="localhost", show_default=True, metavar="HOST", help="The address to listen on."
)
@PORT
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


def _serve(settings: Settings, host: str, port: int, ready: Callable[[Settings], None]) -> None:
    from player.serving import serve as serve_on

    serve_on(settings, host, port, ready)


@click.command()
@PORT
@click.option(
    "--courses",
    default="course_src",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    show_default=True,
    help="The folder whose courses are compiled.",
)
@click.option(
    "--out",
    default="packages",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    show_default=True,
    help="Where their packages go.",
)
def demo(port: int, courses: Path, out: Path) -> None:
    """Compile and import all courses, make demo people, and serve."""
    from player.demo import prepare

    settings = replace(read_settings(port=port), demo=True)
    with opened(settings) as (_, database):
        sign_ins = prepare(database, settings, courses, out, now(), lambda line: click.echo(line, err=True))

    def ready(serving: Settings) -> None:
        click.echo(f"\n  {serving.site_origin}\n")
        wide = [max(len(sign_in[at]) for sign_in in sign_ins) + 2 for at in (0, 1)]
        for role, email, password in sign_ins:
            click.echo(f"  {role:<{wide[0]}}{email:<{wide[1]}}{password}")
        click.echo("\n  Ctrl+C stops it.")

    _serve(settings, "localhost", port, ready)


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, and end.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
def work(*, once: bool, as_json: bool) -> None:
    """Do what waits (e-mails, rounds of reminders, upkeep) outside the server, until interrupted."""
    from player.work import add_recurring, worker

    with opened() as (settings, database):
        add_recurring(database, now())
        doing = worker(database, settings)
        if not once:
            signal.signal(signal.SIGTERM, lambda *_: doing.stop.set())
            signal.signal(signal.SIGINT, lambda *_: doing.stop.set())
            doing.run()
            return
        done = doing.run_due()
    click.echo(json.dumps({"jobs": done}) if as_json else f"Jobs done: {done}")
