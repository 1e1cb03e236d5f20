"""The thread through everything: YAML, zip, player, browser, record, in both SCORM versions."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.courses.taking import Course, Taker
from tests.browser.play.learner import Learner
from tests.browser.serving import Player

pytestmark = pytest.mark.browser
Device = Callable[[], BrowserContext]


def sit_down(player: Player, device: Device, learner: str) -> tuple[Learner, Taker]:
    """A learner with their link on a device of its own."""
    at = Learner(device(), player.link("child-protection", learner))
    return at, Taker(at.sco)


def only_activity(record: dict[str, Any], attempt: int = -1) -> dict[str, Any]:
    [activity] = record["attempts"][attempt]["activities"]
    found: dict[str, Any] = activity
    return found


@pytest.mark.both_standards
def test_start_answer_leave_resume_elsewhere_and_pass(
    player: Player, device: Device, learner: str, child_protection: Course, form: str
) -> None:
    at, taker = sit_down(player, device, learner)
    taker.begin()
    taker.check("how-sure", "b")
    expect(taker.question("how-sure").locator("[data-feedback], .feedback").first).to_be_visible()
    taker.onward()
    taker.onward()
    at.press("suspendAll")
    at.says("You can stop here")
    record = player.record("child-protection", learner)
    assert (record["state"], record["completion_status"], record["score"]["raw"]) == (
        "suspended", "incomplete", None,
    )  # fmt: skip

    at, taker = sit_down(player, device, learner)
    assert taker.screen() == "signs-by-kind"
    assert taker.question("how-sure").locator("[value=b]").is_checked()
    taker.read_on()
    taker.take_the_assessment(child_protection)
    expect(taker.frame.locator("[data-screen='results.']")).to_contain_text("You passed")
    at.saved()
    record = player.record("child-protection", learner)
    assert (record["completion_status"], record["success_status"]) == ("completed", "passed")
    most = {"scorm12": 100, "scorm2004": 15}[form]
    assert (record["score"]["scaled"], record["score"]["raw"], record["score"]["max"]) == (1, most, most)
    told = {each["id"]: each for each in only_activity(record)["interactions"]}
    assert told["how-sure"]["result"] in ("incorrect", "wrong")
    final = [each for each in child_protection.final if each in told]
    assert len(final) == 15
    assert {told[each]["result"] for each in final} == {"correct"}
    between = {"scorm12": ",", "scorm2004": "[,]"}[form]
    for each in final:
        assert told[each]["type"] == "choice"
        assert told[each]["learner_response"] == between.join(child_protection.right(each))


def test_one_right_answer_too_few_fails_and_the_next_try_passes(
    player: Player, device: Device, learner: str, child_protection: Course, form: str
) -> None:
    at, taker = sit_down(player, device, learner)
    taker.begin()
    taker.read_on()
    taker.take_the_assessment(child_protection, wrong=4)
    expect(taker.frame.locator("[data-screen='results.']")).to_contain_text("Not passed yet")
    at.saved()
    record = player.record("child-protection", learner)
    assert (record["completion_status"], record["success_status"]) == ("completed", "failed")
    assert record["score"]["raw"] == {"scorm12": 73.33, "scorm2004": 11}[form]
    assert record["score"]["scaled"] < 0.8

    taker.frame.get_by_role("button", name="Try again now").click()
    taker.take_the_assessment(child_protection, wrong=3)
    expect(taker.frame.locator("[data-screen='results.']")).to_contain_text("You passed")
    at.saved()
    record = player.record("child-protection", learner)
    assert record["success_status"] == "passed"
    assert record["score"]["scaled"] == 0.8


def test_a_lesson_check_never_makes_a_score(player: Player, device: Device, learner: str) -> None:
    at, taker = sit_down(player, device, learner)
    taker.begin()
    taker.check("how-sure", "a")
    taker.read_on()
    at.saved()
    record = player.record("child-protection", learner)
    assert record["score"]["raw"] is None
    assert (record["completion_status"], record["success_status"]) == ("incomplete", "unknown")


def test_without_javascript_the_course_can_be_read_and_says_why_the_questions_cannot(
    player: Player, browser: Browser, zips: Path, form: str, tmp_path: Path
) -> None:
    zipfile.ZipFile(zips / f"child-protection.{form}.zip").extractall(tmp_path)
    context = browser.new_context(java_script_enabled=False)
    page: Page = context.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    expect(page.get_by_text("In the moment").first).to_be_visible()
    expect(page.get_by_text("the questions need scripts")).to_be_visible()
    context.close()
