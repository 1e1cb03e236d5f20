"""A course that is built anew under a learner: a result belongs to the questions and the mark of its day."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from courseware.assessment import Assessment
from courseware.blocks import Check, Page
from courseware.pages import Pages
from tests.browser.course.conftest import Launching
from tests.browser.course.learner import RIGHT, Learner
from tests.browser.course.lms import Lms
from tests.browser.course.test_status import ENOUGH, WRONG, score, status
from tests.courseware.sample_pages import ALL, SIGNS, SIGNS_LESSON, sample, scored

pytestmark = pytest.mark.browser


def asking(*numbers: int, pass_raw: int, wording: str = "f") -> Pages:
    """The sample course with these final questions, each answered rightly by its b."""
    questions = tuple(replace(scored(number), fingerprint=f"{wording}{number:03d}") for number in numbers)
    return replace(sample(), assessment=Assessment(questions, pass_raw, "80", None, 10))


FINAL = (*(scored(number) for number in range(1, 5)), ALL)


def handed_in(lms: Lms, answers: tuple[str, ...]) -> Learner:
    learner = Learner(lms.launch())
    learner.read_all()
    learner.take(answers)
    return learner


def next_edition(lms: Lms, pages: Pages) -> Lms:
    lms.leave()
    return Lms(lms.page, lms.form, pages, values=lms.values)


def to_the_questions(lms: Lms) -> Learner:
    learner = Learner(lms.launch())
    learner.frame.click(".bar [data-opens=contents]")
    learner.frame.click("#contents [data-contents='assessment.']")
    return learner


NEWER = {
    "fewer": asking(1, 2, pass_raw=2),
    "others": asking(1, 2, 3, 4, 5, pass_raw=2, wording="g"),
    "a lower mark": replace(sample(), assessment=Assessment(FINAL, 2, "40", None, 10)),
}


@pytest.mark.parametrize("newer", NEWER.values(), ids=NEWER)
def test_nobody_passes_by_a_new_edition(lms: Launching, newer: Pages) -> None:
    """Two of five right were a fail, and stay one until the questions are handed in anew."""
    lms_ = lms()
    handed_in(lms_, WRONG)
    before = status(lms_), score(lms_)
    again = next_edition(lms_, newer)
    learner = to_the_questions(again)
    assert (status(again), score(again)) == before
    assert learner.frame.locator("[data-questions]").is_visible()
    learner.frame.click("[data-questions]")
    assert learner.frame.locator("#questions\\. input:checked").count() == 0
    assert newer.assessment
    learner.answer(("b",) * len(newer.assessment.questions))
    learner.frame.click("[data-submit]")
    assert "passed" in status(again)
    assert not again.refused()


def limited(pages: Pages, tries: int = 1) -> Pages:
    """With so many tries only."""
    assert pages.assessment
    return replace(pages, assessment=replace(pages.assessment, tries=tries))


def test_a_new_edition_leaves_a_try_to_somebody_who_has_used_up_all(lms: Launching) -> None:
    """What they failed is asked no more, so they could never pass what is."""
    lms_ = lms(limited(sample()))
    handed_in(lms_, WRONG)
    before = status(lms_), score(lms_)
    again = next_edition(lms_, limited(asking(1, 2, pass_raw=2)))
    learner = to_the_questions(again)
    assert (status(again), score(again)) == before
    learner.frame.click("[data-questions]")
    learner.answer(("b", "a"))
    learner.frame.click("[data-submit]")
    assert "You have no attempts left." in learner.frame.inner_text("[data-current]")
    assert status(again) == before[0]
    assert not again.refused()


def test_a_try_that_was_begun_may_be_handed_in_where_fewer_are_left(lms: Launching) -> None:
    lms_ = lms(limited(sample(), 2))
    learner = handed_in(lms_, WRONG)
    learner.frame.get_by_role("button", name="Try again now").click()
    again = next_edition(lms_, limited(sample()))
    learner = to_the_questions(again)
    learner.frame.click("[data-questions]")
    learner.answer(RIGHT)
    learner.frame.click("[data-submit]")
    assert learner.screen == "results."
    assert "passed" in status(again)


@pytest.mark.both_standards
def test_a_pass_stays_and_fewer_questions_can_better_it(lms: Launching) -> None:
    lms_ = lms()
    handed_in(lms_, ENOUGH)
    again = next_edition(lms_, asking(1, 2, 3, pass_raw=3))
    learner = to_the_questions(again)
    assert "passed" in status(again)
    learner.frame.click("[data-questions]")
    learner.answer(("b", "b", "b"))
    learner.frame.click("[data-submit]")
    if lms_.form == "scorm12":
        assert score(again) == {"raw": "100", "min": "0", "max": "100"}
    else:
        assert score(again) == {"raw": "3", "min": "0", "max": "3"}
        assert again.get("cmi.score.scaled") == "1"


def test_the_same_questions_in_another_order_keep_their_result(lms: Launching) -> None:
    lms_ = lms(asking(1, 2, 3, pass_raw=3))
    handed_in(lms_, ("b", "a", "b"))
    learner = Learner(next_edition(lms_, asking(3, 1, 2, pass_raw=3)).launch())
    assert learner.screen == "results."
    assert "You got 2 of 3" in learner.frame.inner_text("[data-current]")


def test_a_result_of_before_judges_were_written_is_kept(lms: Launching) -> None:
    lms_ = lms(asking(1, 2, pass_raw=2))
    lms_.values["cmi.suspend_data"] = "1~.~signs.3!listen.3~1.2.1~*final-1.f001.2.5!*final-2.f002.1.5"
    learner = Learner(lms_.launch())
    assert learner.screen == "results."
    assert "You got 1 of 2" in learner.frame.inner_text("[data-current]")


@pytest.mark.both_standards
def test_no_score_is_rounded_below_its_share(lms: Launching) -> None:
    """41 of 50 are 82 per cent, which 0.82 times ten million in binary is not."""
    lms_ = lms(asking(*range(1, 51), pass_raw=41))
    answers = "!".join(f"*final-{n}.f{n:03d}.{2 if n <= 41 else 1}.0" for n in range(1, 51))
    lms_.values["cmi.suspend_data"] = f"1~.0~signs.3!listen.3~0.1.0~{answers}"
    lms_.launch().click("[data-submit]")
    assert "passed" in status(lms_)
    at = next(n for n in range(9) if lms_.get(f"cmi.objectives.{n}.id") == "final_questions")
    told = f"cmi.objectives.{at}.score"
    if lms_.form == "scorm12":
        assert (lms_.get("cmi.core.score.raw"), lms_.get(f"{told}.raw")) == ("82", "82")
    else:
        assert (lms_.get("cmi.score.scaled"), lms_.get(f"{told}.scaled")) == ("0.82", "0.82")


def test_a_lesson_and_a_question_may_have_the_name_of_a_thing_of_the_language(lms: Launching) -> None:
    """Every plain object of JavaScript has a “constructor”."""
    pages = sample(assessed=False)
    check = Check(replace(SIGNS, id="constructor"))
    lesson = replace(SIGNS_LESSON, id="constructor", pages=(Page("", (check,)), *SIGNS_LESSON.pages[1:]))
    lms_ = lms(replace(pages, lessons=(lesson, *pages.lessons[1:])))
    learner = Learner(lms_.launch())
    assert "0 of 2" in (learner.frame.locator("[data-progress]").text_content() or "")
    learner.frame.click("[data-begin]")
    learner.check("constructor", "ab")
    lms_.leave()
    frame = lms_.launch()
    assert Learner(frame).screen == "constructor"
    assert frame.locator("[data-question=constructor] input:checked").count() == 2
