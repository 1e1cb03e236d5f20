"""A learner's hand in one question of a page: real clicks, and real keys where a text is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from playwright.sync_api import Locator

# Each call to the browser takes as long as a click, so each says all that is wanted.
OPTIONS = """(form) => {
    const boxes = [...form.querySelectorAll(".option input:enabled")];
    const chosen = boxes.filter((one) => one.checked).map((one) => one.value);
    return [boxes.some((one) => one.type === "checkbox"), chosen];
}"""
ORDER = "(form) => [...form.querySelectorAll('[data-letter]')].map((one) => one.dataset.letter)"


class ClickingHand(Struct, frozen=True):
    """The kinds' `Hand`, with a pointer."""

    form: Locator

    def choose(self, letters: Sequence[str]) -> None:
        several, chosen = self.form.evaluate(OPTIONS)
        for letter in chosen if several else ():
            if letter not in letters:
                self._press_option(letter)
        for letter in letters:
            if letter not in chosen:
                self._press_option(letter)

    def _press_option(self, letter: str) -> None:
        self.form.locator(f".option:visible:has(input[value='{letter}']:enabled)").click()

    def pick(self, letters: Sequence[str]) -> None:
        lists = self.form.locator("select")
        for at, letter in enumerate(letters):
            lists.nth(at).select_option(letter)

    def write(self, texts: Sequence[str]) -> None:
        fields = self.form.locator("input[type=text], textarea")
        for at, words in enumerate(texts):
            fields.nth(at).fill(words)
            fields.nth(at).blur()  # the course reads a field when it is left

    def put_in_order(self, letters: Sequence[str]) -> None:
        """An order that stands there already counts as an answer once something was moved."""
        has_moved = False
        for place, letter in enumerate(letters):
            now: list[str] = self.form.evaluate(ORDER)
            for _ in range(now.index(letter) - place):
                self._move(letter, -1)
                has_moved = True
        if not has_moved:
            self._move(letters[0], 1)
            self._move(letters[0], -1)

    def _move(self, letter: str, by: int) -> None:
        self.form.locator(f"[data-letter='{letter}'] [data-move='{by}']").click()

    def submit(self) -> None:
        self.form.locator("[type=submit]").click()
