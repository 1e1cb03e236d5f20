"""The play page for people: keyboard, assistive technology, phone and desktop, light and dark."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import fonts
from tests.browser.accessible import faults
from tests.browser.play.conftest import Course
from tests.browser.play.learner import Learner
from tests.browser.play.packages import Part
from tests.browser.serving import Player

pytestmark = pytest.mark.browser
PARTS = tuple(Part(item, f"Part {item}") for item in ("a", "b", "c"))
SCREENS = [
    pytest.param((1280, "light"), id="1280-light"),
    pytest.param((390, "dark"), id="390-dark"),
    pytest.param((1280, "dark"), id="1280-dark", marks=pytest.mark.full),
    pytest.param((390, "light"), id="390-light", marks=pytest.mark.full),
]


@pytest.fixture(params=SCREENS)
def screen(
    request: pytest.FixtureRequest, browser: Browser, player: Player, course: Course, learner_id: str
) -> Iterator[Learner]:
    width, scheme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, locale="en-GB", reduced_motion="reduce"
    )
    yield Learner(context, player.link(course("2004", *PARTS), learner_id, "--return", "https://a.example/"))
    context.close()


SMALL = """() => [...document.querySelectorAll("button, #more a")]
    .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 44)
    .map((each) => each.textContent)"""
NAMED = "((at) => at.dataset.nav ?? at.dataset.item ?? at.id)(document.activeElement)"


def test_axe_finds_nothing_on_any_state(screen: Learner) -> None:
    """Nothing scrolls sideways either, and targets are large."""
    page = screen.page
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(SMALL) == []
    assert faults(page) == []
    if page.locator("#contents").is_hidden():
        page.click("#toggle")
        assert faults(page) == []
        page.click("#toggle")
    screen.call("Initialize", "")
    screen.calm()
    page.context.set_offline(True)
    screen.call("SetValue", "cmi.location", "x")
    screen.says("You are offline.")
    page.context.set_offline(False)
    page.evaluate("document.documentElement.scrollWidth")
    assert faults(page) == []
    expect(page.locator("#trouble")).to_be_empty(timeout=30_000)
    screen.press("suspendAll")
    assert faults(page) == []


def test_text_of_twice_the_size_still_fits(
    page: Page, player: Player, course: Course, learner_id: str
) -> None:
    Learner(page.context, player.link(course("2004", *PARTS), learner_id), page)
    for font in (fonts.WIDE, fonts.NARROW):
        fonts.use(page, font)
        for size in ("100%", "200%"):
            page.evaluate("(size) => { document.documentElement.style.fontSize = size }", size)
            for width in (320, 390, 768, 900, 1280):
                page.set_viewport_size({"width": width, "height": 900})
                fits = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
                assert fits, f"{size} in {font}, {width} wide"


def test_the_keyboard_reaches_everything(player: Player, course: Course, page: Page, learner_id: str) -> None:
    learner = Learner(page.context, player.link(course("2004", *PARTS), learner_id), page)
    expect(page.locator("iframe")).to_be_focused()  # the course first: it is what the learner came for
    page.locator("#toggle").focus()
    reached: list[str] = []
    for _ in range(7):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(NAMED))
    assert reached == ["continue", "suspendAll", "exitAll", "o", "a", "b", "c"]
    page.locator("[data-item=b]").focus()
    page.keyboard.press("Enter")
    learner.calm()
    assert learner.activity == "b"
    expect(page.locator("[data-item=b]")).to_be_focused()
    ring = page.locator("[data-item=b]").evaluate("(e) => getComputedStyle(e).outlineWidth")
    assert ring == "3px"


def test_a_phones_contents_fold_with_escape(
    browser: Browser, player: Player, course: Course, learner_id: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, locale="en-GB")
    learner = Learner(context, player.link(course("2004", *PARTS), learner_id))
    toggle = learner.page.locator("#toggle")
    toggle.click()
    expect(learner.page.locator("[data-toc]")).to_be_visible()
    expect(learner.page.locator("[data-nav=exitAll]")).to_be_visible()
    learner.page.keyboard.press("Escape")
    expect(learner.page.locator("[data-toc]")).to_be_hidden()
    expect(toggle).to_be_focused()
    learner.choose("c")
    assert learner.activity == "c"
    expect(learner.page.locator("[data-toc]")).to_be_hidden()
    context.close()
