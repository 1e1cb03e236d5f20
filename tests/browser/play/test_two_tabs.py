"""The same registration open twice: the later one goes on with everything, the earlier one is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.play.conftest import Course
from tests.browser.play.learner import Learner
from tests.browser.play.packages import Part, talker
from tests.browser.serving import Player

pytestmark = pytest.mark.browser
Another = Callable[[], BrowserContext]
ELSEWHERE = "This course is open in another tab"


def test_the_earlier_tab_hands_over_what_it_has_and_is_told(
    player: Player, course: Course, context: BrowserContext, learner_id: str
) -> None:
    link = player.link(course("2004"), learner_id)
    first = Learner(context, link)
    first.call("Initialize", "")
    first.call("SetValue", "cmi.location", "from the first tab")
    second = Learner(context, link)
    second.call("Initialize", "")
    assert second.call("GetValue", "cmi.location") == "from the first tab"
    second.calm()
    first.says(ELSEWHERE)
    expect(first.page.locator("#sco")).to_have_count(0)
    expect(first.page.locator("#notice")).to_be_focused()
    expect(first.page.locator("#notice")).to_contain_text("Everything up to ")
    assert first.session == "suspended"
    assert second.call("SetValue", "cmi.location", "from the second tab") == "true"
    second.calm()
    first.page.get_by_role("button", name="Carry on here").click()
    first.page.wait_for_selector("#sco")
    first.calm()
    first.call("Initialize", "")
    assert first.call("GetValue", "cmi.location") == "from the second tab"
    second.says(ELSEWHERE)


def test_a_tab_that_was_taken_over_does_not_answer_for_the_one_that_runs(
    player: Player, course: Course, context: BrowserContext, learner_id: str
) -> None:
    """The third waits until the second has sent what it has, whatever the first says."""
    link = player.link(course("2004"), learner_id)
    first = Learner(context, link)
    first.call("Initialize", "")
    second = Learner(context, link)
    second.call("Initialize", "")
    second.saved()
    first.says(ELSEWHERE)
    slow: list[Route] = []
    second.page.route("**/commit", lambda route: slow.append(route))
    second.call("SetValue", "cmi.location", "from the second tab")
    second.call("Commit", "")
    third = context.new_page()
    with third.expect_response("**/deliver"):
        third.goto(link)
        slow[0].continue_()
    tab = Learner(context, "", third)
    tab.call("Initialize", "")
    assert tab.call("GetValue", "cmi.location") == "from the second tab"


def test_the_earlier_device_is_told_at_its_next_commit_and_nothing_of_it_is_merged(
    player: Player,
    course: Course,
    context: BrowserContext,
    another: Callable[[], BrowserContext],
    learner_id: str,
) -> None:
    link = player.link(course("2004"), learner_id)
    first = Learner(context, link)
    first.call("Initialize", "")
    first.call("Commit", "")
    first.calm()
    second = Learner(another(), link)
    second.call("Initialize", "")
    second.call("SetValue", "cmi.location", "second")
    second.call("Commit", "")
    second.calm()
    first.call("SetValue", "cmi.location", "first")
    first.call("Commit", "")
    first.says(ELSEWHERE)
    assert first.journal() == {}, "the server keeps them, marked: nothing is left to send"
    second.page.reload()
    second.calm()
    second.call("Initialize", "")
    assert second.call("GetValue", "cmi.location") == "second"


def test_a_device_that_comes_back_after_a_while_asks_how_things_stand(
    player: Player, course: Course, context: BrowserContext, another: Another, learner_id: str
) -> None:
    link = player.link(course("2004"), learner_id)
    first = Learner(context, link)
    second = Learner(another(), link)
    second.call("Initialize", "")
    second.saved()
    first.page.evaluate("{ const now = Date.now; Date.now = () => now() + 60000 }")
    first.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    first.says(ELSEWHERE)


def test_a_device_that_was_offline_does_not_overwrite_the_other(
    player: Player, course: Course, context: BrowserContext, another: Another, learner_id: str
) -> None:
    link = player.link(course("1.2"), learner_id)
    first = Learner(context, link)
    first.call("LMSInitialize", "")
    first.calm()
    context.set_offline(True)
    first.call("LMSSetValue", "cmi.suspend_data", "written on the train")
    first.says("You are offline.")
    second = Learner(another(), link)
    second.call("LMSInitialize", "")
    second.call("LMSSetValue", "cmi.suspend_data", "written at the desk")
    second.calm()
    context.set_offline(False)
    first.says(ELSEWHERE)
    second.page.reload()
    second.calm()
    second.call("LMSInitialize", "")
    assert second.call("LMSGetValue", "cmi.suspend_data") == "written at the desk"


def test_fetching_the_link_takes_nothing_over(
    player: Player, course: Course, context: BrowserContext, learner_id: str
) -> None:
    """Mail scanners open links."""
    link = player.link(course("2004"), learner_id)
    learner = Learner(context, link)
    assert context.request.get(link).ok
    learner.call("Initialize", "")
    learner.call("Commit", "")
    learner.calm()
    assert learner.session == "running"


def test_eight_windows_lose_no_acknowledged_call_of_the_last(
    player: Player, course: Course, context: BrowserContext, learner_id: str
) -> None:
    link = player.link(course("2004", Part("one", html=talker("2004"))), learner_id)
    windows = []
    for at in range(8):
        windows.append(Learner(context, link))
        windows[-1].call("SetValue", f"cmi.comments_from_learner.{at}.comment", f"window {at}")
    windows[-1].calm()
    for window in windows[:-1]:
        window.says(ELSEWHERE)
        window.page.close()
    windows[-1].page.reload()
    windows[-1].calm()
    said = [windows[-1].call("GetValue", f"cmi.comments_from_learner.{at}.comment") for at in range(8)]
    assert said == [f"window {at}" for at in range(8)]
