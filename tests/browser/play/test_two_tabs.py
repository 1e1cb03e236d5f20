"""The same registration open twice: the later one goes on with everything, the earlier one is told."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Response, Route, expect

from tests.browser.play.conftest import Take
from tests.browser.play.learner import Learner
from tests.browser.play.packages import Part, talker

pytestmark = pytest.mark.browser
ELSEWHERE = "This course is open in another tab"


def again(learner: Learner) -> Learner:
    """The page loaded anew, its SCO begun."""
    learner.page.reload()
    learner.calm()
    learner.begin()
    return learner


def test_the_earlier_tab_hands_over_what_it_has_and_is_told(take: Take) -> None:
    enrolled = take("2004")
    first = enrolled.tab()
    first.begin()
    first.put("location", "from the first tab")
    second = enrolled.tab()
    second.begin()
    assert second.read("location") == "from the first tab"
    second.calm()
    first.says(ELSEWHERE)
    expect(first.page.locator("#sco")).to_have_count(0)
    expect(first.page.locator("#notice")).to_be_focused()
    expect(first.page.locator("#notice")).to_contain_text("Everything up to ")
    assert first.session == "suspended"
    assert second.put("location", "from the second tab") == "true"
    second.calm()
    first.page.get_by_role("button", name="Carry on here").click()
    first.page.wait_for_selector("#sco")
    first.calm()
    first.begin()
    assert first.read("location") == "from the second tab"
    second.says(ELSEWHERE)


def test_a_tab_that_was_taken_over_does_not_answer_for_the_one_that_runs(
    take: Take, context: BrowserContext
) -> None:
    """The third waits until the second has sent what it has, whatever the first says."""
    enrolled = take("2004")
    first = enrolled.tab()
    first.begin()
    second = enrolled.tab()
    second.begin()
    second.saved()
    first.says(ELSEWHERE)
    slow: list[Route] = []
    second.page.route("**/commit", lambda route: slow.append(route))
    second.put("location", "from the second tab")
    second.commit()
    page = context.new_page()
    with page.expect_response("**/deliver"):
        page.goto(enrolled.link)
        slow[0].continue_()
    third = Learner(context, "", page)
    third.begin()
    assert third.read("location") == "from the second tab"


def test_a_tab_that_waits_to_try_again_tries_at_once_when_another_comes(take: Take) -> None:
    """After four failures the pause is longer than the patience of the page that comes."""
    enrolled = take("2004")
    first = enrolled.tab()
    first.begin()
    first.saved()
    failures: list[Response] = []
    first.page.on("response", lambda answer: failures.append(answer) if answer.status == 502 else None)
    first.page.route("**/commit", lambda route: route.fulfill(status=502, body="a proxy's page"), times=4)
    first.put("location", "while the server restarted")
    first.commit()
    while len(failures) < 4:
        first.page.wait_for_event("response")
    second = enrolled.tab()
    second.begin()
    assert second.read("location") == "while the server restarted"


def test_the_earlier_device_is_told_at_its_next_commit_and_nothing_of_it_is_merged(take: Take) -> None:
    enrolled = take("2004")
    first = enrolled.tab()
    first.begin()
    first.commit()
    first.calm()
    second = enrolled.elsewhere()
    second.begin()
    second.put("location", "second")
    second.commit()
    second.calm()
    first.put("location", "first")
    first.commit()
    first.says(ELSEWHERE)
    assert first.journal() == {}, "the server keeps them, marked: nothing is left to send"
    assert again(second).read("location") == "second"


def test_a_device_that_comes_back_after_a_while_asks_how_things_stand(take: Take) -> None:
    enrolled = take("2004")
    first, second = enrolled.tab(), enrolled.elsewhere()
    second.begin()
    second.saved()
    first.page.evaluate("{ const now = Date.now; Date.now = () => now() + 60000 }")
    first.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    first.says(ELSEWHERE)


def test_a_device_that_was_offline_does_not_overwrite_the_other(take: Take, context: BrowserContext) -> None:
    enrolled = take("1.2")
    first = enrolled.tab()
    first.begin()
    first.calm()
    context.set_offline(True)
    first.put("cmi.suspend_data", "written on the train")
    first.says("You are offline.")
    second = enrolled.elsewhere()
    second.begin()
    second.put("cmi.suspend_data", "written at the desk")
    second.calm()
    context.set_offline(False)
    first.says(ELSEWHERE)
    assert again(second).read("cmi.suspend_data") == "written at the desk"


def test_fetching_the_link_takes_nothing_over(take: Take, context: BrowserContext) -> None:
    """Mail scanners open links."""
    enrolled = take("2004")
    learner = enrolled.tab()
    assert context.request.get(enrolled.link).ok
    learner.begin()
    learner.commit()
    learner.calm()
    assert learner.session == "running"


def test_eight_windows_lose_no_acknowledged_call_of_the_last(take: Take) -> None:
    enrolled = take("2004", Part("one", html=talker("2004")))
    windows: list[Learner] = []
    for at in range(8):
        windows.append(enrolled.tab())
        assert windows[-1].put(f"cmi.comments_from_learner.{at}.comment", f"window {at}") == "true"
    windows[-1].calm()
    for window in windows[:-1]:
        window.says(ELSEWHERE)
        window.page.close()
    last = again(windows[-1])
    said = [last.read(f"cmi.comments_from_learner.{at}.comment") for at in range(8)]
    assert said == [f"window {at}" for at in range(8)]
