"""Browsers keep our own scripts and styles for a year, so their addresses change when one of them does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from courseware import tokens
from player.web import pages, play


@pytest.mark.parametrize("part", ["pages", "play"])
def test_a_change_of_any_file_changes_every_address(
    part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = {"pages": pages, "play": play}[part]
    folder = shutil.copytree(module.STATIC, tmp_path / "static")
    colours = shutil.copy(tokens.FILE, tmp_path)
    monkeypatch.setattr(module, "STATIC", folder)
    monkeypatch.setattr(tokens, "FILE", Path(colours))
    known = {module._fingerprint()}
    files = [Path(colours), *(path for path in folder.iterdir() if path.is_file())]
    assert files
    for path in files:
        path.write_bytes(path.read_bytes() + b"\n")
        known.add(module._fingerprint())
    assert len(known) == 1 + len(files)
