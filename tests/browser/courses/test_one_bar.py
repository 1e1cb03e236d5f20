"""A real course in our player: the focus begins in it, a phone has one bar, a low window none while
somebody reads, and paper has the course alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect

from tests.browser.play.learner import Learner
from tests.browser.serving import Player

pytestmark = pytest.mark.browser
Opened = Callable[[int, int], tuple[Page, Frame]]
READING = "document.body.hasAttribute('data-reading')"
HEIGHT = "(one) => one.getBoundingClientRect().height"


@pytest.fixture
def player(players: Callable[[str], Player]) -> Player:
    return players("scorm2004")


@pytest.fixture
def opened(browser: Browser, player: Player, learner: str) -> Iterator[Opened]:
    """The learner's course in a window of this size, again and again."""
    made: list[BrowserContext] = []

    def open_(width: int, height: int) -> tuple[Page, Frame]:
        made.append(browser.new_context(locale="en-GB", viewport={"width": width, "height": height}))
        at = Learner(made[-1], player.link("child-protection", learner, "--return", "https://a.example/"))
        at.sco.wait_for_selector("[data-current]")
        return at.page, at.sco

    yield open_
    for context in made:
        context.close()


def begin(frame: Frame) -> None:
    """To the second lesson: the first has a check, which Next asks for once."""
    frame.click("[data-begin]")
    while frame.locator("#start-here[data-current], [id^='start-here.'][data-current]").count():
        frame.click("[data-current] [data-onward]")


def test_the_focus_begins_at_the_heading_also_where_it_was_left(opened: Opened) -> None:
    page, frame = opened(1280, 900)
    expect(page.locator("#sco")).to_be_focused()
    expect(frame.locator("[data-current] h1")).to_be_focused()
    begin(frame)
    page.click("[data-nav=suspendAll]")
    page.wait_for_function("document.body.dataset.session === 'suspended'")
    page, frame = opened(1280, 900)
    expect(frame.locator("[data-current] h1")).to_be_focused()
    page.keyboard.press("Tab")
    assert frame.evaluate("document.activeElement.closest('[data-current]') !== null")


def test_a_phone_has_one_bar_with_the_tools_of_both(opened: Opened) -> None:
    page, frame = opened(390, 844)
    expect(frame.locator(".bar .tool").first).to_be_hidden()
    expect(frame.locator("[data-spine]")).to_be_visible()
    page.get_by_role("button", name="Get help").click()
    expect(frame.get_by_role("dialog", name="Who you can talk to")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Get help")).to_be_focused()
    page.click("#toggle")
    page.locator("#lent-more").get_by_role("button", name="Contents").click()
    expect(page.locator("#contents")).to_be_hidden()
    frame.get_by_role("dialog").get_by_role("link", name="Signs of harm").first.click()
    expect(frame.get_by_role("heading", level=1, name="Signs of harm")).to_be_focused()
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(frame.locator(".bar .tool").first).to_be_visible()
    expect(page.locator("[data-tool]")).to_have_count(0)


def test_a_low_window_is_the_courses_while_one_reads(opened: Opened) -> None:
    """1280 by 1024 at 400%."""
    page, frame = opened(320, 256)
    begin(frame)
    sco = page.locator("#sco")
    frame.evaluate("scrollTo(0, 400)")
    page.wait_for_function(READING)
    assert sco.evaluate(HEIGHT) == 256
    frame.evaluate("scrollTo(0, 300)")
    page.wait_for_function(f"!{READING}")
    expect(page.locator("[data-nav=suspendAll]")).to_be_visible()
    assert sco.evaluate(HEIGHT) < 256
    frame.evaluate("scrollTo(0, 600)")
    page.wait_for_function(READING)
    page.locator("[data-nav=suspendAll]").focus()
    box = page.locator("[data-nav=suspendAll]").bounding_box()
    assert box
    assert box["height"] >= 43.5, "a key leads into the bar, and it is there"


def test_a_high_window_keeps_its_bar(opened: Opened) -> None:
    page, frame = opened(390, 844)
    begin(frame)
    frame.evaluate("scrollTo(0, 800)")
    page.wait_for_function(READING)
    assert page.locator("#sco").evaluate(HEIGHT) < 844


def test_the_keys_for_printing_print_the_course_alone(opened: Opened) -> None:
    """Whatever has the focus: a frame in a page is cut through a line at the paper's edge."""
    page, frame = opened(1280, 900)
    frame.evaluate("() => { window.printed = 0; window.print = () => { printed += 1; }; }")
    page.locator("#toggle").focus()
    page.keyboard.press("ControlOrMeta+p")
    frame.locator("[data-current] h1").focus()
    page.keyboard.press("ControlOrMeta+p")
    page.keyboard.press("p")
    assert frame.evaluate("printed") == 2


def test_paper_has_the_course_and_no_bar(opened: Opened) -> None:
    page, frame = opened(1280, 900)
    begin(frame)
    page.emulate_media(media="print")
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator("#contents")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    whole = frame.evaluate("document.documentElement.scrollHeight")
    assert page.locator("#sco").evaluate(HEIGHT) >= whole > 900
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#sco").evaluate("(one) => one.style.blockSize") == ""
