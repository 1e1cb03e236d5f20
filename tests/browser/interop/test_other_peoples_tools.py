"""Packages by a packager from npm, speaking through wrappers from npm: only the page is ours."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.interop.conftest import Played
from tests.browser.serving import Player

pytestmark = [pytest.mark.browser, pytest.mark.full]
PACKAGES = ("simple-scorm-packager@0.2.7", "@gamestdio/scorm@0.1.3", "scorm-api-wrapper@0.0.2")
TITLE = "Löschen & “Retten”"
PACKER = """const [, , version, source, outputFolder, title] = process.argv;
require("simple-scorm-packager")({ version, source, title, organization: "A school", masteryScore: 70,
  startingPage: "index.html", package: { zip: true, outputFolder } }, () => {});"""
GAMESTDIO = """<!doctype html><meta charset="utf-8"><title>A page</title><script>var exports = {};</script>
<script src="wrapper.js"></script><script>
const { scorm } = exports;
const said = [scorm.initialize(), scorm.set("%s", "Chapter 3"), scorm.status("completed"),
  scorm.commit(), scorm.get("%s"), scorm.terminate()];</script>"""
SAW = """<!doctype html><title>A page</title><script>var module = { exports: {} };</script>
<script src="wrapper.js"></script><script>
const saw = module.exports;
saw.initialize();
const said = [saw.isConfigured(), saw.setScormValue("cmi.core.lesson_location", "Chapter 3"),
  saw.setScormValue("cmi.core.score.raw", 90), saw.setScormValue("cmi.core.lesson_status", "completed"),
  saw.commit(), saw.getScormValue("cmi.core.lesson_location"), saw.lmsFinish()];</script>"""
PLACE_12, PLACE = ("cmi.core.lesson_location",) * 2, ("cmi.location",) * 2
TYPESCRIPT = "@gamestdio/scorm/lib/index.js"
TOOLS = {
    "1.2 gamestdio": ("1.2", TYPESCRIPT, GAMESTDIO % PLACE_12),
    "2004.3 gamestdio": ("2004 3rd Edition", TYPESCRIPT, GAMESTDIO % PLACE),
    "2004.4 gamestdio": ("2004 4th Edition", TYPESCRIPT, GAMESTDIO % PLACE),
    "1.2 saw": ("1.2", "scorm-api-wrapper/saw.js", SAW),
}


@pytest.fixture(scope="module")
def npm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the packages, or a skip that says why not."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        pytest.skip("npm is not on this machine")
    folder = tmp_path_factory.mktemp("npm")
    (folder / "package.json").write_text(json.dumps({"private": True}))
    command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", *PACKAGES]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"npm cannot fetch the packages: {done.stderr[-200:]}")
    (folder / "pack.js").write_text(PACKER)
    return folder


@pytest.mark.parametrize("tool", TOOLS)
def test_a_package_of_others(
    npm: Path, player: Player, context: BrowserContext, tmp_path: Path, tool: str
) -> None:
    version, wrapper, html = TOOLS[tool]
    source, target = tmp_path / "source", tmp_path / "zips"
    source.mkdir()
    shutil.copy(npm / "node_modules" / wrapper, source / "wrapper.js")
    (source / "index.html").write_text(html)
    subprocess.run(
        ["node", "pack.js", version, str(source), str(target), TITLE], cwd=npm, check=True, timeout=60
    )
    (zipped,) = target.glob("*.zip")
    told = json.loads(player.run("import", "--json", str(zipped)))[0]
    assert {problem["severity"] for problem in told["problems"]} <= {"warning"}
    played = Played(player, context, told["course"], tool.replace(" ", "-"))
    played.tab.saved()
    assert "Chapter 3" in played.tab.sco.evaluate("said")
    record = played.activity()
    assert record["title"] == TITLE
    assert record["completion_status"] == "completed"
    if "saw" in tool:
        assert (record["success_status"], record["score"]["raw"]) == (
            "passed",
            90,
        )  # the package's mark is 70
