"""axe finds nothing on any kind of question in any state, in the pre-test or in the result: narrow and wide,
light and dark, in either direction of writing."""

from __future__ import annotations

import itertools
import zipfile
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Page

from courseware.questions.spots import PHONE, PIN
from tests.browser.accessible import faults
from tests.browser.courses.every_kind import MUST, Walk, packages
from tests.browser.ways import ByScript

pytestmark = pytest.mark.browser
Theme = Literal["light", "dark"]
Looks = tuple[tuple[int, Theme, str], ...]  # width, theme, direction
SOME: Looks = ((320, "dark", "rtl"), (1920, "light", "ltr"))
THEMES: tuple[Theme, ...] = ("light", "dark")
EVERY = tuple(itertools.product((320, 390, 768, 1280, 1920), ("ltr", "rtl")))  # width and direction


def look(page: Page, looks: Looks, state: str) -> None:
    """Nothing for axe to find, and nothing to scroll sideways."""
    for width, theme, direction in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.evaluate("(direction) => { document.documentElement.dir = direction; }", direction)
        found = faults(page)
        assert (state, width, theme, direction, found) == (state, width, theme, direction, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (state, width, direction)


def states(page: Page) -> Iterator[str]:
    """From the first page to the review of all answers, each state as it is reached."""
    walk = Walk(page.main_frame, ByScript(page))
    yield "offer"
    walk.press("[data-offer] a")
    yield "pre-test"
    walk.press("[data-pre-test]")
    for question in walk.open_questions():
        walk.answer(question)
    yield "question of the pre-test"
    walk.press("[data-submit]")
    yield "result of the pre-test"
    page.click("#pre-test\\. .again a")
    yield "a lesson that is known"
    page.goto(page.url.split("#")[0] + "#kinds")
    yield "unanswered"
    for button in page.locator("#kinds .question [type=submit]").all():
        button.click()
    yield "refused"
    wrongly(walk)
    yield "wrong"
    reveal = page.locator("#kinds [data-reveal]:visible")
    while reveal.count():
        reveal.first.click()
    yield "shown"
    page.reload()
    for name in ("ready", "plan"):
        walk.check(name)
    yield "kept, and taken up again"
    walk.press("#kinds [data-onward]")
    walk.press("#visitors [data-onward]")
    walk.press("[data-questions]")
    for question in walk.open_questions():
        walk.answer(question, wrongly=question == MUST)
    yield "final questions"
    walk.press("[data-submit]")
    yield "not passed"
    page.get_by_role("button", name="Try again now").click()
    for question in walk.open_questions():
        if question == "f-order":
            walk.press("[data-current] [data-question='f-order'] li:first-child [data-move='1']")
        else:
            walk.answer(question)
    walk.press("[data-submit]")
    yield "passed"
    page.get_by_role("button", name="See all my answers").click()
    yield "reviewed"


def wrongly(walk: Walk) -> None:
    """Each check of the lesson that can be wrong, and one that is right."""
    walk.check("one")
    walk.way.choose(walk.form("all"), "A builder", "A pupil")
    walk.way.choose(walk.form("true"), "True")
    for item in ("Caretaker", "Office"):
        walk.way.pick(walk.form("pairs"), item, "stops cars")
    walk.way.put_in_order(walk.form("order"), ["Lock", "Unlock", "Stand by"])
    walk.way.write(walk.form("gaps"), "999", "police")
    walk.way.find(walk.form("places"), "In the gate", "At the wall")
    walk.way.write(walk.form("minutes"), "90")
    walk.way.choose(walk.form("scene"), "Look away.")
    for name in ("all", "true", "pairs", "order", "gaps", "places", "minutes", "scene"):
        walk.way.press(walk.form(name).locator("[type=submit]"))


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("look")
    zipfile.ZipFile(packages(folder)["scorm12"]).extractall(folder / "course")
    return (folder / "course" / "index.html").as_uri()


def test_axe_finds_nothing_in_any_state_of_any_kind(page: Page, course: str) -> None:
    page.goto(course)
    for state, narrow_or_wide in zip(states(page), itertools.cycle(SOME)):
        look(page, (narrow_or_wide,), state)


def test_pins_on_a_phone_are_as_large_as_places_are_checked_for(page: Page, course: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{course}#kinds")
    widths = "(all) => all.map((one) => one.getBoundingClientRect().width)"
    assert page.locator("#kinds .searched").evaluate_all(widths) == [PHONE]
    assert page.locator("#kinds .pin:not(.area)").evaluate_all(widths) == [PIN, PIN]


@pytest.mark.full
@pytest.mark.parametrize("theme", THEMES)  # one at a time: both together take longer than a test may
def test_axe_finds_nothing_at_any_width(page: Page, course: str, theme: Theme) -> None:
    page.goto(course)
    for state in states(page):
        look(page, tuple((width, theme, direction) for width, direction in EVERY), state)
