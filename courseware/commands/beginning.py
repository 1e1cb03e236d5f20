"""The commands of whoever begins to write: `new` makes a course, `schema` helps the editor."""

from __future__ import annotations

from pathlib import Path

import click

from courseware.commands.arguments import NEW_FOLDER, today
from courseware.commands.output import finish
from courseware.errors import CoursewareError


@click.command(short_help="Begin a course: a folder with the files that its author writes over.")
@click.argument("title", metavar="TITLE")
def new(title: str) -> None:
    """Begin a course of that title, in a folder below this one, and print its files. It checks and builds as
    it is."""
    from courseware.new_course import write_new_course

    try:
        for path in write_new_course(title, today()):
            print(path.as_posix())
    except CoursewareError as error:
        finish(error.problems, [], as_json=False)


@click.command(short_help="Write JSON Schemas, by which an editor completes and checks.")
@click.option(
    "--out",
    metavar="FOLDER",
    type=NEW_FOLDER,
    default=Path("schema"),
    show_default=True,
    help="Where the schemas go.",
)
def schema(out: Path) -> None:
    """Write a JSON Schema of each kind of file that an author writes, and print its path. An editor that has
    them completes keys and underlines mistakes."""
    from courseware.schema.files import write_schemas

    try:
        for path in write_schemas(out):
            print(path.as_posix())
    except OSError as error:
        raise click.ClickException(f"{error.filename or out}: {error.strerror}") from None
