"""A part of a bank is drawn: what a learner meets, and what an LMS is told and keeps."""

from __future__ import annotations

import string

import pytest
from msgspec.structs import replace

from courseware.assessment import Assessment
from courseware.blocks import Question
from courseware.pages import Pages
from courseware.planning import suspend_data
from tests.browser.course.conftest import Launching
from tests.browser.course.learner import Learner
from tests.browser.course.lms import Lms
from tests.browser.course.test_status import score, status
from tests.browser.pressing import options, press
from tests.courseware.sample_pages import sample, scored

pytestmark = pytest.mark.browser


def bank(size: int, drawn: int, tries: int | None = None, **first: bool) -> Pages:
    """So many of the questions are drawn; b is right in each. `first` says what the first of them is."""
    questions = [replace(scored(number), fingerprint=fingerprint(number)) for number in range(1, size + 1)]
    questions[0] = replace(questions[0], **first)
    asked = Assessment(tuple(questions), -(-drawn * 8 // 10), "80", tries, 10, (("*", drawn),), shuffled=True)
    return replace(sample(), assessment=asked)


def fingerprint(number: int) -> str:
    """No two begin alike."""
    return f"{string.ascii_letters[number // 50]}{string.ascii_letters[number % 50]}ff"


def asked(learner: Learner) -> list[str]:
    """The questions of this try, in their order."""
    forms = learner.frame.locator("#questions\\. .question:not([hidden])")
    found: list[str] = forms.evaluate_all("(forms) => forms.map((form) => form.dataset.question)")
    return found


def shown_order(learner: Learner, question: str) -> list[str]:
    found: list[str] = learner.frame.evaluate(
        "(id) => [...document.querySelectorAll(`[id='a.${id}'] input`)].map((input) => input.value)", question
    )
    return found


def begun(lms_: Lms) -> Learner:
    learner = Learner(lms_.launch())
    learner.read_all()
    learner.frame.click("[data-questions]")
    return learner


def hand_in(learner: Learner, wrong: tuple[str, ...] = ()) -> None:
    for at, question in enumerate(asked(learner)):
        answer = options(question, "a" if question in wrong else "b")
        press(learner.frame, f"[data-to='{at}']", *answer)
    press(learner.frame, "[data-submit]")


def result(learner: Learner) -> str:
    return learner.frame.inner_text("#results\\.")


@pytest.mark.both_standards
def test_fifteen_of_four_hundred_fit_a_learner_s_memory_and_come_back(lms: Launching) -> None:
    pages = bank(400, 15, tries=3)
    lms_ = lms(pages)
    learner = begun(lms_)
    first = asked(learner)
    orders = {question: shown_order(learner, question) for question in first}
    assert len(first) == len(set(first)) == 15
    assert first != sorted(first, key=lambda name: int(name.removeprefix("final-")))
    assert len({tuple(order) for order in orders.values()}) > 1
    learner.choose(learner.question(first[0]), "b")
    lms_.leave()
    learner = Learner(lms_.launch())
    assert learner.screen == "questions."
    assert asked(learner) == first
    assert {question: shown_order(learner, question) for question in first} == orders
    assert learner.question(first[0]).locator("[value=b]").is_checked()
    hand_in(learner, wrong=tuple(first[:4]))
    learner.frame.get_by_role("button", name="Try again now").click()
    second = asked(learner)
    assert set(first).isdisjoint(second)
    hand_in(learner, wrong=tuple(second))
    written = lms_.get("cmi.suspend_data") or ""
    assert len(written) <= suspend_data.largest(pages).characters <= 4096
    assert not lms_.refused()


def test_unseen_questions_come_first_and_then_those_seen_longest_ago(lms: Launching) -> None:
    lms_ = lms(bank(5, 2))
    learner = begun(lms_)
    seen = [set(asked(learner))]
    for _ in range(3):
        hand_in(learner, wrong=tuple(asked(learner)))
        learner.frame.get_by_role("button", name="Try again now").click()
        seen.append(set(asked(learner)))
    assert seen[0].isdisjoint(seen[1])
    assert seen[2] - seen[0] - seen[1]
    assert seen[2].isdisjoint(seen[1])


def test_a_question_that_is_always_asked_is(lms: Launching) -> None:
    lms_ = lms(bank(30, 3, always=True))
    learner = begun(lms_)
    for _ in range(3):
        assert "final-1" in asked(learner)
        hand_in(learner, wrong=tuple(asked(learner)))
        learner.frame.get_by_role("button", name="Try again now").click()


@pytest.mark.both_standards
def test_nobody_passes_without_what_must_be_right(lms: Launching) -> None:
    lms_ = lms(bank(10, 10, always=True, must=True))
    learner = begun(lms_)
    hand_in(learner, wrong=("final-1",))
    assert "You got 9 of 10 (90%), which is enough." in result(learner)
    assert "Question 1: who decides?" in result(learner)
    assert "failed" in status(lms_)
    if lms_.form == "scorm12":
        assert score(lms_)["raw"] == "79"
    else:
        assert lms_.get("cmi.score.scaled") == "0.79"
    learner.frame.get_by_role("button", name="Try again now").click()
    hand_in(learner, wrong=("final-2", "final-3"))
    assert "You passed" in result(learner)
    assert "passed" in status(lms_)
    assert not lms_.refused()


def test_which_questions_were_right_is_told_once_no_try_can_use_it(lms: Launching) -> None:
    lms_ = lms(bank(30, 5, tries=2))
    learner = begun(lms_)
    hand_in(learner, wrong=tuple(asked(learner)[:3]))
    told = result(learner)
    assert "You got 2 of 5 (40%)." in told
    assert "Lesson 2 of 2: Respond well when a child tells you" in told
    assert learner.frame.locator(".marks").count() == 0
    assert learner.frame.get_by_role("button", name="See all my answers").count() == 0
    learner.frame.get_by_role("button", name="Try again now").click()
    hand_in(learner, wrong=tuple(asked(learner)[:3]))
    assert learner.frame.locator(".marks .heed").count() == 3
    learner.frame.get_by_role("button", name="See all my answers").click()
    assert learner.frame.locator("#questions\\. .question:visible").count() == 5
    assert learner.frame.locator(".option[data-state=answer]:visible").count() == 3


def test_a_draw_goes_on_in_an_edition_that_has_lost_some_of_it(lms: Launching) -> None:
    lms_ = lms(bank(30, 5))
    learner = begun(lms_)
    first = asked(learner)
    for question in first[:2]:
        learner.choose(learner.question(question), "b")
        learner.frame.click("[data-turn='1']")
    lms_.leave()
    newer = bank(30, 5)
    assert newer.assessment
    lost = {first[0], first[4]}
    kept = tuple(one for one in newer.assessment.questions if one.id not in lost)
    again = Lms(lms_.page, lms_.form, with_questions(newer, kept), values=lms_.values)
    learner = Learner(again.launch())
    now = asked(learner)
    assert now[:3] == first[1:4]
    assert len(set(now) - lost) == 5
    assert learner.question(first[1]).locator("[value=b]").is_checked()
    hand_in(learner)
    assert "You passed" in result(learner)


def test_an_old_package_under_way_goes_on_with_a_draw(lms: Launching) -> None:
    """Format 1 of decision 2, of a course that asked the first five of what is a bank now."""
    lms_ = lms(bank(30, 5))
    lms_.values["cmi.suspend_data"] = "1~.2~signs.3!listen.3~0.1.0~*final-2.acff.2.0!*final-1.abff.1.0"
    learner = Learner(lms_.launch())
    assert learner.screen == "questions."
    assert asked(learner)[:2] == ["final-2", "final-1"]
    assert len(asked(learner)) == 5
    assert learner.question("final-2").locator("[value=b]").is_checked()
    hand_in(learner)
    assert "You passed" in result(learner)
    assert not lms_.refused()


def with_questions(pages: Pages, questions: tuple[Question, ...]) -> Pages:
    assert pages.assessment
    return replace(pages, assessment=replace(pages.assessment, questions=questions))
