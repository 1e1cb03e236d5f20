"""Somebody takes the main course in one edition, it changes, and a year later they take its refresher."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import BrowserContext, Page, expect

from courseware.build import build
from courseware.options import BuildOptions
from tests.browser.courses.other_lms import OtherLms, in_the_course
from tests.browser.courses.taking import Taker
from tests.browser.play.learner import Learner
from tests.browser.serving import Player
from tests.courseware.authoring import TODAY, Author
from tests.courseware.refreshed import BANK, refresh

pytestmark = pytest.mark.browser
QUESTIONS: dict[str, Any] = yaml.safe_load(BANK)["questions"]


@pytest.fixture(scope="module")
def player(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Player]:
    player = Player(tmp_path_factory.mktemp("player"))
    player.start()
    yield player
    player.stop()


def package(course: Path, form: str, out: Path) -> Path:
    (one,) = build([course], BuildOptions(TODAY, (form,), out=out))
    (zipped,) = one.packages
    return zipped


def right(question: str) -> str:
    """The letters of its right answers."""
    asked = QUESTIONS[question]
    if "this is" in asked:
        return "a" if asked["this is"] else "b"
    options = asked.get("choose one") or asked["choose all"]
    return "".join(letter for letter, option in zip("abc", options, strict=False) if "right" in option)


def answer(taker: Taker) -> list[str]:
    """All that is asked, rightly, and hand it in."""
    asked = taker.asked()
    for at, name in enumerate(asked):
        taker.frame.click(f"[data-to='{at}']")
        taker.choose(name, right(name))
    taker.frame.click("[data-submit]")
    return asked


def take(taker: Taker) -> None:
    """The refresher: what is known is skipped, and what has changed is shown."""
    start = taker.frame.locator("#start\\.")
    expect(start).to_contain_text("For people who have completed “Gate Duty”.")
    expect(start.locator("[data-begin]")).to_have_text("Take the pre-test")
    taker.begin()
    taker.frame.click("[data-pre-test]")
    assert {*answer(taker)} == {"who", "badge", "van"}, "what has changed is not asked of who cannot know it"
    expect(taker.frame.locator("#pre-test\\.")).to_contain_text("You know 1 of 1 topic already")

    taker.frame.click("#pre-test\\. .closing a")
    assert taker.screen() == "what-is-new"
    new = taker.frame.locator("#what-is-new")
    expect(new).to_contain_text("This has changed in “Gate Duty” since its edition 2026.1")
    expect(new).to_contain_text("Ask a drone’s pilot for their name, too.")
    taker.onward()
    assert taker.screen() == "assessment.", "the lesson that is known is passed over"
    taker.frame.click("[data-questions]")
    assert "drone" in answer(taker), "everybody is asked what has changed"
    expect(taker.frame.locator("#results\\.")).to_contain_text("You passed")


def test_what_is_known_is_skipped_and_what_has_changed_is_shown(
    player: Player, context: BrowserContext, form: str, tmp_path: Path
) -> None:
    author = Author.at_work_on("gate-duty", tmp_path)
    main = player.course(package(author.course, form, tmp_path))
    at = Learner(context, player.link(main, form))
    taker = Taker(at.sco)
    taker.begin()
    taker.read_on()
    taker.frame.click("[data-questions]")
    answer(taker)
    expect(taker.frame.locator("#results\\.")).to_contain_text("You passed")
    at.press("suspendAll")
    at.saved()

    refresher = refresh(author)
    assert player.course(package(author.course, form, tmp_path)) == main
    course = player.course(package(refresher.course, form, tmp_path))
    at = Learner(context, player.link(course, form))
    taker = Taker(at.sco)
    take(taker)
    at.press("suspendAll")
    at.saved()

    record = player.record(course, form)
    assert (record["completion_status"], record["success_status"]) == ("completed", "passed")
    [activity] = record["attempts"][0]["activities"]
    told = [one["id"] for one in activity["interactions"]]
    assert sum(name.startswith("pre-test_") for name in told) == 3
    assert player.record(main, form)["success_status"] == "passed", "the main course stays passed"


@pytest.mark.full
def test_another_lms_plays_it_likewise(
    lms: OtherLms, context: BrowserContext, page: Page, form: str, tmp_path: Path
) -> None:
    refresher = refresh(Author.at_work_on("gate-duty", tmp_path))
    lms.sign_up(context.request)
    told = lms.upload(context.request, package(refresher.course, form, tmp_path))
    [launch] = told["manifest"]["launches"]
    page.goto(lms.address + told["launch_url"] + f"?launch={launch['href']}")
    take(in_the_course(page))
    status = {"scorm12": "cmi.core.lesson_status", "scorm2004": "cmi.success_status"}[form]
    lms.comes_to(context.request, told["id"], launch["href"], lambda kept: kept.get(status) == "passed")


@pytest.mark.full
@pytest.mark.parametrize("form", ["scorm2004"], scope="module")
def test_in_several_scos_the_lms_skips_what_is_known(
    player: Player, context: BrowserContext, form: str, tmp_path: Path
) -> None:
    refresher = refresh(Author.at_work_on("gate-duty", tmp_path))
    refresher.change("refresher/course.yaml", "minutes: 6", "structure: multi\nminutes: 6")
    refresher.change("refresher/course.yaml", "id: gate-duty-refresher", "id: gate-scos")
    course = player.course(package(refresher.course, form, tmp_path))
    at = Learner(context, player.link(course, form))
    taker = Taker(at.sco)
    expect(taker.frame.locator("#pre-test\\.")).to_contain_text("For people who have completed “Gate Duty”.")
    taker.frame.click("[data-pre-test]")
    answer(taker)
    for item in ("what-is-new", "final_questions"):
        taker.frame.get_by_role("button", name="Go on to the next part").click()
        at.page.wait_for_function("(item) => document.body.dataset.activity === item", arg=f"item-{item}")
        at.calm()
        taker = Taker(at.sco)
        if item == "what-is-new":
            taker.begin()
            taker.onward()
    taker.frame.click("[data-questions]")
    answer(taker)
    expect(taker.frame.locator("[data-screen='results.']")).to_contain_text("You passed")
    at.saved()
    assert player.record(course, form)["success_status"] == "passed"
