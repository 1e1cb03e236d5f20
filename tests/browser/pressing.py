"""Presses within the page, where a test only passes through: a click from outside takes 50 ms.

The tests of the kinds answer by a pointer and by keys (`ways.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

PRESS = """(control) => {
    const isThere = control.checkVisibility({visibilityProperty: true});
    const isOff = control.matches(":disabled, [aria-disabled=true], :has(:disabled)");
    if (!isThere || isOff) throw new Error(`nobody can press ${control.outerHTML}`);
    control.click();
}"""
PRESS_EACH = f"""(selectors) => selectors.forEach((selector) => {{
    const found = [...document.querySelectorAll(selector)];
    if (found.length !== 1) throw new Error(`${{found.length}} of ${{selector}}`);
    ({PRESS})(found[0]);
}})"""


def press(frame: Frame | Page, *selectors: str) -> None:
    """Each of these controls in turn; fails where one is not there alone, cannot be seen or is disabled."""
    frame.evaluate(PRESS_EACH, selectors)


def options(question: str, letters: str) -> list[str]:
    """The options of a question."""
    return [f"[data-question='{question}'] label:has([value={letter}])" for letter in letters]
