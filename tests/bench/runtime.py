"""SetValue and GetValue in the browser, ours against scorm-again's (npm), turn by turn in one page."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests import chromium
from tests.browser.runtime_page import open_runtime

if TYPE_CHECKING:
    from playwright.sync_api import Browser

OTHER = "package/dist/scorm-again.min.js"
MEASURE = Path(__file__).with_name("runtime_page.js")


def measure() -> dict[str, float]:
    """Microseconds a call and our ratio to theirs; nothing, and why, where npm cannot bring the other."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder:
        script = _scorm_again(Path(folder))
        if isinstance(script, str):
            sys.stderr.write(f"runtime: not compared with scorm-again: {script}\n")
            return {}
        with sync_playwright() as started:
            browser = chromium.start(started)
            figures = {
                label: figure
                for version in ("1.2", "2004")
                for label, figure in _compared(browser, version, script).items()
            }
            browser.close()
    return figures


def _scorm_again(folder: Path) -> Path | str:
    """The other engine's script, or why there is none."""
    npm = shutil.which("npm")
    if npm is None:
        return "npm is not installed"
    done = subprocess.run(
        [npm, "pack", "--silent", "scorm-again"], cwd=folder, capture_output=True, text=True, check=False
    )
    archives = list(folder.glob("*.tgz"))
    if done.returncode or not archives:
        return f"npm pack scorm-again failed ({done.stderr.strip()[-200:]})"
    with tarfile.open(archives[0]) as archive:
        archive.extract(OTHER, folder, filter="data")
    return folder / OTHER


def _compared(browser: Browser, version: str, script: Path) -> dict[str, float]:
    page = browser.new_page()
    open_runtime(page)
    page.add_script_tag(path=script)
    found = page.evaluate(MEASURE.read_text("utf-8").partition("\n")[2], version)
    page.close()
    figures: dict[str, float] = {}
    for verb, name in (("set", "SetValue"), ("get", "GetValue")):
        ours, theirs = found[verb]
        figures[f"runtime: {version} {name}, microseconds"] = ours
        figures[f"runtime: {version} {name}, scorm-again's microseconds"] = theirs
        figures[f"runtime: {version} {name}, ratio (bar 1)"] = ours / theirs
    return figures
