"""Child-on-child Abuse, taken by those for whom its variants are: from the first page to the pass."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.courses.conftest import COURSES
from tests.browser.courses.taking import Course, Taker
from tests.browser.play.learner import Learner
from tests.browser.serving import Player

pytestmark = [pytest.mark.browser, pytest.mark.full]
OWN = {"staff": ("the-weeks-after", "after"), "governors": ("what-governors-ask", "govern")}


@pytest.mark.parametrize("variant", ["staff", "governors", "staff-wales", "governors-wales"])
def test_each_audience_has_its_own_lesson_and_is_asked_about_it(
    player: Player, context: BrowserContext, learner: str, zips: Path, variant: str, form: str
) -> None:
    name = "-".join(["child-on-child-abuse", *([] if variant == "staff" else [variant])])
    course = player.course(zips / f"{name}.{form}.zip")
    assert course == name
    at = Learner(context, player.link(course, learner))
    taker = Taker(at.sco)
    taker.begin()
    seen = []
    while taker.screen() != "assessment.":
        seen.append(taker.screen())
        taker.onward()
    lesson, objective = OWN[variant.partition("-")[0]]
    assert [one for one, _ in OWN.values() if one in seen] == [lesson]

    source = Course(COURSES / "child-on-child-abuse")
    taker.frame.click("[data-questions]")
    about = [source.final[name]["about"] for name in taker.asked()]
    assert len(about) == 15
    assert about.count(objective) == 2
    taker.take_the_assessment(source, wrong=3)
    expect(taker.frame.locator("[data-screen='results.']")).to_contain_text("You passed")
    at.saved()
    record = player.record(course, learner)
    assert (record["completion_status"], record["success_status"]) == ("completed", "passed")


@pytest.mark.parametrize("variant", ["", "-governors-wales"])
def test_the_refresher_begins_with_what_is_new_and_is_passed(
    player: Player, context: BrowserContext, learner: str, zips: Path, variant: str, form: str
) -> None:
    course = player.course(zips / f"child-on-child-abuse-refresher{variant}.{form}.zip")
    assert course == f"child-on-child-abuse-refresher{variant}"
    at = Learner(context, player.link(course, learner))
    taker = Taker(at.sco)
    expect(taker.frame.locator("[data-current]")).to_contain_text("have completed “Child-on-child Abuse”")
    taker.frame.locator(
        "[data-current] a:has-text('What is new'), [data-current] button:has-text('What is new')"
    ).click()
    assert taker.screen() == "what-is-new"
    taker.read_on()
    taker.take_the_assessment(Course(COURSES / "child-on-child-abuse"), wrong=1)
    expect(taker.frame.locator("[data-screen='results.']")).to_contain_text("You passed")
    at.saved()
    record = player.record(course, learner)
    assert (record["completion_status"], record["success_status"]) == ("completed", "passed")
