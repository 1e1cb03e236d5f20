"""The browser's interpreter in Chromium: the same vectors as the server's, and its answers to anything."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.browser.runtime_page import open_runtime, play
from tests.conftest import shared
from tests.player.runtime import own
from tests.player.runtime.conformance import disagreements

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("runtime")]


@pytest.fixture(scope="module")
def runtime_page(browser: Browser) -> Iterator[Page]:
    """One page for all of these tests: each session in it is its own object."""
    page = browser.new_page()
    open_runtime(page)
    yield page
    page.close()


@pytest.mark.parametrize("vector", ["API", "DMB", "DMI-part"])
def test_public_vector(runtime_page: Page, vector: str) -> None:
    assert disagreements(shared("conformance"), vector, partial(play, runtime_page)) == []


@pytest.mark.parametrize("name", own.NAMES)
def test_vector(runtime_page: Page, name: str) -> None:
    assert own.disagreements(name, partial(play, runtime_page)) == []
