"""Sample schools served by the real server, to browsers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState

from tests.player.served import Server, served
from tests.player.web.sample import LEARNING, PASSWORD, Sample, fill

SignedIn = Callable[..., Page]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture(scope="module")
def sample(server: Server) -> Sample:
    """The sample people have learned until now: the clock of the pages is the real one, and in the half hour
    before midnight it would not know yet what is done tomorrow."""
    server.lms.after(minutes=-LEARNING)
    return fill(server.lms)


@pytest.fixture(scope="module")
def cookies() -> dict[str, StorageState]:
    """Those of each person who has signed in to the module's server."""
    return {}


@pytest.fixture
def visits(
    browser: Browser, server: Server, sample: Sample, cookies: dict[str, StorageState]
) -> Iterator[SignedIn]:
    """A tab of somebody signed in; a script that throws, or that the policy stops, fails the test."""
    made: list[BrowserContext] = []
    wrong: list[str] = []

    def visit(who: str, **options: Any) -> Page:
        context = browser.new_context(
            base_url=f"http://{server.site}", locale="en-GB", storage_state=cookies.get(who), **options
        )
        made.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda told: wrong.append(told.text) if "Content Security" in told.text else None)
        if who:
            page.goto("/")
            if page.locator("#password").count():  # for the first time, or signed out meanwhile
                sign_in(page, who)
                cookies[who] = context.storage_state()
        return page

    yield visit
    for context in made:
        context.close()
    assert wrong == []


def sign_in(page: Page, who: str, password: str = PASSWORD) -> None:
    page.goto("/sign-in")
    page.fill("#email", f"{who}@example.org")
    page.fill("#password", password)
    page.click("main button")
    page.wait_for_selector(".menu")
