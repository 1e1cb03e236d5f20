"""The command `build`."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from courseware.commands.arguments import (
    AS_JSON,
    COURSES,
    FORMATS,
    NEW_FOLDER,
    VARIANTS,
    AskedVariants,
    day_asked,
    today,
)
from courseware.commands.output import finish
from courseware.errors import Problem
from courseware.options import BuildOptions

if TYPE_CHECKING:
    from courseware.stamps import Stamp


@click.command(short_help="Compile courses into packages.")
@COURSES
@FORMATS
@VARIANTS
@click.option(
    "--legislation",
    type=click.Choice(["separate", "optional", "left out"]),
    help="Instead of the word in course.yaml, of each course that has a legal companion.",
)
@click.option(
    "--out",
    type=NEW_FOLDER,
    default=Path("packages"),
    show_default=True,
    help="Where the packages go.",
)
@click.option("--on", "on", metavar="DAY", callback=day_asked, help="Make the edition of that day.")
@click.option("--release", is_flag=True, help="Refuse what is a draft, with the reasons.")
@click.option("--force", is_flag=True, help="Build what has not changed, too.")
@AS_JSON
def build(
    courses: tuple[Path, ...],
    formats: tuple[str, ...],
    variants: AskedVariants,
    legislation: str | None,
    out: Path,
    on: date | None,
    release: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Compile courses, each a folder with a course.yaml, and print the path of each package."""
    from courseware.stamps import SomeFailedError, build_changed

    options = BuildOptions(
        today(),
        formats,
        variants=variants.names,
        variant=variants.choice,
        legislation=legislation or "",
        out=out,
        on=on,
        release=release,
    )
    try:
        with uncollected():
            built = build_changed(courses, options, force=force)
    except SomeFailedError as error:
        finish((*error.problems, *warnings_of(error.built)), error.built, as_json)
    except OSError as error:
        raise click.ClickException(f"{error.filename or out}: {error.strerror}") from None
    else:
        finish(warnings_of(built), built, as_json)


def warnings_of(built: Iterable[Stamp]) -> list[Problem]:
    return [warning for one in built for warning in one.warnings]


@contextmanager
def uncollected() -> Iterator[None]:
    """Without garbage collection: the process ends before it could pay."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # else all objects would be searched now and again at exit, a tenth of the run
        gc.enable()
