"""The public conformance vectors, played before the real page of a running player."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.play.suite import Suite, package_of
from tests.browser.serving import Player
from tests.conftest import SHARED, shared

pytestmark = pytest.mark.browser
ALWAYS = ("API", "DMB", "DMI-part")


def vectors() -> list[Any]:
    """Those about the page's own run-time data always, the others in the full product."""
    index = SHARED / "conformance" / "index.json"
    listed = json.loads(index.read_text())["vectors"] if index.exists() else []
    known = {one["id"]: one for one in listed}
    rest = [pytest.param(name, one, marks=pytest.mark.full, id=name) for name, one in known.items()]
    always = [pytest.param(name, known.get(name, {}), id=name) for name in ALWAYS]
    return [*always, *(one for one in rest if one.id not in ALWAYS)]


@pytest.fixture(scope="module")
def imported(player: Player, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    known: dict[str, str] = {}

    def course(package: str) -> str:
        if package not in known:
            folder = tmp_path_factory.mktemp("suite")
            known[package] = player.course(package_of(shared("conformance"), package, folder))
        return known[package]

    return course


@pytest.mark.parametrize(("name", "listed"), vectors())
def test_the_page_agrees(
    player: Player,
    context: BrowserContext,
    imported: Callable[[str], str],
    name: str,
    listed: dict[str, Any],
) -> None:
    folder = shared("conformance")
    suite = Suite(folder, player, context, imported)
    for earlier in listed.get("runAfter", []):
        if (folder / "vectors" / f"{earlier}.json").exists():
            assert suite.play(earlier) == []
    assert suite.play(name) == []
