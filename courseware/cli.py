"""The `courseware` command; with `commands/` the only place that prints or exits."""

from __future__ import annotations

import sys
from io import TextIOWrapper

import click

from courseware.commands.beginning import new, schema
from courseware.commands.building import build
from courseware.commands.checking import check
from courseware.commands.comparing import diff
from courseware.commands.trying import try_

COMMANDS = (new, build, check, try_, diff, schema)


@click.group()
@click.version_option(package_name="courseware")
def main() -> None:
    """Compile courses written in YAML into SCORM packages."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="surrogateescape")  # a path is printed as its bytes, whatever they are


for command in COMMANDS:
    main.add_command(command)
