"""Every state on every screen: what axe-core finds, what overflows, what other needs meet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from msgspec.structs import replace

from tests import fonts
from tests.browser.accessible import CONTRAST, faults
from tests.browser.course.learner import Learner
from tests.browser.course.states import STATES
from tests.courseware.sample_pages import rendered, sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

# WCAG 1.4.12.
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important; }
p { margin-block-end: 2em !important; }"""
# The states that show every component between them; the rest is for the full run.
TELLING = {"start", "everything open", "not quite", "help", "unanswered", "not passed", "answers"}
SOME = pytest.mark.parametrize(
    "state", [pytest.param(one, marks=() if one in TELLING else pytest.mark.full) for one in STATES]
)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL = """[...document.querySelectorAll('a, button, summary, .option')].filter((one) => {
    const box = one.getBoundingClientRect();
    return one.checkVisibility({visibilityProperty: true}) && !one.closest('p, li, .jump, small')
        && box.height && box.height < 43.5;
}).map((one) => `${one.className || one.tagName} ${one.textContent.trim().slice(0, 30)}`)"""

SEEN = """(one) => {
    const box = one.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight;
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("course")
    for name, content in rendered(sample()).items():
        (folder / name).write_bytes(content)
    return (Path(folder) / "index.html").as_uri()


class Screen:
    """A window in one scheme, opened afresh for each state."""

    def __init__(self, browser: Browser, address: str, scheme: Literal["light", "dark"]) -> None:
        self.browser = browser
        self.address = address
        self.scheme = scheme
        self.context: BrowserContext | None = None

    def show(self, state: str, width: int) -> Page:
        self.close()
        self.context = self.browser.new_context(
            color_scheme=self.scheme, reduced_motion="reduce", viewport={"width": width, "height": 900}
        )
        page = self.context.new_page()
        page.set_default_timeout(5000)
        page.goto(self.address)
        STATES[state](page)
        return page

    def close(self) -> None:
        if self.context:
            self.context.close()
            self.context = None


@pytest.fixture
def light(browser: Browser, address: str) -> Iterator[Screen]:
    screen = Screen(browser, address, "light")
    yield screen
    screen.close()


@pytest.fixture
def dark(browser: Browser, address: str) -> Iterator[Screen]:
    screen = Screen(browser, address, "dark")
    yield screen
    screen.close()


RULES = ("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice")


@SOME
def test_every_state_is_for_everybody(light: Screen, state: str) -> None:
    """One heading, large targets, nothing for axe, wide, narrow or in the dark, and nothing sideways."""
    page = light.show(state, 1280)
    assert page.locator("h1:visible").count() == 1
    assert page.title()
    assert faults(page, *RULES) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert faults(page, *RULES) == []
    assert page.evaluate(SMALL) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="dark")
    assert faults(page, CONTRAST) == []
    assert overflowing(page) == {}


def overflowing(page: Page) -> dict[tuple[str, str, int], int]:
    """By how much it is too wide: in either font, with the spacing of WCAG 1.4.12, at twice the size."""
    over = {}
    for font in (fonts.WIDE, fonts.NARROW):
        fonts.use(page, font)
        for styles in ("/* as it is */", SPACING, "html { font-size: 200%; }"):
            style = page.add_style_tag(content=styles)
            for width in (320, 390, 768, 1280, 1920):
                page.set_viewport_size({"width": width, "height": 900})
                if found := page.evaluate(OVERFLOW):
                    over[font, styles, width] = found
            style.evaluate("(one) => one.remove()")
    return over


def test_the_jump_to_the_content_is_out_of_sight_until_it_is_reached(light: Screen) -> None:
    page = light.show("lesson", 320)
    page.add_style_tag(content="html { font-size: 200%; }")
    page.evaluate("document.activeElement.blur()")
    jump = page.locator(".jump")
    assert jump.evaluate("(one) => one.getBoundingClientRect().bottom") <= 0
    jump.focus()
    assert jump.evaluate(SEEN)


@pytest.mark.parametrize("state", ["help", "contents"])
def test_a_sheet_is_as_high_as_what_it_holds(light: Screen, state: str) -> None:
    page = light.show(state, 390)
    page.set_viewport_size({"width": 390, "height": 1200})
    spare = page.locator(f"#{state}").evaluate("""(sheet) => {
        const last = [...sheet.children].filter((one) => one.checkVisibility()).at(-1);
        const room = parseFloat(getComputedStyle(sheet).paddingBlockEnd);
        return Math.round(sheet.getBoundingClientRect().bottom - last.getBoundingClientRect().bottom - room);
    }""")
    assert spare == 0


EDGE = """(sheet) => {
    const {borderTopWidth, borderLeftWidth, borderTopColor, backgroundColor} = getComputedStyle(sheet);
    return [borderTopWidth, borderLeftWidth, borderTopColor !== backgroundColor];
}"""


def test_what_opens_over_the_page_has_an_edge_in_the_dark(dark: Screen) -> None:
    page = dark.show("help", 390)
    assert page.locator("#help").evaluate(EDGE) == ["1px", "0px", True]
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.locator("#help").evaluate(EDGE) == ["0px", "1px", True]


def test_how_long_it_takes_is_said_once(light: Screen) -> None:
    page = light.show("start", 390)
    opener = page.locator("#start\\. .opener")
    assert opener.inner_text().count("minutes") == 1
    Learner(page).read_all()
    page.click(".bar .title")
    assert "About 10\u00a0minutes left" in opener.inner_text()


def test_a_refusal_is_seen_however_long_the_question(light: Screen) -> None:
    page = light.show("lesson", 390)
    page.set_viewport_size({"width": 390, "height": 420})
    form = page.locator("[data-current] .question").first
    form.locator("[type=submit]").click()
    refused = form.get_by_role("alert")
    assert refused.inner_text() == "Choose an answer first."
    assert refused.evaluate(SEEN)


UNDER_THE_BAR = """() => {
    const focused = document.activeElement;
    if (focused === document.body || focused.closest('.coming-back')) return '';
    const at = focused.getBoundingClientRect();
    const bar = document.querySelector('.coming-back').getBoundingClientRect();
    return at.top < bar.bottom && at.bottom > bar.top + 1 ? focused.outerHTML.slice(0, 80) : '';
}"""


@pytest.mark.parametrize("width", [390, 1280])
def test_the_way_back_covers_nothing_in_focus(light: Screen, width: int) -> None:
    """WCAG 2.4.11, where a bar stays at the foot."""
    page = light.show("reading again", width)
    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate(UNDER_THE_BAR) == ""
    assert page.locator(".coming-back").is_visible()


CLIPPED = """() => {
    const at = document.activeElement.closest(".option") ?? document.activeElement;
    const style = getComputedStyle(at);
    if (at === document.body || style.outlineStyle === "none") return "";
    const reach = parseFloat(style.outlineOffset) + parseFloat(style.outlineWidth) - 0.5;
    const box = at.getBoundingClientRect();
    const dialog = at.closest("dialog")?.getBoundingClientRect();
    const around = dialog ?? new DOMRect(0, 0, innerWidth, innerHeight);
    const whole = box.left - reach >= around.left && box.top - reach >= around.top
        && box.right + reach <= around.right && box.bottom + reach <= around.bottom;
    return whole ? "" : at.outerHTML.slice(0, 80);
}"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("state", ["lesson", "contents", "unanswered"])
def test_the_ring_is_never_clipped(light: Screen, state: str, width: int) -> None:
    page = light.show(state, width)
    page.set_viewport_size({"width": width, "height": 420})
    for _ in range(25):
        page.keyboard.press("Tab")
        assert page.evaluate(CLIPPED) == ""


