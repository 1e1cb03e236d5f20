"""Questions: what is said to the learner, what is written as an interaction, what comes back."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from courseware.blocks import Check, Page, Question
from courseware.pages import Pages
from tests.browser.course.conftest import Launching
from tests.browser.course.learner import Learner
from tests.browser.course.lms import Lms
from tests.courseware.sample_pages import LISTEN, SIGNS, SIGNS_LESSON, sample

pytestmark = pytest.mark.browser


def interaction(lms: Lms, at: int) -> dict[str, str]:
    prefix = f"cmi.interactions.{at}."
    return {
        call[1].removeprefix(prefix): call[2]
        for call in lms.called()
        if call[0] == "SetValue" and call[1].startswith(prefix)
    }


@pytest.mark.both_standards
def test_an_answer_is_an_interaction_in_the_terms_of_its_version(lms: Launching) -> None:
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.frame.click("[data-begin]")
    learner.check("possible-signs", "ac")
    told = interaction(lms_, 0)
    latency = told.pop("latency")
    if lms_.form == "scorm12":
        assert re.fullmatch(r"0000:00:\d\d\.\d\d", latency)
        assert re.fullmatch(r"\d\d:\d\d:\d\d", told.pop("time"))
        assert told == {
            "id": "possible-signs",
            "type": "choice",
            "objectives.0.id": "recognise",
            "correct_responses.0.pattern": "{a,b}",
            "weighting": "0",
            "student_response": "a,c",
            "result": "wrong",
        }
    else:
        assert re.fullmatch(r"PT0H0M[\d.]+S", latency)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\dZ", told.pop("timestamp"))
        assert told == {
            "id": "possible-signs",
            "type": "choice",
            "objectives.0.id": "recognise",
            "correct_responses.0.pattern": "a[,]b",
            "weighting": "0",
            "learner_response": "a[,]c",
            "result": "incorrect",
            "description": "Which of these may be signs of neglect?",
        }
    assert not lms_.refused()


def told(lms_: Lms, question: Question, letters: str) -> list[str]:
    """What is said of those answers to a question in the first lesson, a line each."""
    learner = Learner(lms_.launch())
    learner.frame.click("[data-begin]")
    feedback = learner.check(question.id, letters).locator(".feedback")
    return feedback.inner_text().split("\n")


def asking(question: Question) -> Pages:
    page = Page("", (Check(question),))
    return replace(sample(), lessons=(replace(SIGNS_LESSON, pages=(page,)), LISTEN), assessment=None)


def test_what_is_said_of_an_answer_without_a_reason_is_said_once(lms: Launching) -> None:
    silent = replace(SIGNS, options=tuple(replace(one, because="") for one in SIGNS.options))
    lms_ = lms(asking(silent))
    assert told(lms_, silent, "a")[0] == "Not quite. What you chose is right, but there is more to find."
    single = replace(
        silent, options=(silent.options[0], *(replace(one, right=False) for one in silent.options[1:]))
    )
    assert told(lms(asking(single)), single, "a")[0] == "Yes. That is the only right answer."


def test_each_reason_stands_under_the_whole_of_its_option(lms: Launching) -> None:
    first = replace(SIGNS.options[0], html="<strong>Often</strong> <em>hungry</em>, or cold")
    marked = replace(SIGNS, options=(first, *SIGNS.options[1:]))
    lms_ = lms(asking(marked))
    assert "Often hungry, or cold" in told(lms_, marked, "ac")


def test_a_reason_of_two_sentences_is_one_paragraph_where_several_are_told(lms: Launching) -> None:
    first = replace(SIGNS.options[0], because="<p>Hunger is a sign. Cold is one, too.</p>")
    asked = replace(SIGNS, options=(first, *SIGNS.options[1:]))
    assert "Hunger is a sign. Cold is one, too." in told(lms(asking(asked)), asked, "ac")


@pytest.mark.both_standards
def test_each_try_is_an_interaction_of_its_own(lms: Launching) -> None:
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.frame.click("[data-begin]")
    question = learner.check("possible-signs", "ac")
    question.locator("[type=submit]").click()
    learner.check("possible-signs", "ab")
    assert [interaction(lms_, at)["result"] for at in (0, 1)][1] == "correct"
    lms_.leave()
    again = Learner(lms_.launch())
    count = int(lms_.get("cmi.interactions._count") or 0)
    question = again.question("promise-not-to-tell")
    again.frame.click("[data-current] [data-onward]")
    again.check("promise-not-to-tell", "b")
    assert interaction(lms_, count)["id"] == "promise-not-to-tell"
    assert not lms_.refused()


@pytest.mark.both_standards
def test_one_answer_rewrites_no_other(lms: Launching) -> None:
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.frame.click("[data-begin]")
    before = len(lms_.called())
    learner.check("possible-signs", "ab")
    written = [call[1] for call in lms_.called()[before:] if call[0] == "SetValue"]
    assert len(written) == len(set(written))
    assert len([name for name in written if "interactions" not in name]) <= 4


@pytest.mark.both_standards
def test_one_final_answer_is_one_commit(lms: Launching) -> None:
    """Many LMSs stand still while they save."""
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.read_all()
    learner.frame.click("[data-questions]")
    before = len(lms_.called())
    learner.answer(("b", "a", "b"))
    assert [call[0] for call in lms_.called()[before:]].count("Commit") == 3


def test_feedback_reacts_to_the_answer_and_shows_the_way_back(lms: Launching) -> None:
    learner = Learner(lms().launch())
    learner.frame.click("[data-begin]")
    learner.frame.click("[data-current] [data-onward]")
    question = learner.check("promise-not-to-tell", "b")
    feedback = question.locator(".feedback")
    assert feedback.locator(".head").inner_text() == "Not quite. It is a kind thing to want to say."
    assert "Lesson 2 of 2, about 4\u00a0minutes. You come back here." in feedback.inner_text()
    assert question.locator("label:has([value=b]) .verdict").inner_text() == "Your answer, not quite"
    assert question.locator("label:has([value=a]) .verdict").inner_text() == ""
    learner.frame.click("text=Read “In the moment” again")
    learner.frame.click("text=Back to your question")
    question.get_by_role("button", name="Show me the answer").click()
    assert question.locator("label:has([value=a]) .verdict").inner_text() == "A right answer"


def test_checking_without_a_choice_says_so(lms: Launching) -> None:
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.frame.click("[data-begin]")
    question = learner.question("possible-signs")
    question.locator("[type=submit]").click()
    assert question.get_by_role("alert").inner_text().strip() == "Choose an answer first."
    assert lms_.get("cmi.interactions._count") == "0"


@pytest.mark.both_standards
def test_answers_and_place_come_back(lms: Launching) -> None:
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.frame.click("[data-begin]")
    learner.check("possible-signs", "ab")
    learner.frame.click("[data-current] [data-onward]")
    learner.check("promise-not-to-tell", "b")
    learner.frame.locator("#listen\\.1 h2").scroll_into_view_if_needed()
    learner.frame.evaluate("document.getElementById('listen.1').scrollIntoView()")
    location = "cmi.core.lesson_location" if lms_.form == "scorm12" else "cmi.location"
    lms_.page.wait_for_function("(name) => window.runtime.get(name) === 'listen.1'", arg=location)
    lms_.leave()
    frame = lms_.launch()
    learner = Learner(frame)
    assert learner.screen == "listen"
    heading = frame.locator("#listen\\.1 h2").bounding_box()
    assert heading
    assert 0 <= heading["y"] < 300
    question = learner.question("promise-not-to-tell")
    assert question.locator(".verdict:not(:empty)").inner_text() == "Your answer, not quite"
    assert "Not quite." in question.locator(".feedback").inner_text()
    assert frame.locator("[data-question='possible-signs'] .feedback").text_content()


@pytest.mark.both_standards
def test_final_answers_come_back_and_are_not_told_before_the_end(lms: Launching) -> None:
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.read_all()
    learner.frame.click("[data-questions]")
    learner.answer(("b", "a"))
    lms_.leave()
    assert not any(
        "final-" in call[2] and "interactions" in call[1] for call in lms_.calls if call[0] == "SetValue"
    )
    frame = lms_.launch()
    learner = Learner(frame)
    assert learner.screen == "questions."
    assert frame.locator("[data-question='final-2']").is_visible()
    assert frame.locator("[data-question='final-2'] [value=a]").is_checked()
    assert frame.locator("[data-question='final-1'] [value=b]").is_checked()
    frame.click("[data-to='2']")
    for number, letters in ((3, "b"), (4, "b"), (5, "ab")):
        learner.choose(learner.question(f"final-{number}"), letters)
        if number < 5:
            frame.click("[data-turn='1']")
    frame.click("[data-submit]")
    assert "You got 4 of 5 (80%)." in frame.inner_text("[data-current]")
    assert [interaction(lms_, at)["id"] for at in range(5)] == [f"final-{n}" for n in range(1, 6)]
    assert {interaction(lms_, at)["weighting"] for at in range(5)} == {"1"}


@pytest.mark.parametrize("answered", [0, 2])
def test_the_first_page_of_the_final_questions_comes_back(lms: Launching, answered: int) -> None:
    """Before they are begun, and when a learner looks at it again while they in progress."""
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.read_all()
    if answered:
        learner.frame.click("[data-questions]")
        learner.answer(("b",) * answered)
        learner.frame.click(".bar [data-opens=contents]")
        learner.frame.click("#contents [data-contents='assessment.']")
    learner.frame.wait_for_function("location.hash === '#assessment.'")
    lms_.leave()
    frame = lms_.launch()
    assert Learner(frame).screen == "assessment."
    assert ("2 of 5 answered so far" in frame.inner_text("[data-current]")) is bool(answered)


def test_a_result_comes_back(lms: Launching) -> None:
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.read_all()
    learner.take(("b", "a", "b", "a", "ab"))
    lms_.leave()
    frame = lms_.launch()
    assert Learner(frame).screen == "results."
    assert "You got 3 of 5 (60%). You need 4." in frame.inner_text("[data-current]")
    again = frame.locator(".again li").all_inner_texts()
    assert again == [
        "When a child tells you something\nLesson 2 of 2: Respond well when a child tells you\n9 min"
    ]


def reworded(pages: Pages) -> Pages:
    """The same course after an edit: another wording of one check, and a lesson more."""
    check = Check(replace(SIGNS, fingerprint="new0"))
    signs = replace(SIGNS_LESSON, pages=(Page("", (check,)), *SIGNS_LESSON.pages[1:]))
    return replace(pages, lessons=(signs, *pages.lessons[1:]))


def test_a_new_edition_keeps_what_still_fits(lms: Launching) -> None:
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.frame.click("[data-begin]")
    learner.check("possible-signs", "ab")
    learner.frame.click("[data-current] [data-onward]")
    learner.check("promise-not-to-tell", "a")
    lms_.leave()
    newer = lms(reworded(lms_.pages))
    newer.values = lms_.values
    frame = newer.launch()
    assert frame.locator("[data-question='possible-signs'] input:checked").count() == 0
    assert frame.locator("[data-question='promise-not-to-tell'] input:checked").get_attribute("value") == "a"


def test_any_suspend_data_starts(lms: Launching) -> None:
    lms_ = lms()
    for text in (
        *("", "2~listen.0~~~", "1~gone.4~gone.z~9.9.9~x"),
        "1~listen.z~listen.zz~0.0.0~promise-not-to-tell.aB3_",
    ):
        lms_.values["cmi.suspend_data"] = text
        lms_.launch()
        assert lms_.frame.locator("[data-current]").count() == 1, text


@pytest.mark.both_standards
def test_suspend_data_is_what_the_decision_says(lms: Launching) -> None:
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.frame.click("[data-begin]")
    learner.check("possible-signs", "ac")
    learner.read_all() if learner.screen == "start." else None
    learner.frame.click("[data-current] [data-onward]")
    learner.frame.click("[data-current] [data-onward]")
    learner.take(("b", "b", "b", "b", "ab"))
    written = re.sub(r"~[0-9a-z]+\.~~", "~SEED.~~", lms_.get("cmi.suspend_data") or "")
    assert written == (
        "2~.~signs.3!listen.3~1.2.dw.1zyu6~SEED.~~possible-signs.Zz-1.5.5!"
        "*final-1.f001.2.5!*final-2.f002.2.5!*final-3.f003.2.5!*final-4.f004.2.5!*final-5.f005.3.5"
    )
