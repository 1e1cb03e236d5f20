"""The guide for those who run the player names every command and setting, and none that there is not."""

from __future__ import annotations

import re
from pathlib import Path

import click

from player.cli import cli
from player.settings.written import Written

ROOT = Path(__file__).parent.parent.parent
GUIDE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
SETTING = re.compile(r"PLAYER_[A-Z_]+")


def test_every_command_is_in_the_guide() -> None:
    listed = set(re.findall(r"^\| `player ([a-z-]+)", GUIDE, re.MULTILINE))
    assert listed == set(cli.commands)


def test_every_option_of_a_command_is_in_its_row() -> None:
    rows = {
        row.group(1): row.group(0) for row in re.finditer(r"^\| `player ([a-z-]+).*", GUIDE, re.MULTILINE)
    }
    for name in set(cli.commands) - {"demo"}:
        for option in cli.commands[name].params:
            if option.param_type_name == "option":
                assert option.opts[0] in rows[name], f"{name} {option.opts[0]}"


def test_every_setting_is_in_the_guide() -> None:
    assert set(SETTING.findall(GUIDE)) == {field.alias for field in Written.model_fields.values()}


def test_help_names_each_command_in_a_whole_sentence_and_each_option_in_words() -> None:
    """Nothing of it ends in dots, and nothing is left to guess."""
    for group in (cli, cli.commands["external"]):
        assert isinstance(group, click.Group)
        assert "..." not in group.get_help(click.Context(group)).partition("Commands:")[2]
        for name, command in group.commands.items():
            for option in command.params:
                assert option.param_type_name == "argument" or getattr(option, "help", None), (name, option)
