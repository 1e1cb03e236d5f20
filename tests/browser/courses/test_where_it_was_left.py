"""The site says where somebody left a real course: lesson, lessons done, minutes left, in both formats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from player.importing import import_package
from player.records import schools
from player.school.accounts import set_password
from tests.browser.accessible import faults
from tests.browser.courses.taking import Course, Taker
from tests.browser.play.learner import Learner
from tests.browser.site.conftest import sign_in
from tests.browser.site.test_look import sideways
from tests.player import staff
from tests.player.served import Server, served
from tests.player.web.sample import PASSWORD

pytestmark = pytest.mark.browser
LESSON_2 = "Lesson 2, Signs of harm"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, zips: Path, form: str) -> Iterator[Server]:
    """Both courses for one learner who can sign in."""
    with served(tmp_path_factory.mktemp("left")) as running:
        lms = running.lms
        for course in ("child-protection", "child-protection-legislation"):
            zipped = zips / f"{course}.{form}.zip"
            import_package(lms.database, lms.settings.packages, zipped, lms.now)
        with lms.database.writing() as tx:
            school = schools.school_named(tx, "Northfield Academy").id
            ada = staff.add(tx, school, "Ada Example", "ada@example.org", "ada")
            set_password(ada.person, PASSWORD)
            both = ["child-protection", "child-protection-legislation"]
            staff.enrol(tx, [ada], both, lms.now)
        yield running


@pytest.fixture
def home(server: Server, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(base_url=f"http://{server.site}", locale="en-GB")
    page = context.new_page()
    sign_in(page, "ada")
    page.goto("/training")
    yield page
    context.close()


def play(home: Page) -> tuple[Learner, Taker]:
    home.goto("/training")
    home.get_by_role("button", name="Child Protection", exact=False).first.click()
    home.wait_for_url("**/play/**")
    at = Learner(home.context, "", home)
    return at, Taker(at.sco)


def leave(at: Learner, home: Page) -> None:
    at.press("suspendAll")
    home.goto("/training")


def test_the_panel_follows_the_lessons(home: Page, form: str) -> None:
    at, taker = play(home)
    taker.begin()
    taker.onward()
    leave(at, home)
    panel = home.locator(".panel")
    expect(panel).to_contain_text("Where you left off")
    expect(panel).to_contain_text("Child Protection")
    expect(panel).to_contain_text(LESSON_2)
    expect(panel).to_contain_text(re.compile(r"1 of 9\slessons done, about an hour left"))
    expect(panel).to_contain_text(re.compile(r"Saved today at\s\d\d:\d\d"))
    assert panel.locator(".spine svg").count() == 10, "nine lessons and the final questions"
    widths = [box.bounding_box() for box in panel.locator(".spine svg").all()]
    assert len({round(box["width"]) for box in widths if box}) > 1, "as wide as their minutes"

    at, taker = play(home)
    assert taker.screen() == "signs-of-harm"
    taker.onward()
    leave(at, home)
    expect(panel).to_contain_text(re.compile(r"2 of 9\slessons done"))
    home.goto("/training/child-protection")
    expect(home.locator(".opener")).to_contain_text(
        "Where you left off: Lesson 3, Signs, by kind and by age."
    )
    expect(home.locator(".opener")).to_contain_text(re.compile(r"2 of 9\slessons done"))

    for path in ("/training", "/training/child-protection"):
        for width, scheme in ((1280, "light"), (390, "dark")):
            home.set_viewport_size({"width": width, "height": 900})
            home.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            home.goto(path)
            assert faults(home) == []
            assert not sideways(home)

    at, taker = play(home)
    taker.read_on()
    taker.frame.click("[data-questions]")
    leave(at, home)
    expect(panel).to_contain_text("Final questions")
    expect(panel).to_contain_text(re.compile(r"9 of 9\slessons done, about \d+\sminutes left"))


def test_a_failed_attempt_is_listed_and_reads_the_same_everywhere(
    home: Page, form: str, child_protection: Course
) -> None:
    home.goto("/training/child-protection")
    home.get_by_role("button", name=re.compile("Start|Continue")).first.click()
    home.wait_for_url("**/play/**")
    at = Learner(home.context, "", home)
    taker = Taker(at.sco)
    if taker.screen() == "start.":
        taker.begin()
    if taker.screen() != "questions.":
        taker.read_on()
    taker.take_the_assessment(child_protection, wrong=8)
    result = "7 of 15 (46%)"
    told = {"scorm12": "46%", "scorm2004": result}[form]  # SCORM 1.2 reports percent alone
    expect(taker.frame.locator("[data-screen='results.']")).to_contain_text(f"You got {result}. You need 12.")
    at.press("suspendAll")
    at.says(f"Not passed yet, {told}")
    home.goto("/training/child-protection")
    first = home.locator(".rows li").last
    expect(first).to_contain_text("Attempt 1")
    expect(first).to_contain_text("Not passed")
    expect(first).to_contain_text(result)
    expect(home.locator(".opener")).to_contain_text(f"Not passed yet: {told} so far.")
