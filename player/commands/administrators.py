"""`player administrator`: an account for the provider."""

from __future__ import annotations

from typing import IO

import click

from player.commands.opening import fail, now, opened


@click.command()
@click.argument("email")
@click.option("--name", metavar="NAME", help="The administrator's name; without it, their e-mail address.")
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
    with opened() as (_, database), database.writing() as tx:
        try:
            made = make(tx, COMMAND, now(), email, name, chosen)
        except AccountError as error:
            fail(str(error))
    click.echo(f"{made.email} can now sign in as an administrator.")
