"""Every screen and state that a learner can meet, each reached from a fresh start."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.browser.course.learner import Learner

if TYPE_CHECKING:
    from playwright.sync_api import Page

WRONG = ("a", "b", "a", "b", "c")


def lesson(page: Page) -> Learner:
    page.click("[data-begin]")
    page.click("[data-current] [data-onward]")
    return Learner(page)


def questions(page: Page) -> Learner:
    learner = Learner(page)
    learner.read_all()
    page.click("[data-questions]")
    return learner


def failed(page: Page) -> None:
    learner = Learner(page)
    learner.read_all()
    learner.take(WRONG)


def passed(page: Page) -> None:
    learner = Learner(page)
    learner.read_all()
    learner.take()


def folded_out(page: Page) -> None:
    lesson(page)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def refused(page: Page) -> None:
    lesson(page).question("promise-not-to-tell").locator("[type=submit]").click()


def shown(page: Page) -> None:
    question = lesson(page).check("promise-not-to-tell", "c")
    question.get_by_role("button", name="Show me the answer").click()


def several(page: Page) -> None:
    page.click("[data-begin]")
    Learner(page).check("possible-signs", "ac")


def reviewed(page: Page) -> None:
    passed(page)
    page.click("text=See all my answers")


def reread(page: Page) -> None:
    failed(page)
    page.click("text=Start with")


def stopped(page: Page) -> None:
    lesson(page)
    page.click(".bar [data-opens=help]")
    page.click("[data-leave]")


def closed(page: Page) -> None:
    page.click(".bar [data-opens=contents]")
    page.click("#contents [data-contents='assessment.']")


def unanswered(page: Page) -> None:
    questions(page)
    page.click("[data-to='4']")
    page.click("[data-submit]")


STATES: dict[str, Callable[[Page], object]] = {
    "start": lambda _: None,
    "lesson": lesson,
    "everything open": folded_out,
    "right": lambda page: lesson(page).check("promise-not-to-tell", "a"),
    "not quite": lambda page: lesson(page).check("promise-not-to-tell", "b"),
    "nothing chosen": refused,
    "answer shown": shown,
    "several": several,
    "help": lambda page: page.click(".bar [data-opens=help]"),
    "contents": lambda page: page.click(".bar [data-opens=contents]"),
    "questions closed": closed,
    "questions open": lambda page: Learner(page).read_all(),
    "question": questions,
    "unanswered": unanswered,
    "not passed": failed,
    "reading again": reread,
    "passed": passed,
    "answers": reviewed,
    "stopped": stopped,
}
