"""The beginning of every command: the database opened, the time, the day, a failure as a sentence."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, NoReturn

import click

from player.settings import Settings, read_settings


class Day(click.ParamType[date]):
    """A day as 2026-09-01."""

    name = "DAY"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day of a text; another is wrong usage."""
        from player.compliance import written_day

        if isinstance(value, date):
            return value
        try:
            return written_day(value)
        except ValueError:
            self.fail(f"“{value}” is no day: write it as 2026-09-01.", param, ctx)


class CommandGroup(click.Group):
    """Lists each of its commands with a whole sentence; click cuts it off in the middle."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Its sentence in the list goes as far as the first semicolon or paragraph of its help."""
        sentence = (cmd.help or "").partition("\n\n")[0].partition(";")[0]
        cmd.short_help = cmd.short_help or f"{sentence.rstrip('.')}."
        super().add_command(cmd, name)


ON = click.option("--on", type=Day(), metavar="DAY", help="Today for this command.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")


@contextmanager
def opened(settings: Settings | None = None) -> Iterator[tuple[Settings, Any]]:
    """The settings and the migrated database."""
    from player.records.database import Database

    settings = settings or read_settings()
    database = Database(settings.database_url)
    try:
        database.migrate()
        yield settings, database
    finally:
        database.close()


def now() -> datetime:
    """The present time."""
    return datetime.now(UTC)


def fail(sentence: str) -> NoReturn:
    """End with a sentence on stderr: the input is wrong."""
    click.echo(f"error: {sentence}", err=True)
    sys.exit(1)


def known_school(tx: Any, name: str) -> str:
    """The id of the school of that name."""
    from player.records import schools
    from player.school.requiring import TrainingRuleError

    known = schools.named(tx, name)
    if known is None:
        raise TrainingRuleError(f"There is no school “{name}”: write its name as the site shows it.")
    return str(known.id)


def today(tx: Any, school_id: str | None, at: datetime) -> date:
    """The day at a school; the provider's is London's."""
    from player.school.settling import school_today

    return school_today(tx, school_id, at)


def work_off(settings: Settings, database: Any) -> None:
    """Do the jobs that bring large schools up to date: a command has no server beside it."""
    from player import slices

    slices.work_off(database, settings)
