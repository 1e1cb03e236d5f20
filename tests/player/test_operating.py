"""The guide for those who run the player names every command and setting, and none that there is not."""

from __future__ import annotations

import re
from pathlib import Path

from player.cli import cli

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
    used = {
        name
        for path in (ROOT / "player").rglob("*.py")
        for name in SETTING.findall(path.read_text(encoding="utf-8"))
    }
    assert set(SETTING.findall(GUIDE)) == used
