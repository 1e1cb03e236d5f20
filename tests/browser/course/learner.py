"""What a learner does in a course, in the words of a test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.browser.pressing import options, press

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Locator, Page

# Within the page: a click from outside takes a twentieth of a second.
READ_ALL = """async () => {
    const current = () => document.querySelector("[data-current]");
    while (!["assessment.", "end."].includes(current().dataset.screen)) {
        const {screen} = current().dataset;
        current().querySelector("[data-onward]").click();
        for (let frames = 0; current()?.dataset.screen === screen; frames++) {
            if (frames > 1000) throw new Error(`nothing leads on from ${screen}`);
            await new Promise(requestAnimationFrame);
        }
    }
}"""
RIGHT = ("b", "b", "b", "b", "ab")


@dataclass
class Learner:
    """Somebody in front of one frame or page that shows the sample course."""

    frame: Frame | Page

    @property
    def screen(self) -> str:
        return self.frame.locator("[data-current]").get_attribute("data-screen") or ""

    def read_all(self) -> None:
        """From the start through every lesson, by the main button."""
        press(self.frame, "[data-begin]")
        self.frame.evaluate(READ_ALL)

    def question(self, id: str) -> Locator:  # noqa: A002
        return self.frame.locator(f"[data-question='{id}']")

    def choose(self, question: Locator, letters: str) -> None:
        for letter in letters:
            question.locator(f"label:has([value={letter}])").click()

    def check(self, id: str, letters: str) -> Locator:  # noqa: A002
        press(self.frame, *options(id, letters), f"[data-question='{id}'] [type=submit]")
        return self.question(id)

    def answer(self, answers: tuple[str, ...]) -> None:
        """The final questions, one after the other, without handing in."""
        for number, letters in enumerate(answers, 1):
            onward = ["[data-turn='1']"] if number < len(answers) else []
            press(self.frame, *options(f"final-{number}", letters), *onward)

    def take(self, answers: tuple[str, ...] = RIGHT) -> None:
        """Starts, answers and hands in."""
        press(self.frame, "[data-questions]")
        self.answer(answers)
        press(self.frame, "[data-submit]")
