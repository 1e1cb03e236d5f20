"""The play page in browsers that schools still have, some of them older, some with habits of their own."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.play.conftest import Take
from tests.browser.play.packages import BEFORE_UNLOAD, QUIET, Part
from tests.browser.play.test_nothing_is_lost import eventually

pytestmark = pytest.mark.browser

WITHOUT = """
delete AbortSignal.timeout;
delete Element.prototype.ariaBusy;
delete window.navigation;
delete window.SharedWorker;
"""
NOT_LATER = """
const soon = window.setTimeout;
window.setTimeout = (does, after = 0) => (after < 1000 ? soon(does, after) : 0);
"""
SILENT = """<script>
api.LMSInitialize("");
addEventListener("EVENT", (event) => event.isTrusted || api.LMSSetValue("cmi.core.lesson_location", "told"));
</script>"""


def test_a_course_is_played_and_taken_over(take: Take, context: BrowserContext) -> None:
    """As on an iPad that stays with iOS 15, or in Firefox 115."""
    context.add_init_script(WITHOUT)
    enrolled = take("2004")
    first = enrolled.context.new_page()
    first.goto(enrolled.link)
    expect(first.locator("body")).to_have_attribute("aria-busy", "false")
    expect(first.locator("#sco")).to_be_visible()
    second = enrolled.context.new_page()
    second.goto(enrolled.link)
    expect(second.locator("body")).to_have_attribute("aria-busy", "false")
    expect(second.locator("#sco")).to_be_visible()
    assert enrolled.state == "running"


def test_what_is_said_before_unload_leaves_at_once(take: Take, context: BrowserContext) -> None:
    """Firefox may end a page's scripts before `pagehide`, and well before a second is over."""
    context.add_init_script(NOT_LATER)
    enrolled = take("2004")
    learner = enrolled.tab()
    learner.begin()
    learner.put("location", "before the end")
    learner.page.evaluate("dispatchEvent(new Event('beforeunload'))")
    learner.calm()
    assert enrolled.resumed("location") == "before the end"


def test_a_worker_outlasts_the_page(take: Take, browser: Browser) -> None:
    """Firefox ends a process with its last page, while a SCO still speaks, unless a worker runs there."""
    enrolled = take("1.2")
    enrolled.tab()
    session = browser.new_browser_cdp_session()

    def outlasts() -> bool:
        running = session.send("Target.getTargets")["targetInfos"]
        return any(
            each["type"] == "shared_worker" and each["url"].startswith(enrolled.player.content)
            for each in running
        )

    assert eventually(outlasts)


def test_a_sco_that_saves_before_unload_is_warned_where_the_browser_does_not(take: Take) -> None:
    """An iPad closes a tab without `beforeunload`."""
    enrolled = take("1.2", Part("one", html=QUIET % BEFORE_UNLOAD))
    enrolled.tab().page.close(run_before_unload=False)
    assert eventually(lambda: enrolled.state == "suspended")
    assert enrolled.resumed("location") == "warned"


@pytest.mark.parametrize("event", ["pagehide", "unload"])
def test_a_page_that_is_kept_for_the_way_back_says_so_to_its_sco(take: Take, event: str) -> None:
    """WebKit keeps it, and the frame that is removed then goes in silence."""
    enrolled = take("1.2", Part("one", html=QUIET % SILENT.replace("EVENT", event)))
    learner = enrolled.tab()
    assert learner.read("location") == ""
    learner.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    assert eventually(lambda: enrolled.state == "suspended")
    assert enrolled.resumed("location") == "told"
