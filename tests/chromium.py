"""Finds a Chromium for the browser tests, or brings one: `python -m tests.chromium`.

In this order: one that journeys find too, the system's packages, Playwright's own.
The shell without windows stands first, as it does in Playwright: the same engine, and a tab opens in a third
of the time.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from courseware.journeys.browser import chromium_here
from tests import fonts

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

SHELL = "chromium-headless-shell"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def start(playwright: Playwright, *more: str) -> Browser:
    """With the tests' own fonts, and what else a test needs it to be told."""
    return playwright.chromium.launch(
        executable_path=chromium_here(), args=[*FLAGS, *more], env={**os.environ, **fonts.environment()}
    )


def playwrights_own() -> bool:
    """Whether Playwright has downloaded its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


def by_package_manager(package: str) -> bool:
    """Try the system's, as root or with a sudo that asks nothing; True where the package is installed."""
    if shutil.which("apt-get") is None:
        return False
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", package]):
        try:
            done = subprocess.run(
                [*sudo, *command],
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
            )
        except FileNotFoundError:
            return False
        if done.returncode != 0:
            return False
    return True


def main() -> int:
    """Leave the machine with a Chromium, or say what to do."""
    if shutil.which(SHELL) or os.environ.get("CHROMIUM") or playwrights_own():
        return 0
    a_container = os.geteuid() == 0
    if (a_container and by_package_manager(SHELL)) or chromium_here() or by_package_manager("chromium"):
        return 0
    done = subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if done.returncode:
        sys.stderr.write("No Chromium: install one from your system's packages, or name it in CHROMIUM.\n")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
