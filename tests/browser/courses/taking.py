"""A learner who takes a real course in any LMS: what to press, and which answers are right."""

from __future__ import annotations

import string
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Frame, Locator, expect

from tests.browser.pressing import options, press


@dataclass(frozen=True, slots=True)
class Course:
    """A course's source, read for its right answers."""

    folder: Path

    @property
    def final(self) -> dict[str, Any]:
        """The final questions by id, in the order in which they are asked."""
        return _questions(self.folder / "quizzes" / "final.yaml")

    def right(self, question: str) -> str:
        """The letters of the right answers, in the order of the source."""
        return letters(self.final[question], "right")

    def may_be_missed(self, question: str) -> bool:
        """Whether somebody can pass without it."""
        return not self.final[question].get("must be right")

    def wrong(self, question: str) -> str:
        """One letter that makes the answer wrong, whatever the question's kind."""
        return letters(self.final[question], "wrong")[0]


@cache
def _questions(bank: Path) -> dict[str, Any]:
    """Each right answer is looked up here, and reading YAML takes a tenth of a second."""
    questions: dict[str, Any] = yaml.safe_load(bank.read_text(encoding="utf-8"))["questions"]
    return questions


def letters(question: dict[str, Any], which: str) -> str:
    options = question.get("choose one") or question["choose all"]
    return "".join(
        letter for letter, option in zip(string.ascii_lowercase, options, strict=False) if which in option
    )


# Many pages are gone through within the page: a click from outside takes a tenth of a second.
ANSWER = """() => {
    for (const form of document.querySelectorAll("[data-current] .page > .question")) {
        for (let step = 0; !("answered" in form.dataset); step++) { // a scenario has several
            if (step > 20) throw new Error(`no answer ends ${form.dataset.question}`);
            form.querySelector(".option:not(:has(:disabled))").click();
            form.querySelector("[type=submit]").click();
        }
    }
}"""
READ_ON = """async () => {
    const answer = ANSWER;
    const next = async (screen) => {
        for (let frames = 0; frames < 1000; frames++) {
            await new Promise(requestAnimationFrame);
            if (document.querySelector("[data-current]")?.dataset.screen !== screen) return;
        }
        throw new Error(`nothing leads on from ${screen}`);
    };
    let page = document.querySelector("[data-current]");
    for (; page.dataset.screen !== "assessment."; page = document.querySelector("[data-current]")) {
        answer();
        page.querySelector("[data-onward]").click();
        await next(page.dataset.screen);
    }
}""".replace("ANSWER", ANSWER)


@dataclass(frozen=True, slots=True)
class Taker:
    """Somebody in front of the frame that shows the course."""

    frame: Frame

    def screen(self) -> str:
        return self.frame.locator("[data-current]").get_attribute("data-screen") or ""

    def begin(self) -> None:
        self.frame.click("[data-begin]")

    def onward(self) -> None:
        """Answer what the lesson asks, rightly or not, and go on."""
        self.frame.evaluate(ANSWER)
        self.frame.click("[data-current] [data-onward]")

    def read_on(self) -> None:
        """Through the rest of the lessons, to the final questions."""
        self.frame.evaluate(READ_ON)

    def question(self, identifier: str) -> Locator:
        return self.frame.locator(f"[data-question='{identifier}']")

    def choose(self, identifier: str, chosen: str) -> None:
        for letter in chosen:
            self.question(identifier).locator(f"label:has([value={letter}])").click()

    def check(self, identifier: str, chosen: str) -> None:
        """Answer a lesson's question and have it checked."""
        self.choose(identifier, chosen)
        self.question(identifier).locator("[type=submit]").click()

    def asked(self) -> list[str]:
        """The final questions of this try, in their order."""
        forms = self.frame.locator("#questions\\. .question:not([hidden])")
        found: list[str] = forms.evaluate_all("(forms) => forms.map((form) => form.dataset.question)")
        return found

    def take_the_assessment(
        self, course: Course, wrong: int = 0, *, meanwhile: Callable[[], None] = lambda: None
    ) -> None:
        """Every final question, the first so many that may be missed answered wrongly, and hand in; something
        is done after each answer."""
        if self.screen() == "assessment.":
            self.frame.click("[data-questions]")
        asked = self.asked()
        missed = [identifier for identifier in asked if course.may_be_missed(identifier)][:wrong]
        for at, identifier in enumerate(asked):
            answer = course.wrong if identifier in missed else course.right
            press(self.frame, f"#questions\\. [data-to='{at}']", *options(identifier, answer(identifier)))
            meanwhile()
        self.frame.click("[data-submit]")
        expect(self.frame.locator("[data-screen='results.']")).to_be_visible()
