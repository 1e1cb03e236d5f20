"""What an LMS was told of a submitted try stands while the learner tries again."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.course.conftest import Launching
from tests.browser.course.learner import Learner
from tests.browser.course.test_status import WRONG, score, status

pytestmark = pytest.mark.browser


def test_a_fail_stands_until_the_next_try_is_handed_in(lms: Launching) -> None:
    """Incomplete until the assessment is submitted, afterwards passed or failed: never incomplete again."""
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.read_all()
    learner.take(WRONG)
    told = status(lms_), score(lms_)
    learner.frame.click("text=Try again now")
    assert (status(lms_), score(lms_)) == told
    lms_.leave()
    Learner(lms_.launch())
    assert (status(lms_), score(lms_)) == told
    if lms_.form == "scorm2004":
        assert lms_.get("cmi.progress_measure") == "1"


def test_the_way_back_from_the_next_try_shows_no_result_of_answers_that_are_gone(lms: Launching) -> None:
    learner = Learner(lms().launch())
    learner.read_all()
    learner.take(WRONG)
    learner.frame.click("[data-current] .again a")
    learner.frame.evaluate("history.back()")
    expect(learner.frame.locator("#results\\.[data-current]")).to_contain_text("You got 2 of 5")
    learner.frame.click("text=Try again now")
    expect(learner.frame.locator("[data-returns]")).to_be_hidden()
    learner.frame.evaluate("history.back()")
    expect(learner.frame.locator("#assessment\\.[data-current] [data-questions]")).to_be_visible()
