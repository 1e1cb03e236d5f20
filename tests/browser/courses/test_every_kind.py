"""Every kind of question in a real LMS, in both standards: by clicks and by keys alone, left half-way and
taken up again, with a pre-test, a question that must be right, and another draw."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.courses.every_kind import ANSWERS, MUST, TOLD, Walk, packages
from tests.browser.courses.other_lms import OtherLms, in_the_course
from tests.browser.play.learner import Learner
from tests.browser.serving import Player
from tests.browser.ways import ByClicks, ByKeys

pytestmark = pytest.mark.browser
FORMS = tuple(TOLD)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return packages(tmp_path_factory.mktemp("every-kind"))


@pytest.fixture(scope="module")
def player(players: Callable[[str], Player], built: dict[str, Path]) -> Player:
    running = players("scorm2004")
    running.run("import", *map(str, built.values()))
    return running


class Somebody:
    """A learner who opens the course again and again, each time on another device."""

    def __init__(self, browser: Browser, link: str, way: type[ByClicks]) -> None:
        self.browser, self.link, self.way = browser, link, way
        self.context: BrowserContext | None = None

    def opens(self) -> Walk:
        self.context = self.browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
        self.at = Learner(self.context, self.link)
        self.at.sco.wait_for_selector("[data-current]")
        return Walk(self.at.sco, self.way(self.at.page))

    def leaves(self) -> None:
        self.at.press("suspendAll")
        self.at.saved()
        assert self.context
        self.context.close()


def interactions(record: dict[str, Any]) -> list[dict[str, Any]]:
    [activity] = record["attempts"][0]["activities"]
    found: list[dict[str, Any]] = activity["interactions"]
    return found


FULL = pytest.mark.full


@pytest.mark.parametrize(
    ("form", "way"),
    [
        ("scorm12", ByKeys),
        ("scorm2004", ByClicks),
        pytest.param("scorm12", ByClicks, marks=FULL),
        pytest.param("scorm2004", ByKeys, marks=FULL),
    ],
)
def test_every_kind_is_taken_left_gone_on_with_and_passed(
    player: Player, browser: Browser, form: str, way: type[ByClicks]
) -> None:
    course, learner = f"every-kind-{form}", way.__name__
    somebody = Somebody(browser, player.link(course, learner), way)

    walk = somebody.opens()
    walk.press("[data-offer] a")
    walk.press("[data-pre-test]")
    tested = walk.asked()
    for question in walk.open_questions():
        walk.answer(question)
    walk.press("[data-submit]")
    expect(walk.frame.locator("#pre-test\\. h1")).to_have_text("You know 1 of 1\u00a0topic already")
    walk.press("#pre-test\\. .closing a")
    walk.check("one", "all", "true", "pairs", "order")
    somebody.leaves()

    walk = somebody.opens()
    assert walk.screen == "kinds"
    for name in ("one", "all", "true", "pairs", "order"):
        assert walk.form(name).locator(".feedback[data-state=right]").count() == 1, name
    walk.check("gaps", "places", "minutes", "ready", "plan", "scene")
    walk.press("#kinds [data-onward]")
    assert walk.screen == "assessment.", "the other lesson is spared"
    walk.press("[data-questions]")
    first = walk.asked()
    numbers = walk.form("f-places").locator(".number").all_text_contents()
    assert numbers == ["1", "2", "3"], "no shuffle changes the order of places"
    for question in walk.open_questions():
        walk.answer(question, wrongly=question == MUST)
    walk.press("[data-submit]")
    result = walk.frame.locator("#results\\.")
    expect(result).to_contain_text("You got 9 of 10 (90%), which is enough.")
    expect(result).to_contain_text("Whom do you call?")
    walk.way.press(walk.frame.get_by_role("button", name="Try again now"))
    second = walk.asked()
    for number, question in enumerate(walk.open_questions()):
        walk.answer(question)
        if number == 4:
            break
    somebody.leaves()

    walk = somebody.opens()
    assert (walk.screen, walk.asked()) == ("questions.", second)
    for question in walk.open_questions():
        if question not in second[:5]:
            walk.answer(question)
    walk.press("[data-submit]")
    expect(walk.frame.locator("#results\\.")).to_contain_text("You passed")
    somebody.leaves()

    drawn = [{one for one in asked if one.startswith("g-")} for asked in (tested, first, second)]
    assert len(set.union(*drawn)) == 7, "three in the pre-test, then each time two that were not seen before"
    record = player.record(course, learner)
    assert (record["completion_status"], record["success_status"]) == ("completed", "passed")
    assert record["score"]["scaled"] == 1
    told = interactions(record)
    in_lesson = {one["id"]: (one["type"], one["learner_response"]) for one in told if one["id"] in TOLD[form]}
    assert in_lesson == TOLD[form]
    assert {one["result"] for one in told if one["id"] in ("ready", "plan")} == {"neutral"}
    missed = [one["id"] for one in told if one["result"] not in ("correct", "neutral")]
    assert missed == [MUST]
    assert [one["id"] for one in told[: len(tested)]] == [f"pre-test_{name}" for name in tested]


@pytest.mark.parametrize("form", [pytest.param("scorm12", marks=FULL), "scorm2004"])
def test_another_lms_keeps_every_kind(
    context: BrowserContext, page: Page, tmp_path: Path, built: dict[str, Path], form: str
) -> None:
    lms = OtherLms(tmp_path)
    try:
        lms.sign_up(context.request)
        told = lms.upload(context.request, built[form])
        [launch] = told["manifest"]["launches"]
        page.goto(lms.address + told["launch_url"] + f"?launch={launch['href']}")
        walk = Walk(in_the_course(page).frame, ByClicks(page))
        walk.press("[data-begin]")
        walk.check(*ANSWERS)

        has = TOLD[form]
        lms.comes_to(context.request, told["id"], launch["href"], lambda kept: answers(kept, form) == has)
    finally:
        lms.stop()


def answers(elements: dict[str, str], form: str) -> dict[str, tuple[str, str]]:
    """Type and response of each interaction that the other LMS has."""
    response = {"scorm12": "student_response", "scorm2004": "learner_response"}[form]
    ids = [name for name in elements if re.fullmatch(r"cmi\.interactions\.\d+\.id", name)]
    bases = [name.removesuffix(".id") for name in ids]
    return {
        elements[f"{base}.id"]: (elements.get(f"{base}.type", ""), elements.get(f"{base}.{response}", ""))
        for base in bases
    }
