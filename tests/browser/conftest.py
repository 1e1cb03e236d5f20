"""The browser's own run-time, without a server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.runtime_page import open_runtime

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def runtime_page(browser: Browser) -> Iterator[Page]:
    """One page for all tests of a module: each session in it is its own object."""
    page = browser.new_page()
    open_runtime(page)
    yield page
    page.close()
