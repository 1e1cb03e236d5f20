"""A pre-test: taken by keys alone, left half-way, and what it spares, in the course and for an LMS."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from playwright.sync_api import Locator

from courseware.pages import Pages
from courseware.planning import suspend_data
from tests.browser.course.conftest import Launching
from tests.browser.course.learner import Learner
from tests.browser.course.lms import Lms
from tests.browser.course.test_answers import interaction
from tests.browser.course.test_draws import asked, bank, result

pytestmark = pytest.mark.browser


def with_pre_test() -> Pages:
    """Six questions about each lesson's objective, of which the pre-test asks three and a try two."""
    pages = bank(12, 4)
    assert pages.assessment
    about = ("recognise", "respond")
    questions = tuple(
        replace(question, objective=about[at % 2]) for at, question in enumerate(pages.assessment.questions)
    )
    draw, pre_test = tuple((one, 2) for one in about), tuple((one, 3) for one in about)
    assessment = replace(
        pages.assessment, questions=questions, draw=draw, pre_test=pre_test, pre_test_minutes=4
    )
    lessons = tuple(replace(lesson, objective=one) for lesson, one in zip(pages.lessons, about, strict=True))
    return replace(pages, lessons=lessons, assessment=assessment)


def objective_of(question: str) -> str:
    return "recognise" if int(question.removeprefix("final-")) % 2 else "respond"


def words(locator: Locator) -> str:
    """What is read there, with ordinary spaces."""
    return locator.inner_text().replace("\u00a0", " ")


def press(lms_: Lms, selector: str) -> None:
    """The control, by the keyboard."""
    lms_.frame.locator(selector).focus()
    lms_.page.keyboard.press("Enter")


def answer(lms_: Lms, question: str, *, rightly: bool) -> None:
    """b is right; the keys of a radio group."""
    Learner(lms_.frame).question(question).locator("input[value=a]").focus()
    lms_.page.keyboard.press("Space")
    values = [
        option.get_attribute("value")
        for option in Learner(lms_.frame).question(question).locator("input").all()
    ]
    way = (values.index("b" if rightly else "c") - values.index("a")) % 3
    for _ in range(way):
        lms_.page.keyboard.press("ArrowDown")


def objectives(lms_: Lms) -> dict[str, dict[str, str | None]]:
    """What an LMS has of each objective."""
    names = ("status",) if lms_.form == "scorm12" else ("completion_status", "success_status")
    count = int(lms_.get("cmi.objectives._count") or 0)
    return {
        str(lms_.get(f"cmi.objectives.{at}.id")): {
            name: lms_.get(f"cmi.objectives.{at}.{name}") for name in names
        }
        for at in range(count)
    }