@pytest.mark.parametrize("state", ["lesson", "not quite", "passed"])
def test_forced_colours_keep_controls_and_glyphs(browser: Browser, address: str, state: str) -> None:
    context = browser.new_context(forced_colors="active", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address)
    STATES[state](page)
    assert page.evaluate("getComputedStyle(document.querySelector('.option input')).appearance") == "auto"
    assert page.evaluate("getComputedStyle(document.querySelector('symbol .inner')).stroke") == page.evaluate(
        "(() => { document.body.style.color = 'Canvas'; return getComputedStyle(document.body).color; })()"
    )
    context.close()


@pytest.fixture
def mirrored(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The sample in a language that is written from right to left."""
    for name, content in rendered(replace(sample(), language="ar")).items():
        (tmp_path / name).write_bytes(content)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    yield page
    context.close()


def test_right_to_left_mirrors(mirrored: Page) -> None:
    STATES["lesson"](mirrored)
    label = mirrored.locator(".duty .label").first.bounding_box()
    said = mirrored.locator(".duty .said").first.bounding_box()
    assert label
    assert said
    assert label["x"] > said["x"] + said["width"]
    assert mirrored.evaluate(OVERFLOW) == 0
    arrow = mirrored.locator("[data-current] [data-onward] .glyph").evaluate(
        "(one) => getComputedStyle(one).scale"
    )
    assert arrow == "-1 1"


ORDER = """(link) => {
    const text = document.createTreeWalker(link, NodeFilter.SHOW_TEXT).nextNode();
    const left = [...text.data].map((_, at) => {
        const range = document.createRange();
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        return range.getBoundingClientRect().left;
    });
    const shown = [...left.keys()].sort((a, b) => left[a] - left[b]);
    return shown.map((at) => text.data[at]).join("");
}"""


def test_a_telephone_number_is_read_in_the_order_it_is_dialled(mirrored: Page) -> None:
    """Between Arabic words the groups of a number change places unless they are kept apart."""
    STATES["help"](mirrored)
    number = mirrored.locator("#help a[href='tel:08088005000']")
    assert number.evaluate(ORDER) == "0808 800 5000"
