"""The arguments and options that several commands have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import click
from msgspec import Struct

from courseware.options import DEFAULT_FORMATS, VARIANT_KEYS

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
NEW_FOLDER = click.Path(file_okay=False, path_type=Path)
COURSES = click.argument("courses", metavar="COURSE...", nargs=-1, required=True, type=FOLDER)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print what a program reads, on stdout.")


class AskedVariants(Struct, frozen=True):
    """Those that `--variant` asks for: by their names, or by what they choose."""

    names: tuple[str, ...]
    choice: dict[str, str]


def variants_asked(_: click.Context, __: click.Parameter, values: Sequence[str]) -> AskedVariants:
    pairs = [value.partition("=") for value in values]
    names = tuple(dict.fromkeys(key for key, equals, _ in pairs if not equals))
    choice = {key: value for key, equals, value in pairs if equals}
    for key, value in choice.items():
        if key not in VARIANT_KEYS or not value:
            raise click.BadParameter(
                f"{key}={value}: write a variant's name, or KEY=VALUE, KEY one of {', '.join(VARIANT_KEYS)}"
            )
    if names and choice:
        raise click.BadParameter("give names, or KEY=VALUE, and not both")
    if len(choice) < len(pairs) - sum(not equals for _, equals, _ in pairs):
        raise click.BadParameter("each key has one value: build twice for two variants")
    return AskedVariants(names, choice)


def formats_asked(_: click.Context, __: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:
    """The formats are imported only where one is named."""
    if not values:
        return DEFAULT_FORMATS
    from courseware.formats import FORMATS

    for value in values:
        if value not in FORMATS:
            raise click.BadParameter(f"“{value}” is none of {', '.join(FORMATS)}")
    return tuple(dict.fromkeys(values))


def day_asked(_: click.Context, __: click.Parameter, value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter(f"“{value}” is no day: write it like 2027-04-01") from None


def days_asked(context: click.Context, option: click.Parameter, values: Sequence[str]) -> tuple[date, ...]:
    return tuple(day for value in values if (day := day_asked(context, option, value)))


FORMATS = click.option(
    "--format",
    "formats",
    metavar="FORMAT",
    multiple=True,
    callback=formats_asked,
    help=f"Twice for two; {' and '.join(DEFAULT_FORMATS)} by default.",
)
VARIANTS = click.option(
    "--variant",
    "variants",
    metavar="NAME",
    multiple=True,
    callback=variants_asked,
    help="One of the course's variants, or those with KEY=VALUE; all of them by default.",
)


def today() -> date:
    return datetime.now(tz=UTC).date()
