"""A lesson is done when its pages were shown and its checks answered; Next names what is left open."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from courseware.blocks import Check, ContentNote, Page
from courseware.pages import Pages
from tests.browser.course.conftest import Launching
from tests.browser.course.learner import Learner
from tests.browser.course.lms import Lms
from tests.courseware.sample_pages import SECRET, sample

pytestmark = pytest.mark.browser


def strict() -> Pages:
    pages = sample()
    return replace(pages, lessons=tuple(replace(one, needs_answers=True) for one in pages.lessons))


def completion(lms_: Lms, lesson: str) -> str | None:
    at = next(n for n in range(9) if lms_.get(f"cmi.objectives.{n}.id") == lesson)
    return lms_.get(f"cmi.objectives.{at}.{'status' if lms_.form == 'scorm12' else 'completion_status'}")


def test_next_names_what_is_not_answered_and_goes_on_when_pressed_again(lms: Launching) -> None:
    lms_ = lms(strict())
    learner = Learner(lms_.launch())
    learner.frame.click("[data-begin]")
    learner.frame.click("[data-current] [data-onward]")
    assert learner.screen == "signs"
    note = learner.frame.locator("#signs [data-left-open]")
    assert "One question in this lesson is not answered yet: Question." in note.inner_text()
    assert completion(lms_, "signs") == "incomplete"
    note.locator("a").click()
    assert learner.question("possible-signs").locator(".ask:focus").count() == 1
    assert note.is_visible()
    learner.frame.click("[data-current] [data-onward]")
    assert learner.screen == "listen"
    assert completion(lms_, "signs") == "incomplete"
    assert not lms_.refused()


def test_a_lesson_is_done_once_its_checks_are_answered_rightly_or_not(lms: Launching) -> None:
    lms_ = lms(strict())
    learner = Learner(lms_.launch())
    learner.frame.click("[data-begin]")
    learner.frame.click("[data-current] [data-onward]")
    learner.check("possible-signs", "c")
    assert learner.frame.locator("#signs [data-left-open]").is_hidden()
    learner.frame.click("[data-current] [data-onward]")
    assert learner.screen == "listen"
    assert completion(lms_, "signs") == "completed"
    learner.frame.click("[data-current] [data-onward]")
    learner.check("promise-not-to-tell", "a")
    learner.frame.click("[data-current] [data-onward]")
    assert learner.screen == "assessment."
    assert learner.frame.locator("[data-questions]").is_visible()


def test_a_check_in_a_part_that_may_be_skipped_holds_nobody_up(lms: Launching) -> None:
    pages = strict()
    first = pages.lessons[0]
    note = ContentNote("<p>A sad story.</p>", (Check(replace(SECRET, id="hidden")),))
    quiet = replace(first, pages=(Page("", (note,)), first.pages[1]))
    lms_ = lms(replace(pages, lessons=(quiet, *pages.lessons[1:])))
    learner = Learner(lms_.launch())
    learner.frame.click("[data-begin]")
    learner.frame.click("[data-current] [data-onward]")
    assert learner.screen == "listen"
    assert completion(lms_, "signs") == "completed"


def test_what_was_read_before_checks_counted_stays_done(lms: Launching) -> None:
    lms_ = lms(strict())
    lms_.values["cmi.suspend_data"] = "1~listen.0~signs.3!listen.1~0.0.0~"
    learner = Learner(lms_.launch())
    assert completion(lms_, "signs") == "completed"
    assert completion(lms_, "listen") == "incomplete"
    lms_.leave()
    learner = Learner(lms_.launch())
    assert "1 of 2\u00a0lessons done" in (learner.frame.locator("[data-progress]").text_content() or "")
