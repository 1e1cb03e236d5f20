"""A course whose legislation is separate, then an optional part of its package, then left out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from courseware.build import build
from courseware.reading.suspend_data import read_suspend_data
from tests.browser.courses.other_lms import OtherLms, in_the_course
from tests.browser.courses.taking import Course, Taker
from tests.browser.play.learner import Learner
from tests.browser.serving import Player
from tests.conftest import ROOT
from tests.courseware.legislation import MAIN, Provider

pytestmark = pytest.mark.browser
LAW = "gate-law"


@pytest.fixture(scope="module")
def player(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Player]:
    player = Player(tmp_path_factory.mktemp("player"))
    player.start()
    yield player
    player.stop()


def package(provider: Provider, form: str, word: str, course: str = MAIN) -> Path:
    (one,) = build([provider.folder / course], provider.options(formats=(form,), legislation=word))
    (zipped,) = one.packages
    return zipped


def evidence(player: Player, learner: str) -> list[str]:
    """The courses that the player has evidence of."""
    asked = """SELECT evidence.course_id FROM evidence
      JOIN registration ON registration.id = registration_id
      JOIN enrolment ON enrolment.id = enrolment_id
      JOIN membership ON membership.person_id = enrolment.person_id
      WHERE voided IS NULL AND staff_id = ? ORDER BY evidence.recorded"""
    with closing(sqlite3.connect(player.folder / "data" / "player.db")) as database:
        return [course for (course,) in database.execute(asked, [learner])]


def hand_in(taker: Taker, question: str, prefix: str = "") -> None:
    taker.frame.click(f"#{prefix}assessment\\. [data-questions]")
    taker.choose(question, "b")
    taker.frame.click("[data-current] [data-submit]")
    expect(taker.frame.locator(f"#{prefix}results\\.")).to_contain_text("You passed")


def pass_the_part(taker: Taker) -> None:
    taker.frame.click("#results\\. .again a")
    expect(taker.frame.locator("#the-law-of-gates")).to_be_visible()
    taker.onward()
    hand_in(taker, "premises", f"{LAW}\\.")


@pytest.mark.both_standards
def test_one_learner_goes_through_all_three_and_keeps_everything(
    player: Player, context: BrowserContext, form: str, tmp_path: Path
) -> None:
    provider, learner = Provider(tmp_path), f"ann-{form}"
    course = player.course(package(provider, form, "separate"))
    at = Learner(context, player.link(course, learner))
    taker = Taker(at.sco)
    expect(taker.frame.locator("#start\\.")).to_contain_text(
        "in a course of its own, “Gate Keeping: Legislation”"
    )
    taker.begin()
    taker.onward()
    at.press("suspendAll")
    at.saved()

    assert player.course(package(provider, form, "optional")) == course
    at = Learner(context, player.link(course, learner))
    taker = Taker(at.sco)
    assert taker.screen() == "assessment.", "the place is kept"
    hand_in(taker, "morning")
    at.saved()
    record = player.record(course, learner)
    assert (record["success_status"], record["score"]["scaled"]) == ("passed", 1)
    assert evidence(player, learner) == [course]
    pass_the_part(taker)
    at.press("suspendAll")
    at.saved()
    assert evidence(player, learner) == [course, LAW]
    after = player.record(course, learner)
    assert [after[key] for key in ("success_status", "score", "completed")] == [
        record[key] for key in ("success_status", "score", "completed")
    ]

    assert player.course(package(provider, form, "left out")) == course
    at = Learner(context, player.link(course, learner))
    expect(Taker(at.sco).frame.locator("body")).not_to_contain_text("Legislation")
    assert player.record(course, learner)["success_status"] == "passed"
    assert evidence(player, learner) == [course, LAW]


@pytest.mark.full
def test_another_lms_keeps_the_state_of_the_part_and_hears_of_the_course_alone(
    lms: OtherLms, context: BrowserContext, page: Page, form: str, tmp_path: Path
) -> None:
    lms.sign_up(context.request)
    told = lms.upload(context.request, package(Provider(tmp_path), form, "optional"))
    [launch] = told["manifest"]["launches"]
    page.goto(lms.address + told["launch_url"] + f"?launch={launch['href']}")
    taker = in_the_course(page)
    taker.begin()
    taker.onward()
    hand_in(taker, "morning")
    pass_the_part(taker)
    whole = {"scorm12": "cmi.core.lesson_status", "scorm2004": "cmi.success_status"}[form]

    def is_so(kept: dict[str, str]) -> bool:
        state = read_suspend_data(kept.get("cmi.suspend_data", ""))
        return kept.get(whole) == "passed" and state is not None and LAW in state.optional

    kept = lms.comes_to(context.request, told["id"], launch["href"], is_so)
    assert [kept[f"cmi.interactions.{at}.id"] for at in (0, 1)] == ["morning", "premises"]
    state = read_suspend_data(kept["cmi.suspend_data"])  # this LMS has no list of objectives
    assert state is not None
    assert (state.best, state.optional[LAW].best) == (100, 100)


@pytest.mark.full
def test_child_protection_is_passed_without_its_legislation_and_then_with_it(
    player: Player, context: BrowserContext, form: str, tmp_path: Path
) -> None:
    courses = ROOT / "course_src" / "courses"
    folder = courses / "child-protection"
    options = Provider(tmp_path).options(formats=(form,), legislation="optional")
    (one,) = build([folder], options)
    course = player.course(next(path for path in one.packages if path.name == f"child-protection.{form}.zip"))
    at = Learner(context, player.link(course, form))
    taker = Taker(at.sco)
    taker.begin()
    taker.read_on()
    taker.take_the_assessment(Course(folder))
    expect(taker.frame.locator("#results\\.")).to_contain_text("You passed")
    at.saved()
    assert evidence(player, form) == [course]
    taker.frame.click("#results\\. .again a")
    law = "child-protection-legislation"
    while taker.screen() != f"{law}.assessment.":
        taker.onward()
    taker.frame.click(f"#{law}\\.assessment\\. [data-questions]")
    known = Course(courses / law)
    asked = taker.frame.locator(f"#{law}\\.questions\\. .question:not([hidden])")
    names = asked.evaluate_all("(forms) => forms.map((form) => form.dataset.question)")
    assert len(names) == 10
    for at_question, name in enumerate(names):
        taker.frame.click(f"[data-current] [data-to='{at_question}']")
        taker.choose(name, known.right(name))
    taker.frame.click("[data-current] [data-submit]")
    expect(taker.frame.locator(f"#{law}\\.results\\.")).to_contain_text("You passed")
    at.saved()
    assert evidence(player, form) == [course, law]
