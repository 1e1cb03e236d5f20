"""Status, exactly: what an LMS is told, and when, in both versions of SCORM."""

from __future__ import annotations

import pytest

from tests.browser.course.conftest import Launching
from tests.browser.course.learner import RIGHT, Learner
from tests.browser.course.lms import Lms
from tests.courseware.sample_pages import sample

pytestmark = pytest.mark.browser

BEFORE_UNLOAD = """([time, told]) => {
  frames[0].dispatchEvent(new Event("beforeunload"));
  return calls.filter(([, element]) => element === time).length > told;
}"""

WRONG = ("a", "b", "a", "b", "c")
ENOUGH = ("b", "b", "b", "b", "c")


def status(lms: Lms) -> tuple[str | None, str | None]:
    """Completion and success; SCORM 1.2 has one word for both."""
    if lms.form == "scorm12":
        return lms.get("cmi.core.lesson_status"), None
    return lms.get("cmi.completion_status"), lms.get("cmi.success_status")


def score(lms: Lms) -> dict[str, str | None]:
    prefix = "cmi.core.score" if lms.form == "scorm12" else "cmi.score"
    return {name: lms.get(f"{prefix}.{name}") for name in ("raw", "min", "max")}


@pytest.mark.both_standards
def test_nothing_is_scored_before_the_questions_are_handed_in(lms: Launching) -> None:
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.read_all()
    learner.frame.click("[data-questions]")
    learner.answer(RIGHT)
    assert status(lms_) == ("incomplete", None if lms_.form == "scorm12" else "unknown")
    assert not any("score" in name for name in lms_.names_set())
    assert not lms_.refused()


@pytest.mark.both_standards
@pytest.mark.parametrize(
    ("answers", "right", "expected"), [(RIGHT, 5, "passed"), (ENOUGH, 4, "passed"), (WRONG, 2, "failed")]
)
def test_the_result_is_told_when_they_are_handed_in(
    lms: Launching, answers: tuple[str, ...], right: int, expected: str
) -> None:
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.read_all()
    learner.take(answers)
    assert learner.screen == "results."
    if lms_.form == "scorm12":
        assert status(lms_) == (expected, None)
        assert score(lms_) == {"raw": str(right * 20), "min": "0", "max": "100"}
    else:
        assert status(lms_) == ("completed", expected)
        assert score(lms_) == {"raw": str(right), "min": "0", "max": "5"}
        assert lms_.get("cmi.score.scaled") == {5: "1", 4: "0.8", 2: "0.4"}[right]
        assert lms_.get("cmi.progress_measure") == "1"
    assert lms_.called()[-1][0] == "Commit"
    assert not lms_.refused()


@pytest.mark.both_standards
def test_a_pass_survives_a_worse_try(lms: Launching) -> None:
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.read_all()
    learner.take(ENOUGH)
    before = status(lms_), score(lms_)
    learner.frame.click(".bar [data-opens=contents]")
    learner.frame.click("#contents [data-contents='assessment.']")
    learner.take(WRONG)
    assert "Not passed yet" in learner.frame.inner_text("[data-current]")
    assert "You passed before, with 4 of 5 (80%), and that stays." in learner.frame.inner_text(
        "[data-current]"
    )
    assert (status(lms_), score(lms_)) == before


@pytest.mark.both_standards
def test_a_pass_is_kept_though_the_suspend_data_is_lost(lms: Launching) -> None:
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.read_all()
    learner.take()
    lms_.leave()
    lms_.values["cmi.suspend_data"] = "lost"
    learner = Learner(lms_.launch())
    learner.read_all()
    assert status(lms_)[0] in ("passed", "completed")
    learner.take(WRONG)
    assert status(lms_)[-1 if lms_.form == "scorm2004" else 0] == "passed"
    assert score(lms_)["raw"] in ("100", "5")


@pytest.mark.both_standards
def test_without_an_assessment_reading_completes(lms: Launching) -> None:
    lms_ = lms(sample(assessed=False))
    learner = Learner(lms_.launch())
    learner.frame.click("[data-begin]")
    assert status(lms_)[0] == "incomplete"
    learner.frame.click("[data-current] [data-onward]")
    learner.frame.click("[data-current] [data-onward]")
    assert learner.screen == "end."
    assert status(lms_)[0] == "completed"
    assert not any("score" in name or "success" in name for name in lms_.names_set())


