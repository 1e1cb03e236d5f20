"""A real browser: Playwright's own Chromium, or the system's.

Nothing else of the compiler needs one, so that it is not installed with it.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from courseware.errors import CoursewareError

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The one without windows stands first: the same engine, and a page opens in a third of the time.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


class NoBrowserError(CoursewareError):
    """Says what to install."""

    def __init__(self, message: str) -> None:
        super().__init__(())
        self.message = message


def chromium_here() -> str | None:
    """The path of a Chromium: the one that CHROMIUM names, or one of the system's. None: Playwright's own."""
    if named := os.environ.get("CHROMIUM"):
        return named
    on_path = next((path for name in NAMES if (path := shutil.which(name))), None)
    return on_path or (str(MAC) if MAC.exists() else None)


@contextmanager
def started_browser() -> Iterator[Browser]:
    """Raises NoBrowserError where there is none."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise NoBrowserError(
            f"journeys are played in a browser by Playwright, which is not installed: "
            f"{sys.executable} -m pip install playwright"
        ) from None
    with sync_playwright() as playwright:
        path = chromium_here()
        try:
            browser = playwright.chromium.launch(executable_path=path)
        except Error as error:
            raise NoBrowserError(no_chromium(path, str(error))) from None
        try:
            yield browser
        finally:
            browser.close()


def no_chromium(path: str | None, error: str) -> str:
    if path is not None:
        first = next((line.strip() for line in error.splitlines() if line.strip()), "")
        return f"the browser {path} does not start: {first.partition(': ')[2] or first}"
    return (
        "there is no Chromium to play journeys in. Install your system's package “chromium”, name one in the "
        f"environment's CHROMIUM, or fetch Playwright's own: {sys.executable} -m playwright install chromium"
    )
