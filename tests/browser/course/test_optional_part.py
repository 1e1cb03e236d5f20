"""A legal companion in the same package: passed by itself, and nothing of the main course needs it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.course.conftest import Launching
from tests.browser.course.lms import Lms
from tests.browser.course.test_pre_test import objectives
from tests.courseware.legislation import Provider

pytestmark = pytest.mark.browser
RESULT = "optional_gate-law"
STATUS = {
    "scorm12": ("cmi.core.lesson_status", "cmi.core.lesson_status", "cmi.core.score.raw"),
    "scorm2004": ("cmi.completion_status", "cmi.success_status", "cmi.score.scaled"),
}


def standing(lms_: Lms) -> tuple[str | None, ...]:
    return tuple(lms_.get(element) for element in STATUS[lms_.form])


def screen(lms_: Lms, name: str) -> None:
    expect(lms_.frame.locator("[data-current]")).to_have_attribute("id", name)


def answer(lms_: Lms, question: str, value: str) -> None:
    lms_.frame.locator(f"[data-question={question}] input[value={value}]").check()
    lms_.frame.locator("[data-current] [data-submit]").click()


@pytest.mark.both_standards
def test_the_main_course_is_passed_without_it_and_then_it_is_passed_by_itself(
    lms: Launching, tmp_path: Path, form: str
) -> None:
    plan = Provider(tmp_path).plans(legislation="optional")[form]
    lms_ = lms(plan.pages)
    frame = lms_.launch()
    offered = frame.locator(".start .fact", has_text="Gate Keeping: Legislation")
    expect(offered).to_contain_text("you do not need it to pass “Gate Keeping”")
    frame.locator("[data-begin]").click()
    expect(frame.locator("#at-your-gate .legislation a")).to_have_attribute("href", "#the-law-of-gates")
    frame.locator("#at-your-gate [data-onward]").click()
    frame.locator("[data-current] [data-questions]").click()
    answer(lms_, "morning", "b")
    screen(lms_, "results.")
    passed = {"scorm12": ("passed", "passed", "100"), "scorm2004": ("completed", "passed", "1")}[form]
    assert standing(lms_) == passed
    held = objectives(lms_)
    assert not {*held[RESULT].values()} & {"passed", "completed"}

    frame.locator("#results\\. .again a").click()
    screen(lms_, "the-law-of-gates")
    frame.locator("#the-law-of-gates [data-onward]").click()
    frame.locator("[data-current] [data-questions]").click()
    frame.locator("[data-question=premises] input[value=a]").check()
    lms_.leave()

    frame = lms_.launch()
    screen(lms_, "gate-law.questions.")
    assert frame.locator("[data-question=premises] input[value=a]").is_checked()
    frame.locator("[data-current] [data-submit]").click()
    screen(lms_, "gate-law.results.")
    expect(frame.locator("[data-current]")).to_contain_text("Not passed yet")
    assert standing(lms_) == passed
    assert "failed" in objectives(lms_)[RESULT].values()
    frame.get_by_role("button", name="Try again now").click()
    answer(lms_, "premises", "b")
    expect(frame.locator("[data-current]")).to_contain_text("You passed")
    expect(frame.locator("[data-current]")).to_contain_text("does not change your result in “Gate Keeping”")
    assert "passed" in objectives(lms_)[RESULT].values()
    assert standing(lms_) == passed
    assert lms_.refused() == []


def test_who_comes_from_a_package_without_it_keeps_all_and_may_go_back(
    lms: Launching, tmp_path: Path, form: str
) -> None:
    provider = Provider(tmp_path)
    lms_ = lms(provider.plans(legislation="separate")[form].pages)
    frame = lms_.launch()
    frame.locator("[data-begin]").click()
    frame.locator("#at-your-gate [data-onward]").click()
    lms_.leave()
    for word in ("optional", "left out", "optional"):
        other = Lms(lms_.page, form, provider.plans(legislation=word)[form].pages, values=lms_.values)
        frame = other.launch()
        screen(other, "assessment.")
        assert frame.locator("[data-lesson=at-your-gate]").first.get_attribute("data-state") == "done"
        if word == "optional":
            frame.evaluate("document.querySelector('[data-lesson=the-law-of-gates] a').click()")
            frame.locator("#the-law-of-gates [data-onward]").click()
            frame.locator(".bar .title").click()
            frame.evaluate("document.querySelector(\"[data-lesson='assessment.'] a\").click()")
        other.leave()
        lms_ = other
