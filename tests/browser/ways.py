"""The ways in which somebody answers: by a pointer, or by the keyboard alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.browser.pressing import PRESS

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

FARTHEST = 200  # stops of the Tab key, which go around a document once
IS_FOCUSED = "(one) => one === document.activeElement"
IS_IN_GROUP = "(form) => form.contains(document.activeElement) && document.activeElement.type === 'radio'"


@dataclass(frozen=True)
class ByClicks:
    """A pointer; the keyboard only where a text is asked for."""

    page: Page

    def press(self, control: Locator) -> None:
        control.click()

    def choose(self, form: Locator, *options: str) -> None:
        for words in options:
            form.locator(".option").filter(has_text=words).click()

    def find(self, form: Locator, *places: str) -> None:
        """In the picture, by the numbers that the list gives."""
        for words in places:
            number = form.locator(".option").filter(has_text=words).locator(".number").inner_text()
            form.locator("[data-pin]").get_by_text(number, exact=True).click()

    def pick(self, form: Locator, item: str, target: str) -> None:
        form.get_by_label(item, exact=True).select_option(label=target)

    def write(self, form: Locator, *texts: str) -> None:
        fields = form.locator("input[type=text], textarea")
        for at, words in enumerate(texts):
            fields.nth(at).click()
            self.page.keyboard.type(words)

    def put_in_order(self, form: Locator, items: Sequence[str]) -> None:
        for place, item in enumerate(items):
            now = form.locator("[data-letter] .said > span:first-child").all_inner_texts()
            for _ in range(now.index(item) - place):
                self.press(form.get_by_role("button", name=f"Move up: {item}", exact=True))


class ByScript(ByClicks):
    """Within the page, where a test only passes through: a click from outside takes 50 ms."""

    def press(self, control: Locator) -> None:
        control.evaluate(PRESS)

    def choose(self, form: Locator, *options: str) -> None:
        for words in options:
            self.press(form.locator(".option").filter(has_text=words))

    def write(self, form: Locator, *texts: str) -> None:
        fields = form.locator("input[type=text], textarea")
        for at, words in enumerate(texts):
            fields.nth(at).fill(words)
            fields.nth(at).blur()  # only then it has changed


class ByKeys(ByClicks):
    """Tab, Space, Enter, the arrows and letters."""

    def reach(self, control: Locator, is_there: str = IS_FOCUSED) -> None:
        for _ in range(FARTHEST):
            if control.evaluate(is_there):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the Tab key does not lead to {control}")

    def press(self, control: Locator) -> None:
        self.reach(control)
        self.page.keyboard.press("Enter")

    def find(self, form: Locator, *places: str) -> None:
        self.choose(form, *places)

    def choose(self, form: Locator, *options: str) -> None:
        inputs = [form.locator(".option").filter(has_text=words).locator("input") for words in options]
        if form.locator("input[type=checkbox]").count():
            for box in inputs:
                self.reach(box)
                self.page.keyboard.press("Space")
            return
        self.reach(form, IS_IN_GROUP)
        self.page.keyboard.press("Space")
        while not inputs[0].is_checked():
            self.page.keyboard.press("ArrowDown")

    def pick(self, form: Locator, item: str, target: str) -> None:
        self.reach(form.get_by_label(item, exact=True))
        self.page.keyboard.type(target)

    def write(self, form: Locator, *texts: str) -> None:
        fields = form.locator("input[type=text], textarea")
        for at, words in enumerate(texts):
            self.reach(fields.nth(at))
            self.page.keyboard.type(words)
