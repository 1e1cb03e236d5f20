"""Pages are shown in the tests' own fonts, whatever is on the machine."""

from __future__ import annotations

import sys

import pytest
from playwright.sync_api import Page

from tests import fonts
from tests.conftest import ROOT

pytestmark = pytest.mark.browser
LINES = """
<p class="head" style="font-family: var(--head)">Head</p>
<p class="text" style="font-family: var(--text)">Text</p>
<p class="ui" style="font-family: var(--ui)">Ui</p>
<p class="code" style="font-family: monospace">Code</p>"""


def shown(page: Page) -> dict[str, set[str]]:
    """The families that each line is set in."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]

    def families(selector: str) -> set[str]:
        node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
        used = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        return {font["familyName"] for font in used}

    return {name: families(f".{name}") for name in ("head", "text", "ui", "code")}


@pytest.mark.skipif(sys.platform != "linux", reason="fontconfig is Linux's")
def test_the_fonts_are_the_tests_own(page: Page) -> None:
    tokens = (ROOT / "courseware/static/tokens.css").read_text()
    page.set_content(f"<style>{tokens}</style>{LINES}")
    for font in (fonts.WIDE, fonts.NARROW):
        if font != fonts.WIDE:
            fonts.use(page, font)
        assert shown(page) == {"head": {font}, "text": {font}, "ui": {font}, "code": {fonts.MONOSPACED}}