@pytest.mark.both_standards
def test_an_objective_that_is_passed_spares_its_lessons(lms: Launching) -> None:
    pages = with_pre_test()
    lms_ = lms(pages)
    learner = Learner(lms_.launch())
    offer = learner.frame.locator("[data-offer]")
    assert "Take the pre-test first: 6 questions, about 4 minutes." in words(offer)
    press(lms_, "[data-offer] a")
    assert learner.screen == "pre-test."
    press(lms_, "[data-pre-test]")
    first = asked(learner)
    assert sorted(map(objective_of, first)) == ["recognise"] * 3 + ["respond"] * 3
    assert "Not scored" in learner.question(first[0]).locator(".label").inner_text()
    answer(lms_, first[0], rightly=objective_of(first[0]) == "recognise")
    press(lms_, "[data-turn='1']")
    lms_.leave()

    learner = Learner(lms_.launch())
    assert learner.screen == "questions."
    assert learner.frame.title().startswith("Pre-test")
    assert asked(learner) == first
    assert learner.question(first[0]).locator("input:checked").count() == 1
    for question in first[1:]:
        answer(lms_, question, rightly=objective_of(question) == "recognise")
        if question != first[-1]:
            press(lms_, "[data-turn='1']")
    assert len(lms_.get("cmi.suspend_data") or "") <= suspend_data.largest(pages).characters
    press(lms_, "[data-submit]")

    assert learner.screen == "pre-test."
    told = words(learner.frame.locator("#pre-test\\."))
    assert "You know 1 of 2 topics already" in told
    assert "Answer" not in told, "which answers were right is not told"
    item = learner.frame.locator("#pre-test\\. .again li")
    assert item.nth(0).inner_text().endswith("You know this already")
    assert item.nth(1).inner_text().endswith("Still to learn")
    has = objectives(lms_)
    if lms_.form == "scorm12":
        assert has["pre-test_recognise"] == {"status": "passed"}
        assert has["pre-test_respond"] == {"status": "failed"}
        assert has["signs"]["status"] in ("", "not attempted")
        assert lms_.get("cmi.core.lesson_status") == "incomplete"
    else:
        assert has["pre-test_recognise"] == {"completion_status": "completed", "success_status": "passed"}
        assert has["pre-test_respond"]["success_status"] == "failed"
        assert has["signs"] == {"completion_status": "unknown", "success_status": "unknown"}
        assert lms_.get("cmi.progress_measure") == "0.24"
        assert lms_.get("cmi.completion_status") == "incomplete"
    given = [interaction(lms_, at) for at in range(int(lms_.get("cmi.interactions._count") or 0))]
    assert [one["id"] for one in given] == [f"pre-test_{question}" for question in first]
    assert {one["weighting"] for one in given} == {"0"}

    press(lms_, "#pre-test\\. .closing a")
    assert learner.screen == "listen"
    assert learner.frame.locator("#listen [data-known]").is_hidden()
    lms_.leave()
    learner = Learner(lms_.launch())
    assert "1 of 2\u00a0lessons done, 1 of them known already" in (
        learner.frame.locator("[data-progress]").text_content() or ""
    )
    contents = learner.frame.locator("#contents [data-lesson=signs]")
    assert "You know this already" in (contents.text_content() or "")
    press(lms_, "#listen [data-onward]")
    assert learner.screen == "assessment."
    press(lms_, "[data-questions]")
    assert set(asked(learner)).isdisjoint(first), "the final questions ask what was not seen yet"
    for question in asked(learner):
        answer(lms_, question, rightly=True)
        press(lms_, "[data-turn='1']" if question != asked(learner)[-1] else "[data-submit]")
    assert "You passed" in result(learner)
    assert "2 of 2 complete, 1 of them known already" in result(learner)
    assert not lms_.refused()


@pytest.mark.both_standards
def test_a_spared_lesson_stays_open_and_may_be_read(lms: Launching) -> None:
    lms_ = lms(with_pre_test())
    lms_.values["cmi.suspend_data"] = "2~~~0.0.0~~.recognise~"
    learner = Learner(lms_.launch())
    assert "You know 1 of 2 topics already" in words(learner.frame.locator("[data-offer]"))
    learner.frame.click("#start\\. [data-contents=signs]")
    assert "You know this already: you got it right in the pre-test." in learner.frame.inner_text("#signs")
    learner.frame.click("#signs [data-onward]")
    assert learner.screen == "listen"
    done = {"scorm12": ("status", "completed"), "scorm2004": ("completion_status", "completed")}
    name, word = done[lms_.form]
    assert objectives(lms_)["signs"][name] == word, "what was read is told as read"


def test_it_is_taken_once_and_only_before_the_final_questions(lms: Launching) -> None:
    lms_ = lms(with_pre_test())
    lms_.values["cmi.suspend_data"] = "2~~signs.3!listen.1~0.1.0~1a.~~*final-2.acff..0"
    learner = Learner(lms_.launch())
    assert learner.frame.locator("[data-offer]").is_hidden()
    learner.frame.evaluate("location.hash = 'pre-test.'; dispatchEvent(new PopStateEvent('popstate'))")
    learner.frame.wait_for_selector("#pre-test\\.[data-current]")
    assert "It is closed now." in learner.frame.inner_text("#pre-test\\.")
    assert learner.frame.locator("[data-pre-test]").is_hidden()
