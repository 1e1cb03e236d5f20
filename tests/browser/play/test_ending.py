"""Ending an attempt loses the place, so the learner is asked first; leaving never asks, and a SCO neither."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.play.conftest import Take
from tests.browser.play.packages import Part

pytestmark = pytest.mark.browser
PARTS = (Part("a", "Part a"), Part("b", "Part b"))


def asked(page: Page) -> str:
    """What the dialog says."""
    page.click("[data-nav=exitAll]")
    return page.get_by_role("dialog", name="End this attempt?").inner_text()


def test_staying_keeps_everything_as_it_is(take: Take) -> None:
    taking = take("2004", *PARTS)
    learner = taking.tab()
    learner.press("continue")
    learner.begin()
    learner.put("location", "4")
    told = asked(learner.page)
    assert "Your answers stay on your record." in told
    assert "Your place is lost: next time, you start from the beginning." in told
    expect(learner.page.locator("[data-cancel]")).to_be_focused()
    learner.page.click("[data-cancel]")
    asked(learner.page)
    learner.page.keyboard.press("Escape")
    expect(learner.page.get_by_role("dialog")).to_have_count(0)
    expect(learner.page.locator("[data-nav=exitAll]")).to_be_focused()
    assert (learner.session, learner.activity, learner.read("location")) == ("running", "b", "4")
    assert taking.state == "running"
    learner.page.set_viewport_size({"width": 390, "height": 844})
    learner.page.click("#toggle")
    for key in ("Enter", "Escape"):  # the first presses Cancel, which has the focus
        learner.page.click("#toggle")
        asked(learner.page)
        learner.page.keyboard.press(key)
        expect(learner.page.locator("#contents")).to_be_hidden()
        expect(learner.page.locator("#toggle")).to_be_focused()


@pytest.mark.parametrize(
    ("said", "kept", "title", "then"),
    [
        (
            {
                "cmi.success_status": "failed",
                "cmi.score.raw": "7",
                "cmi.score.max": "15",
                "cmi.score.scaled": "0.4666",
            },
            "Your result so far, 7 of 15 (46%), and your answers stay on your record.",
            "This attempt has ended",
            "Not passed yet, 7 of 15 (46%)",
        ),
        (
            {
                "cmi.success_status": "passed",
                "cmi.score.raw": "13",
                "cmi.score.max": "15",
                "cmi.score.scaled": "0.8667",
            },
            "You passed, 13 of 15 (86%). That stays on your record.",
            "You passed, 13 of 15 (86%)",
            "Your result is on record.",
        ),
    ],
)
def test_what_is_kept_and_what_happened_is_said(
    take: Take, said: dict[str, str], kept: str, title: str, then: str
) -> None:
    taking = take("2004")
    learner = taking.tab()
    learner.begin()
    for element, value in said.items():
        learner.put(element, value)
    learner.commit()
    learner.saved()
    assert kept in asked(learner.page)
    learner.page.click("[data-confirm]")
    learner.calm()
    expect(learner.page.get_by_role("heading", level=2)).to_have_text(title)
    learner.says(then)
    expect(learner.page.get_by_text("You can stop here")).to_have_count(0)
    expect(learner.page.get_by_role("button", name="Start again")).to_be_visible()
    assert taking.state == "ended"


def test_whoever_leaves_a_passed_course_is_not_sent_back_to_work(take: Take) -> None:
    learner = take("2004").tab()
    learner.begin()
    learner.put("cmi.success_status", "passed")
    learner.put("cmi.completion_status", "completed")
    learner.press("suspendAll")
    learner.says("You passed")
    learner.says("Your result is on record.")
    expect(learner.page.get_by_role("button", name="Look at the course again")).to_be_visible()
    expect(learner.page.get_by_role("button", name="Go back to the course")).to_have_count(0)


def test_a_request_of_the_course_is_not_asked_about(take: Take) -> None:
    learner = take("2004").tab()
    learner.begin()
    learner.put("adl.nav.request", "exitAll")
    learner.call("Terminate", "")
    learner.calm()
    assert learner.session == "ended"


def test_another_tab_takes_the_question_away(take: Take) -> None:
    taking = take("2004")
    first = taking.tab()
    asked(first.page)
    second = taking.tab()
    second.begin()
    second.commit()
    second.saved()
    first.says("This course is open in another tab")
    expect(first.page.get_by_role("dialog")).to_have_count(0)
