"""A lesson on paper, and a course taken with nothing but a keyboard."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.course.conftest import Launching
from tests.browser.course.states import STATES
from tests.courseware.sample_pages import rendered, sample

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture
def course(page: Page, tmp_path: Path) -> Page:
    for name, content in rendered(sample()).items():
        (tmp_path / name).write_bytes(content)
    page.goto((tmp_path / "index.html").as_uri())
    return page


def on_paper(page: Page) -> Page:
    page.set_viewport_size({"width": 665, "height": 1000})  # A4 less its margins
    page.emulate_media(media="print", color_scheme="light")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    return page


def test_a_lesson_prints_whole_and_without_answers(course: Page) -> None:
    STATES["not quite"](course)
    paper = on_paper(course)
    text = paper.inner_text("body")
    assert "Be kind and be plain." in text
    assert "Female Genital Mutilation Act 2003 (2003 c. 31).\nSection 5B: Duty to notify the police." in text
    for hidden in ("Your answer", "Not quite", "Check my answer", "Get help", "weekend", "Previous"):
        assert hidden not in text
    assert (
        paper.evaluate("getComputedStyle(document.querySelector('.must .tag')).backgroundColor")
        == "rgba(0, 0, 0, 0)"
    )
    assert paper.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_sensitive_part_prints_only_where_it_was_shown(course: Page) -> None:
    STATES["lesson"](course)
    course.click("text=Show this part")
    assert "I don’t like the weekend." in on_paper(course).inner_text("body")


def test_paper_leaves_the_screen_as_it_was(course: Page) -> None:
    STATES["lesson"](course)
    on_paper(course)
    assert course.locator("[data-current] details.fold[open]").count() == 3
    course.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert course.locator("[data-current] details.fold[open]").count() == 0


def test_it_makes_a_pdf(course: Page) -> None:
    STATES["everything open"](course)
    assert course.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_the_start_fills_its_sheet(course: Page) -> None:
    """No label that must stay with its neighbour drives all that follows to the next sheet."""
    sheets = re.findall(rb"/Type\s*/Page\b", course.pdf(prefer_css_page_size=True))
    assert len(sheets) == 1


RINGED = """() => [document.activeElement.closest('.option'), document.activeElement].some((at) => {
    const style = at && getComputedStyle(at);
    return style && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 3;
})"""


class Keyboard:
    """Goes on by Tab until the thing meant has the focus."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, selector: str) -> Keyboard:
        for _ in range(80):
            if self.page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
                assert self.ringed(), f"no ring on {selector}"
                return self
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never comes to {selector}")

    def ringed(self) -> bool:
        return bool(self.page.evaluate(RINGED))

    def press(self, *keys: str) -> Keyboard:
        for key in keys:
            self.page.keyboard.press(key)
        return self


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_a_course_is_passed_by_keyboard_alone(course: Page) -> None:
    keys = Keyboard(course)
    keys.press("Tab", "Enter")
    assert course.evaluate("document.activeElement.id") == "main"
    keys.to("[data-begin]").press("Enter")
    assert focused(course) == "Signs of harm"
    keys.to("#signs input[value=a]").press("Space", "Tab", "Space")
    keys.to("#signs [type=submit]").press("Enter")
    assert "Yes." in course.inner_text("#signs .feedback")
    assert focused(course) == "Continue"
    keys.to("#signs [data-onward]").press("Enter")
    keys.to("#listen .sensitive summary").press("Enter")
    assert course.locator("text=I don’t like the weekend.").is_visible()
    keys.to("#listen [data-onward]").press("Enter")
    keys.to("[data-questions]").press("Enter")
    for number in range(1, 5):
        keys.to(f"[data-question=final-{number}] input").press("ArrowDown")
        assert course.locator(f"[data-question=final-{number}] [value=b]").is_checked()
        keys.to("[data-turn='1']").press("Enter")
    keys.to("[data-question=final-5] [value=a]").press("Space", "Tab", "Space")
    keys.to("[data-submit]").press("Enter")
    assert focused(course) == "You passed"


def test_an_answer_checked_with_enter_keeps_the_focus_in_its_question(course: Page) -> None:
    """The option that has it is disabled by the answer."""
    keys = Keyboard(course)
    keys.to("[data-begin]").press("Enter")
    keys.to("#signs input[value=a]").press("Space", "Enter")
    course.wait_for_selector("#signs .feedback[data-state]")
    assert focused(course) == "Try again"
    assert keys.ringed()


def test_without_has_the_ring_is_on_the_control_itself(course: Page, tmp_path: Path) -> None:
    """Firefox before 121 drops every rule that it cannot read."""
    sheet = tmp_path / "course.css"
    sheet.write_text(re.sub(r"[^{}]*:has\([^{}]*\{[^{}]*\}", "", sheet.read_text("utf-8")), "utf-8")
    course.reload()
    keys = Keyboard(course)
    keys.to("[data-begin]").press("Enter")
    assert keys.to("#signs input[value=a]").ringed()


def test_help_takes_the_focus_and_gives_it_back(course: Page) -> None:
    keys = Keyboard(course)
    keys.to(".bar [data-opens=help]").press("Enter")
    assert course.evaluate("document.activeElement.closest('dialog')?.id") == "help"
    keys.press("Escape")
    assert focused(course) == "Get help"


def test_the_browser_s_back_goes_back_in_the_course(course: Page) -> None:
    STATES["lesson"](course)
    course.go_back()
    course.wait_for_function("document.querySelector('[data-current]').id === 'signs'")
    course.wait_for_function("document.activeElement.textContent.trim() === 'Signs of harm'")


def test_a_citation_leads_to_its_reference_and_back(course: Page) -> None:
    STATES["lesson"](course)
    course.click("#listen .cite a >> nth=1")
    assert course.evaluate("document.activeElement.id") == "listen.r1"
    assert course.locator("#listen .references").get_attribute("open") is not None
    course.click("#listen\\.r1 [data-back-to-text]")
    assert course.evaluate("document.activeElement === document.querySelectorAll('#listen .cite a')[1]")


def test_a_lesson_is_printed_from_within_the_frame_of_an_lms(lms: Launching) -> None:
    """The browser's own command would print the LMS's page around it."""
    frame = lms().launch()
    frame.evaluate("location.hash = 'signs'")
    frame.evaluate("window.print = () => { document.title = 'on paper'; }")
    frame.click("[data-current] >> text=Print this lesson")
    assert frame.title() == "on paper"
