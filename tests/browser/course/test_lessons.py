"""Each lesson is told to the LMS as an objective, once for each thing that changes, in both versions."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from courseware.blocks import Lesson, Page, Text
from tests.browser.course.conftest import Launching
from tests.browser.course.learner import RIGHT, Learner
from tests.browser.course.lms import Lms
from tests.courseware.sample_pages import sample

pytestmark = pytest.mark.browser

WRONG = ("a", "b", "a", "b", "c")
QUESTIONS = "final_questions"


def held(lms: Lms) -> dict[str, str]:
    """What the LMS says of each objective, by id, in its order."""
    status = "status" if lms.form == "scorm12" else "completion_status"
    count = int(lms.get("cmi.objectives._count") or 0)
    bases = [f"cmi.objectives.{at}" for at in range(count)]
    return {lms.get(f"{base}.id") or "": lms.get(f"{base}.{status}") or "" for base in bases}


def new(lms: Lms) -> str:
    return "not attempted" if lms.form == "scorm12" else "unknown"


def told(lms: Lms) -> list[tuple[str, str]]:
    """Everything set below cmi.objectives, in order."""
    calls = [call for call in lms.called() if call[0] == "SetValue"]
    return [(name, value) for _, name, value, *_ in calls if name.startswith("cmi.objectives")]


@pytest.mark.both_standards
def test_lessons_stand_in_their_order_and_the_questions_last(lms: Launching) -> None:
    lms_ = lms()
    lms_.page.set_viewport_size({"width": 1280, "height": 600})  # no lesson is seen whole at once
    learner = Learner(lms_.launch())
    learner.frame.click("[data-begin]")
    lessons = [lesson.id for lesson in lms_.pages.lessons]
    assert list(held(lms_)) == [*lessons, QUESTIONS]
    assert list(held(lms_).values()) == ["incomplete", *[new(lms_)] * len(lessons)]
    learner.frame.click("[data-current] [data-onward]")
    assert list(held(lms_).values())[:2] == ["completed", "incomplete"]
    if lms_.form == "scorm2004":
        assert lms_.get("cmi.objectives.0.description") == lms_.pages.lessons[0].title
        assert lms_.get("cmi.objectives.0.progress_measure") == "1"
    assert not lms_.refused()


def test_nothing_is_told_twice(lms: Launching) -> None:
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.read_all()
    learner.take()
    assert told(lms_)
    assert len(told(lms_)) == len(set(told(lms_)))
    lms_.leave()
    learner = Learner(lms_.launch())
    learner.frame.click(".bar [data-opens=contents]")
    learner.frame.click(f"#contents [data-contents='{lms_.pages.lessons[0].id}']")
    assert told(lms_) == [], "what an earlier session told is not told again"
    assert not lms_.refused()


@pytest.mark.both_standards
def test_the_questions_say_how_they_came_out_and_never_fall_back(lms: Launching) -> None:
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.read_all()
    learner.take(WRONG)
    base = f"cmi.objectives.{list(held(lms_)).index(QUESTIONS)}"
    result = f"{base}.status" if lms_.form == "scorm12" else f"{base}.success_status"
    assert lms_.get(result) == "failed"
    learner.frame.click("text=Try again now")
    assert lms_.get(result) == "failed"
    learner.answer(RIGHT)
    learner.frame.click("[data-submit]")
    assert lms_.get(result) == "passed"
    most = f"{base}.score.raw" if lms_.form == "scorm12" else f"{base}.score.scaled"
    assert lms_.get(most) == {"scorm12": "100", "scorm2004": "1"}[lms_.form]
    lms_.leave()
    lms_.values["cmi.suspend_data"] = "lost"
    learner = Learner(lms_.launch())
    learner.frame.click("[data-begin]")
    assert lms_.get(result) == "passed"
    assert set(held(lms_).values()) <= {"completed", "passed"}, "what was done stays done"
    assert not lms_.refused()


def test_a_republished_course_finds_its_lessons_again_and_adds_the_new(lms: Launching) -> None:
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.read_all()
    before = held(lms_)
    lms_.leave()
    pages = sample()
    added = Lesson("brand-new", "What is new", (Page("", (Text("<p>New.</p>"),)),), 3)
    changed = replace(pages, lessons=(added, *pages.lessons))
    again = Lms(lms_.page, lms_.form, changed, values=lms_.values)
    learner = Learner(again.launch())
    learner.frame.click(".bar [data-opens=contents]")
    learner.frame.click("#contents [data-contents='brand-new']")
    after = held(again)
    assert list(after) == [*before, "brand-new"]
    assert {key: after[key] for key in before} == before
    assert not again.refused()


@pytest.mark.both_standards
def test_what_the_manifest_defined_stays_where_it_is(lms: Launching) -> None:
    """SCORM 2004 LMSs fill in the primary objective before the course begins."""
    lms_ = lms()
    learner = Learner(lms_.launch(**{"cmi.objectives.0.id": "assessment"}))
    learner.read_all()
    learner.take()
    assert next(iter(held(lms_))) == "assessment"
    assert held(lms_)["assessment"] == new(lms_)
    assert len(held(lms_)) == 2 + len(lms_.pages.lessons)
    assert not lms_.refused()


@pytest.mark.parametrize("form", ["scorm12"], scope="module")
def test_an_lms_without_objectives_hears_of_none(lms: Launching) -> None:
    """SCORM 1.2 makes them optional: 401, or 201 of older LMSs."""
    lms_ = lms()
    lms_.without = "cmi.objectives"
    learner = Learner(lms_.launch())
    learner.read_all()
    learner.take()
    assert told(lms_) == []
    assert "You passed" in learner.frame.inner_text("[data-current]")
    status = "cmi.core.lesson_status" if lms_.form == "scorm12" else "cmi.success_status"
    assert lms_.get(status) == "passed"
    assert "Not saved" not in learner.frame.inner_text("body")
