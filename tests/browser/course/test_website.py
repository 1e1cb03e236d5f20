"""The course as a website: served by any server, kept in the browser, printed whole."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from courseware.build import build
from tests.courseware.authoring import Author

pytestmark = pytest.mark.browser


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's word
        """Nothing is printed."""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Gate Duty, unpacked behind Python's own server."""
    author = Author.at_work_on("gate-duty", tmp_path)
    (built,) = build([author.course], author.options(formats=("web",)))
    (path,) = built.packages
    zipfile.ZipFile(path).extractall(tmp_path / "site")
    handler = partial(Quiet, directory=str(tmp_path / "site"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


def test_it_keeps_its_place_says_where_and_prints_all_lessons(page: Page, address: str) -> None:
    page.add_init_script("window.print = () => { window.printed = true; }")
    page.goto(address)
    expect(page.locator(".start")).to_contain_text("Nothing is recorded anywhere else")
    page.get_by_role("button", name="Print the whole course").click()
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    for title in ("Gate Duty", "Where to stand", "Say good morning"):
        expect(page.get_by_role("heading", name=title, exact=True).first).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.get_by_role("heading", name="Say good morning")).to_be_hidden()

    page.click("[data-begin]")
    page.click("[data-current] [data-onward]")
    badge = page.locator("[data-question=no-badge]")
    badge.locator(".option").first.click()
    badge.locator("[type=submit]").click()
    expect(badge.locator(".kept")).to_contain_text("Saved on this device")
    page.goto(address)
    expect(page.locator("#visitors")).to_be_visible()
    assert badge.locator("input").first.is_checked()
