"""What every test may ask for: the shared folder beside the project, and one real browser a worker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests import chance, chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Playwright

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def pytest_configure(config: pytest.Config) -> None:
    """Chance gets all its examples in the full product."""
    chance.prepare(in_full=config.option.markexpr != "not full")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Where several processes run the tests."""
    from tests.spreading import ByFile

    return ByFile(config, log)


def shared(part: str) -> Path:
    """A folder of the public vectors and schemas beside the project, or a skip that says it is not there."""
    path = SHARED / part
    if not path.exists():
        pytest.skip(f"../shared/{part} is not beside this checkout")
    return path


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright's driver, started once a worker."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A real Chromium, started once a worker; every test takes a context of its own."""
    browser = chromium.start(playwright)
    yield browser
    browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser with no cookies and an empty storage."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab that fails its test where a script throws; afterwards, as an error raised while Playwright tells
    an event ends Playwright for all tests that follow."""
    thrown: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: thrown.append(str(error)))
    yield page
    assert thrown == []
