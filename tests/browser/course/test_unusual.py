"""What few authors write, and some will: long, tall, wide and foreign; nothing of it breaks the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from msgspec.structs import replace

from courseware import blocks
from tests.courseware.sample_pages import SECRET, rendered, sample

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

CODE = (
    "def who_is_told_and_when(child, colleague, designated_safeguarding_lead, headteacher, at_once): return"
)
PROSE = f"<p>One.</p><pre><code>{CODE}</code></pre><hr /><p>العربية: كل شخص.</p>"
ASK = "<p>Which of them is right?</p><ul><li>Sam is nine.</li><li>Ada is ten.</li></ul>"
OVERFLOW = "document.documentElement.scrollWidth - innerWidth"
WIDTHS = pytest.mark.parametrize("width", [390, 1280])


def picture(width: int, height: int) -> blocks.Figure:
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"/>'
    return blocks.Figure("A picture", f"data:image/svg+xml,{quote(drawn)}", width=width, height=height)


def drawing(width: int, inside: str) -> blocks.Figure:
    svg = f'<svg viewBox="0 0 {width} 100" width="{width}" height="100">{inside}</svg>'
    return blocks.Figure("A drawing", svg=svg, scrolls="<text" in inside)


def box(found: Locator) -> dict[str, float]:
    return {**(found.bounding_box() or {})}  # type: ignore[dict-item]


@pytest.fixture
def unusual(page: Page, tmp_path: Path) -> Page:
    drawings = (
        drawing(700, "<path d='M0 0h9'/>"),
        drawing(420, "<text y='20' font-size='16'>Car park</text>"),
    )
    figures = (picture(300, 3000), picture(4000, 300), picture(40, 40), *drawings)
    shown = (blocks.Text(PROSE), blocks.Check(replace(SECRET, ask=ASK, reread=None)), *figures)
    title = "Safeguarding and Low-Level Concerns for Governors, Trustees and Everybody Who Comes to a School"
    lesson = blocks.Lesson("unusual", "Unusual", (blocks.Page("", shown),), 3)
    whole = sample(assessed=False)
    course = replace(whole, title=f"{title}, Once a Year", lessons=(*whole.lessons[:1], lesson))
    for name, content in rendered(course).items():
        (tmp_path / name).write_bytes(content)
    page.goto(f"{(tmp_path / 'index.html').as_uri()}#unusual")
    return page


@WIDTHS
def test_nothing_scrolls_sideways_or_breaks_a_control(unusual: Page, width: int) -> None:
    unusual.set_viewport_size({"width": width, "height": 800})
    assert unusual.evaluate(OVERFLOW) <= 0
    for tool in unusual.locator(".bar .tool").all():
        assert box(tool)["height"] < 60


@pytest.mark.parametrize("width", [320, 390, 861, 1280])
def test_a_long_title_leaves_the_bar_a_bar_when_text_is_large(unusual: Page, width: int) -> None:
    unusual.add_style_tag(content="html { font-size: 200%; }")
    unusual.set_viewport_size({"width": width, "height": 800})
    assert unusual.evaluate(OVERFLOW) <= 0
    assert box(unusual.locator(".bar"))["height"] < 150


@WIDTHS
def test_a_picture_is_seen_whole_in_its_own_shape_and_never_enlarged(unusual: Page, width: int) -> None:
    unusual.set_viewport_size({"width": width, "height": 800})
    tall, wide, tiny = (box(image) for image in unusual.locator(".figure img").all())
    assert tall["height"] <= 800
    assert tall["height"] == pytest.approx(10 * tall["width"], rel=0.02)
    assert wide["width"] <= width
    assert wide["width"] == pytest.approx(wide["height"] * 40 / 3, rel=0.03)
    assert (tiny["width"], tiny["height"]) == (40, 40)


def test_a_drawing_without_words_is_seen_whole_on_a_phone(unusual: Page) -> None:
    unusual.set_viewport_size({"width": 390, "height": 800})
    silent, worded = (box(drawn)["width"] for drawn in unusual.locator(".drawing > div > svg").all())
    assert silent < 390 - 40 < worded


@WIDTHS
def test_a_list_in_a_question_and_a_line_between_texts_keep_the_column(unusual: Page, width: int) -> None:
    unusual.set_viewport_size({"width": width, "height": 800})
    ask, item = (box(unusual.locator(f"[data-current] {one}").first) for one in (".ask", ".ask li"))
    assert item["x"] >= ask["x"] + 16
    text, line = (box(unusual.locator(f"[data-current] {one}").first) for one in (".prose p", ".prose hr"))
    assert line["width"] == text["width"]


def test_a_paragraph_reads_in_the_direction_of_its_own_script(unusual: Page) -> None:
    starts = """(one) => { const range = document.createRange(); range.setStart(one.firstChild, 0);
        range.setEnd(one.firstChild, 1); return range.getBoundingClientRect().right; }"""
    arabic = unusual.locator(".prose p").last
    end = box(arabic)["x"] + box(arabic)["width"]
    assert arabic.evaluate(starts) == pytest.approx(end, abs=2)
