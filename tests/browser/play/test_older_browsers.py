"""The play page in browsers that schools still have, some of them older, some with habits of their own."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.play.conftest import Take

pytestmark = pytest.mark.browser

WITHOUT = """
delete AbortSignal.timeout;
delete Element.prototype.ariaBusy;
delete window.navigation;
"""


def test_a_course_is_played_and_taken_over(take: Take, context: BrowserContext) -> None:
    """As on an iPad that stays with iOS 15, or in Firefox 115."""
    context.add_init_script(WITHOUT)
    taking = take("2004")
    first = taking.context.new_page()
    first.goto(taking.link)
    expect(first.locator("body")).to_have_attribute("aria-busy", "false")
    expect(first.locator("#sco")).to_be_visible()
    second = taking.context.new_page()
    second.goto(taking.link)
    expect(second.locator("body")).to_have_attribute("aria-busy", "false")
    expect(second.locator("#sco")).to_be_visible()
    assert taking.state == "running"
