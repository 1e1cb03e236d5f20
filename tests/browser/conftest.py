"""A player for each worker, the browser's own run-time without one, and the standards of a course."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.runtime_page import open_runtime
from tests.browser.serving import Player
from tests.player.once import compiled_templates, quick_hashes

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


__all__ = ["compiled_templates", "quick_hashes"]
BOTH = ("scorm2004", "scorm12")
ONE = ("scorm2004", pytest.param("scorm12", marks=pytest.mark.full))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """In one standard, and in the other too where a test is marked as about what an LMS is told."""
    of = metafunc.definition
    is_named = any("form" in marker.args[0] for marker in of.iter_markers("parametrize"))
    if "form" in metafunc.fixturenames and not is_named:
        is_marked = of.get_closest_marker("both_standards") is not None
        metafunc.parametrize("form", BOTH if is_marked else ONE, scope="module")


@pytest.fixture(scope="session")
def player(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Player]:
    """One server for all tests that leave it running; each takes a learner of its own."""
    player = Player(tmp_path_factory.mktemp("player"))
    player.start()
    yield player
    player.stop()


@pytest.fixture(scope="module")
def runtime_page(browser: Browser) -> Iterator[Page]:
    """One page for all tests of a module: each session in it is its own object."""
    page = browser.new_page()
    open_runtime(page)
    yield page
    page.close()