def test_the_questions_open_when_all_is_read(lms: Launching) -> None:
    learner = Learner(lms().launch())
    learner.frame.click(".bar [data-opens=contents]")
    learner.frame.click("#contents [data-contents='assessment.']")
    assert learner.frame.locator("[data-questions]").is_hidden()
    assert "Still to do: Signs of harm" in learner.frame.inner_text("[data-locked]")


def test_every_question_must_be_answered_before_handing_in(lms: Launching) -> None:
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.read_all()
    learner.frame.click("[data-questions]")
    learner.frame.click("[data-to='4']")
    learner.frame.click("[data-submit]")
    assert "Not answered yet: 1, 2, 3, 4 and 5." in learner.frame.inner_text("[data-unanswered]")
    assert learner.screen == "questions."
    assert not any("score" in name for name in lms_.names_set())


def test_tries_run_out(lms: Launching) -> None:
    lms_ = lms(sample(tries=2))
    learner = Learner(lms_.launch())
    learner.read_all()
    learner.take(WRONG)
    assert "You have one attempt left." in learner.frame.inner_text("[data-current]")
    learner.frame.click("text=Try again now")
    learner.answer(WRONG)
    learner.frame.click("[data-submit]")
    assert learner.frame.locator("text=Try again now").count() == 0
    assert "You have no attempts left." in learner.frame.inner_text("[data-current]")
    assert "Worth another look first" not in learner.frame.inner_text("[data-current]"), "before what?"
    lms_.leave()
    learner = Learner(lms_.launch())
    learner.frame.click(".bar [data-opens=contents]")
    learner.frame.click("#contents [data-contents='assessment.']")
    assert learner.frame.locator("[data-questions]").is_hidden()


@pytest.mark.both_standards
@pytest.mark.parametrize("mode", ["review", "browse"])
def test_looking_through_writes_nothing(lms: Launching, mode: str) -> None:
    lms_ = lms()
    key = "cmi.core.lesson_mode" if lms_.form == "scorm12" else "cmi.mode"
    learner = Learner(lms_.launch(**{key: mode}))
    learner.check("possible-signs", "ab") if learner.screen == "signs" else learner.read_all()
    learner.take()
    assert "Nothing that you do here is recorded" in learner.frame.inner_text("[data-mode]")
    assert lms_.names_set() <= {"cmi.core.session_time", "cmi.session_time"}


@pytest.mark.both_standards
def test_finishing_ends_the_session_once(lms: Launching) -> None:
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.read_all()
    learner.take()
    learner.frame.click("text=Finish and leave")
    assert learner.screen == "stopped."
    assert "Your result is on record" in learner.frame.inner_text("[data-current]")
    exit_ = lms_.told("cmi.core.exit" if lms_.form == "scorm12" else "cmi.exit")
    assert exit_ == [
        "suspend",
        "" if lms_.form == "scorm12" else "normal",
    ]  # the first, should no end be heard
    assert lms_.told("adl.nav.request") == ([] if lms_.form == "scorm12" else ["exitAll"])
    lms_.leave()
    assert [call[0] for call in lms_.calls].count("Terminate") == 1
    assert not lms_.refused()


@pytest.mark.both_standards
def test_the_time_is_told_before_the_page_goes(lms: Launching) -> None:
    """Firefox may end a page's scripts before `pagehide`."""
    lms_ = lms()
    Learner(lms_.launch()).frame.click("[data-begin]")
    time = "cmi.core.session_time" if lms_.form == "scorm12" else "cmi.session_time"
    told = len(lms_.told(time))
    lms_.page.wait_for_function(BEFORE_UNLOAD, arg=[time, told])


@pytest.mark.both_standards
def test_going_away_suspends_and_counts_the_time(lms: Launching) -> None:
    lms_ = lms()
    Learner(lms_.launch()).frame.click("[data-begin]")
    lms_.leave()
    last = [call[:3] for call in lms_.calls if call[0] in ("SetValue", "Commit", "Terminate")][-4:]
    exit_, time = (
        ("cmi.core.exit", "cmi.core.session_time")
        if lms_.form == "scorm12"
        else ("cmi.exit", "cmi.session_time")
    )
    assert last[0] == ["SetValue", exit_, "suspend"]
    assert last[1][:2] == ["SetValue", time]
    assert [call[0] for call in last[2:]] == ["Commit", "Terminate"]
    assert not lms_.refused()
