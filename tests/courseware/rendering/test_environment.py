"""Compiled templates beside their sources, whatever became of them there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from jinja2 import DictLoader, Environment

from courseware.rendering.environment import TemplateCache

if TYPE_CHECKING:
    from pathlib import Path


def made(folder: Path, source: str = "{{ n }} of {{ total }}") -> str:
    environment = Environment(
        loader=DictLoader({"a": source}), bytecode_cache=TemplateCache(folder), autoescape=True
    )
    return environment.get_template("a").render(n=1, total=2)


@pytest.mark.parametrize("left", [0, 20, 0.5, 0.9, -1])
def test_what_was_cut_off_is_compiled_anew(tmp_path: Path, left: float) -> None:
    made(tmp_path)
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[: left if isinstance(left, int) else int(left * len(whole))])
    assert made(tmp_path) == "1 of 2"
    assert kept.read_bytes() == whole


def test_what_another_source_was_compiled_to_is_compiled_anew(tmp_path: Path) -> None:
    made(tmp_path)
    assert made(tmp_path, "only {{ n }}") == "only 1"


def test_where_nothing_can_be_kept_all_is_compiled_each_time(tmp_path: Path) -> None:
    no_folder = tmp_path / "file"
    no_folder.write_bytes(b"")
    assert made(no_folder) == made(no_folder) == "1 of 2"
