"""Contents and lessons while one is at something else: where the focus goes, and the way back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.course.conftest import Launching
from tests.browser.course.learner import Learner

pytestmark = pytest.mark.browser

CONTENTS = ".bar [data-opens=contents]"


def look_up(learner: Learner, screen: str) -> None:
    learner.frame.click(CONTENTS)
    learner.frame.click(f"#contents [data-contents='{screen}']")


def test_the_focus_goes_to_what_was_chosen_in_the_contents(lms: Launching) -> None:
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.frame.click(CONTENTS)
    learner.frame.press("#contents .shut", "Enter")
    expect(learner.frame.locator(CONTENTS)).to_be_focused()
    look_up(learner, lms_.pages.lessons[1].id)
    expect(learner.frame.locator("#contents")).to_be_hidden()
    expect(learner.frame.locator("[data-current] h1")).to_be_focused()


def test_leaving_from_help_gives_the_focus_to_what_is_said(lms: Launching) -> None:
    learner = Learner(lms().launch())
    learner.frame.click(".bar [data-opens=help]")
    learner.frame.click("[data-leave]")
    expect(learner.frame.locator("#stopped\\.h")).to_be_focused()


def leave(learner: Learner) -> str:
    learner.frame.click(".bar [data-opens=help]")
    learner.frame.click("[data-leave]")
    return learner.frame.inner_text("[data-stopped]").replace("\u00a0", " ")


def test_whoever_leaves_is_told_where_the_course_goes_on(lms: Launching) -> None:
    lms_ = lms()
    second = lms_.pages.lessons[1]
    learner = Learner(lms_.launch())
    learner.frame.click("[data-begin]")
    learner.frame.click("[data-current] [data-onward]")
    number, minutes = len(lms_.pages.lessons), f"about {second.minutes} minutes"
    told = f"1 of {number} lessons done. Next time, you carry on in “{second.title}”, {minutes}."
    assert leave(learner) == told


def test_whoever_leaves_the_final_questions_is_told_so(lms: Launching) -> None:
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.read_all()
    assert "Next time, you carry on in “Final questions”, about " in leave(learner)
    lms_.leave()
    learner = Learner(lms_.launch())
    learner.frame.click("[data-questions]")
    assert "Next time, you carry on in “Final questions”, about " in leave(learner)


def test_whoever_leaves_before_the_first_lesson_starts_there(lms: Launching) -> None:
    learner = Learner(lms().launch())
    assert leave(learner) == "You can close this window. Next time, you carry on where you left off."


def test_a_lesson_looked_up_leads_back_to_the_question(lms: Launching) -> None:
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.read_all()
    learner.frame.click("[data-questions]")
    learner.choose(learner.question("final-1"), "b")
    learner.frame.click("[data-turn='1']")
    look_up(learner, lms_.pages.lessons[0].id)
    learner.frame.click("[data-current] [data-onward]")
    learner.frame.click("text=Back to the final questions")
    expect(learner.question("final-2")).to_be_visible()
    expect(learner.frame.locator("[data-returns]")).to_be_hidden()


def test_the_way_back_to_the_questions_outlasts_the_sitting(lms: Launching) -> None:
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.read_all()
    learner.frame.click("[data-questions]")
    learner.choose(learner.question("final-1"), "b")
    look_up(learner, lms_.pages.lessons[0].id)
    lms_.leave()
    learner = Learner(lms_.launch())
    learner.frame.click("text=Back to the final questions")
    expect(learner.question("final-2")).to_be_visible()


def test_questions_under_way_are_not_offered_as_if_nothing_were_answered(lms: Launching) -> None:
    learner = Learner(lms().launch())
    learner.read_all()
    expect(learner.frame.locator("[data-questions]")).to_have_text("Start the questions")
    learner.frame.click("[data-questions]")
    learner.choose(learner.question("final-1"), "b")
    look_up(learner, "assessment.")
    expect(learner.frame.locator("[data-questions]")).to_have_text("Continue with the final questions")
    expect(learner.frame.locator("[data-current]")).to_contain_text("1 of 5 answered so far")
