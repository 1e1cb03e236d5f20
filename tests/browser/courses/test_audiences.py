"""Our courses, taken by each of the audiences that they are for: from the first page to the pass."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.courses.conftest import COURSES
from tests.browser.courses.taking import Course, Taker
from tests.browser.play.learner import Learner
from tests.browser.serving import Player

pytestmark = [pytest.mark.browser, pytest.mark.full]
CHILD_ON_CHILD, CHILD_PROTECTION = "child-on-child-abuse", "child-protection"
# The packages, and the lesson of the audience's own.
VARIANTS = {
    "child-on-child-abuse": (CHILD_ON_CHILD, "the-weeks-after"),
    "child-on-child-abuse-governors": (CHILD_ON_CHILD, "what-governors-ask"),
    "child-on-child-abuse-staff-wales": (CHILD_ON_CHILD, "the-weeks-after"),
    "child-on-child-abuse-governors-wales": (CHILD_ON_CHILD, "what-governors-ask"),
    "child-protection-governors": (CHILD_PROTECTION, "what-governors-do"),
    "child-protection-volunteers": (CHILD_PROTECTION, None),
}
OWN = {lesson for _, lesson in VARIANTS.values() if lesson}


@pytest.mark.parametrize("name", VARIANTS)
def test_each_audience_has_its_own_lesson_and_passes(
    player: Player,
    context: BrowserContext,
    learner: str,
    zips: Path,
    zips_of_abuse: Path,
    name: str,
    form: str,
) -> None:
    packages = zips if name.startswith(CHILD_PROTECTION) else zips_of_abuse
    course = player.course(packages / f"{name}.{form}.zip")
    assert course == name
    at = Learner(context, player.link(course, learner))
    taker = Taker(at.sco)
    taker.begin()
    seen = []
    while taker.screen() != "assessment.":
        seen.append(taker.screen())
        taker.onward()
    folder, own = VARIANTS[name]
    assert OWN & {*seen} == {own} - {None}

    source = Course(COURSES / folder)
    taker.frame.click("[data-questions]")
    assert len(taker.asked()) == 15
    taker.take_the_assessment(source, wrong=3)
    expect(taker.frame.locator("[data-screen='results.']")).to_contain_text("You passed")
    at.saved()
    record = player.record(course, learner)
    assert (record["completion_status"], record["success_status"]) == ("completed", "passed")


@pytest.mark.parametrize("variant", ["", "-governors-wales"])
def test_the_refresher_begins_with_what_is_new_and_is_passed(
    player: Player, context: BrowserContext, learner: str, zips_of_abuse: Path, variant: str, form: str
) -> None:
    course = player.course(zips_of_abuse / f"child-on-child-abuse-refresher{variant}.{form}.zip")
    assert course == f"child-on-child-abuse-refresher{variant}"
    at = Learner(context, player.link(course, learner))
    taker = Taker(at.sco)
    expect(taker.frame.locator("[data-current]")).to_contain_text("have completed “Child-on-child Abuse")
    taker.frame.locator(
        "[data-current] a:has-text('What is new'), [data-current] button:has-text('What is new')"
    ).click()
    assert taker.screen() == "what-is-new"
    while taker.screen() != "assessment.":  # click by click: of its questions some are more than a choice
        taker.onward()
    taker.take_the_assessment(Course(COURSES / CHILD_ON_CHILD), wrong=1)
    expect(taker.frame.locator("[data-screen='results.']")).to_contain_text("You passed")
    at.saved()
    record = player.record(course, learner)
    assert (record["completion_status"], record["success_status"]) == ("completed", "passed")
