"""Our zip in somebody else's LMS: imported, taken in a browser, and the score read back from there."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.courses.other_lms import Calls, OtherLms, in_the_course
from tests.browser.courses.taking import Course

pytestmark = pytest.mark.browser
WORDS = {
    "scorm12": ("cmi.core.lesson_status", "cmi.core.score.raw", "cmi.core.score.max"),
    "scorm2004": ("cmi.success_status", "cmi.score.raw", "cmi.score.max"),
}


@pytest.mark.full
@pytest.mark.both_standards
def test_it_imports_plays_and_reports_the_score(
    lms: OtherLms, context: BrowserContext, page: Page, zips: Path, child_protection: Course, form: str
) -> None:
    lms.sign_up(context.request)
    told = lms.upload(context.request, zips / f"child-protection.{form}.zip")
    assert told["manifest"]["title"] == "Child Protection"
    [launch] = told["manifest"]["launches"]

    calls = Calls(page)
    page.goto(lms.address + told["launch_url"] + f"?launch={launch['href']}")
    taker = in_the_course(page)
    taker.begin()
    while taker.screen() != "assessment.":
        taker.onward()
        calls.settle()
    taker.take_the_assessment(child_protection, wrong=2, meanwhile=calls.settle)
    expect(taker.frame.locator("[data-screen='results.']")).to_contain_text("You passed")
    status, raw, highest = WORDS[form]

    def recorded() -> tuple[str | None, ...]:
        elements = lms.elements(context.request, told["id"], launch["href"])
        return tuple(elements.get(name) for name in (status, raw, highest))

    calls.settle()
    expected = {"scorm12": ("passed", "86.66", "100"), "scorm2004": ("passed", "13", "15")}[form]
    assert recorded() == expected
