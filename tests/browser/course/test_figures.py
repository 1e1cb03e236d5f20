"""Drawings at every width and in the dark: their words stay readable, and none of them shouts."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from courseware import blocks
from tests.conftest import ROOT
from tests.courseware.sample_pages import DRAWING, rendered, sample

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

COURSES = sorted(path.parent for path in (ROOT / "course_src/courses").glob("*/course.yaml"))
SMALLEST, LARGEST = 13, 20
GROUND = "(one) => getComputedStyle(one).backgroundColor"
ABOVE = "document.elementFromPoint(innerWidth / 2, one.getBoundingClientRect().top - 9)"
SIZES = """() => [...document.querySelectorAll(".drawing")].map((drawing) => {
    const words = [...drawing.querySelectorAll("text")].filter((one) => one.getBoundingClientRect().width);
    const sizes = words.map((one) => parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a);
    return [drawing.textContent.trim().slice(0, 40), Math.min(...sizes), Math.max(...sizes)];
})"""


@pytest.mark.parametrize("course", COURSES, ids=lambda folder: folder.name)
def test_the_words_of_a_figure_are_neither_small_nor_huge(page: Page, tmp_path: Path, course: Path) -> None:
    command = [sys.executable, "-m", "courseware", "build", str(course), "--format", "scorm12"]
    subprocess.run([*command, "--out", str(tmp_path)], check=True, capture_output=True, cwd=ROOT)
    with zipfile.ZipFile(tmp_path / f"{course.name}.scorm12.zip") as package:
        package.extractall(tmp_path)
    page.goto((tmp_path / "index.html").as_uri())
    page.evaluate("document.documentElement.classList.remove('js')")  # every lesson at once
    for width in (320, 360, 390, 600, 860, 861, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        figures = page.evaluate(SIZES)
        assert figures
        assert [one for one in figures if not SMALLEST <= one[1] <= one[2] <= LARGEST] == [], width


def show(page: Page, folder: Path, *figures: blocks.Figure) -> None:
    """A lesson of these figures."""
    lesson = blocks.Lesson("figures", "Figures", (blocks.Page("Figures", figures),), minutes=1)
    for name, content in rendered(replace(sample(assessed=False), lessons=(lesson,))).items():
        (folder / name).write_bytes(content)
    page.goto((folder / "index.html").as_uri())


def test_a_drawing_in_colours_of_its_own_stands_on_white_in_the_dark(page: Page, tmp_path: Path) -> None:
    black = '<svg viewBox="0 0 9 9"><path d="M1 1h7" stroke="black"/></svg>'
    page.emulate_media(color_scheme="dark")
    show(page, tmp_path, blocks.Figure("Black", svg=black), blocks.Figure("Ours", svg=DRAWING))
    drawings = page.locator(".drawing")
    assert drawings.nth(0).evaluate(GROUND) == "rgb(255, 255, 255)"
    assert drawings.nth(1).evaluate(GROUND) == "rgba(0, 0, 0, 0)"


@pytest.mark.parametrize("style", ["position: fixed; inset: 0; height: 100vh", "transform: scale(40)"])
def test_a_drawing_covers_nothing_but_its_place(page: Page, tmp_path: Path, style: str) -> None:
    large = f'<svg viewBox="0 0 9 9" style="{style}"><path d="M0 0h9v9H0z"/></svg>'
    show(page, tmp_path, blocks.Figure("Large", svg=large))
    page.evaluate("document.documentElement.classList.remove('js')")
    page.locator(".drawing").scroll_into_view_if_needed()
    drawing = page.locator(".drawing")
    assert drawing.evaluate("(one) => one.getBoundingClientRect().top") > 20
    assert drawing.evaluate(f"(one) => one.contains({ABOVE})") is False
