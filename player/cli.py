"""The `player` command; with `commands/` the only place that prints or exits. 0 done, 1 the input is wrong,
2 wrong usage."""

from __future__ import annotations

import click

from player.commands.administrators import administrator
from player.commands.due import due
from player.commands.duty import duty
from player.commands.exclude import exclude
from player.commands.external import external
from player.commands.opening import CommandGroup, fail
from player.commands.packages import import_
from player.commands.people import people
from player.commands.questions import questions
from player.commands.registrations import fold, launch_link, records, replay_
from player.commands.reminding import remind
from player.commands.require import require
from player.commands.serving import demo, serve, work
from player.settings import SettingsError

COMMANDS = (
    serve,
    demo,
    work,
    import_,
    launch_link,
    records,
    replay_,
    fold,
    administrator,
    require,
    duty,
    exclude,
    due,
    external,
    remind,
    people,
    questions,
)


def main() -> None:
    """Run the command. A failure that is foreseen is a sentence on stderr; any other is a traceback."""
    try:
        cli(prog_name="player")
    except SettingsError as error:
        fail(str(error))
    except Exception as error:
        if sentence := _foreseen(error):
            fail(sentence)
        raise


def _foreseen(error: Exception) -> str:
    from player.records.unavailable import unavailable

    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}."
    reason = unavailable(error)
    return reason and f"the database that PLAYER_DATABASE_URL names cannot be used: {reason}"


@click.group(cls=CommandGroup)
@click.version_option(package_name="courseware")
def cli() -> None:
    """Run SCORM courses and keep the record of who learned what."""


for command in COMMANDS:
    cli.add_command(command)
