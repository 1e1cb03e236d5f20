"""The journeys that authors write, played in a real browser."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from courseware.journeys.playing import Played
from courseware.journeys.trying import play_in, sound_courses
from courseware.options import BuildOptions
from tests.browser.courses.conftest import COURSES
from tests.browser.courses.every_kind import write_course
from tests.courseware.authoring import TODAY, Author

pytestmark = pytest.mark.browser
EVERY_KIND = """journey: Every kind in words
steps:
  - open
  - {answer: one, with: Please wait}
  - {answer: one, with: Stop}
  - {answer: all, with: [A builder, A parent]}
  - {answer: true, with: "False"}
  - {answer: pairs, with: {Caretaker: unlocks it, Office: asks for names}}
  - {answer: order, with: [Unlock, Stand by, Lock]}
  - expect: {answered: [one, all, true, pairs, order], not answered: [gaps, f-all]}
  - leave on: Chosen and put together
  - open
  - {answer: gaps, with: ["999", office]}
  - {answer: places, with: [At the wall, Behind]}
  - {answer: minutes, with: "12"}
  - {answer: ready, with: Nearly}
  - {answer: plan, with: Stand where I see both.}
  - {answer: scene, with: [Who are you?, Walk with]}
  - expect: {answered: [one, all, gaps, places, minutes, ready, plan, scene], lessons done: kinds}
  - read on to: final questions
  - answer the rest: wrong
  - hand in
  - expect: {page: result, status: completed, passed: no, score: 0%, shows: Not passed yet}
  - try again
  - answer the rest: right
  - leave on: visitors
  - open
  - read on to: final questions
  - next
  - hand in
  - expect: {passed: yes, score: 100%, lessons done: [kinds, visitors]}
  - next
  - close
  - open
  - expect: {passed: yes}
"""
PRE_TEST = """journey: Knows it already
steps:
  - open
  - read on to: pre-test
  - answer the rest: right
  - hand in
  - read on to: visitors
  - expect: {shows: You know this already, status: incomplete}
"""


def played(folder: Path, browser: Browser, form: str, names: Sequence[str] = ()) -> list[Played]:
    options = BuildOptions(TODAY, (form,))
    chosen = sound_courses([folder], options, names)
    return [each for one in chosen for each in play_in(one, options, names, browser, None)]


def test_every_kind_is_answered_in_words_rightly_and_wrongly(
    tmp_path: Path, browser: Browser, form: str
) -> None:
    write_course(tmp_path / "course", form)
    (tmp_path / "course/journeys").mkdir()
    (tmp_path / "course/journeys/words.yaml").write_text(EVERY_KIND, encoding="utf-8")
    done = played(tmp_path / "course", browser, form)
    assert [problem for one in done for problem in one.problems] == []
    assert [(one.name, one.done) for one in done] == [("words", 33)]


@pytest.mark.full
def test_a_pre_test_spares_its_lesson_in_a_journey_too(tmp_path: Path, browser: Browser, form: str) -> None:
    write_course(tmp_path / "course", form)
    (tmp_path / "course/journeys").mkdir()
    (tmp_path / "course/journeys/knows.yaml").write_text(PRE_TEST, encoding="utf-8")
    assert [(one.problems, one.done) for one in played(tmp_path / "course", browser, form)] == [((), 6)]


WRONG = """journey: Expects too much
steps:
  - open
  - read on to: Where to stand
  - expect:
      page: If somebody runs
      shows: Nobody writes this
      does not show: [Nobody either, stand where you see]
      answered: ball
      status: completed
      passed: yes
      score: 12%
      lessons done: visitors
"""
SHUT = """journey: Comes too early
steps:
  - open
  - read on to: final questions
  - next
"""


def test_the_command_tells_each_step_that_fails_and_shows_its_screen(tmp_path: Path) -> None:
    author = Author.at_work_on("gate-duty", tmp_path)
    author.change("course/course.yaml", "minutes: 12", "structure: multi\nminutes: 12")  # and played as one
    author.write("course/journeys/wrong.yaml", WRONG)
    author.write("course/journeys/shut.yaml", SHUT)
    author.write("course/journeys/good.yaml", "journey: Looks in\nsteps: [open, {expect: {page: start}}]\n")
    command = (sys.executable, "-m", "courseware", "try", "course", "--format", "scorm2004")
    done = subprocess.run(
        [*command, "--pictures", "seen"], cwd=author.project, capture_output=True, text=True, check=False
    )
    seen = [f"seen/gate-duty-{name}-scorm-2004-4th-edition-step-3.png" for name in ("shut", "wrong")]
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "Looks in (gate-duty, SCORM 2004 4th Edition): done, 2 steps",
        f"Comes too early (gate-duty, SCORM 2004 4th Edition): failed at step 3 of 3, see {seen[0]}",
        f"Expects too much (gate-duty, SCORM 2004 4th Edition): failed at step 3 of 3, see {seen[1]}",
        "3 journeys, played 3 times: 2 failed",
    ]
    first, early = "course/journeys/wrong.yaml", "course/journeys/shut.yaml"
    opens = "“Opens when all the lessons are done; Still to do: Visitors”"
    shown = "“1 Lesson 1 of 2, about 5 minutes At the gate Stand where you…”"
    assert done.stderr.splitlines() == [
        f"{early}:5:5: error: the final questions are not open: {opens}",
        f"{first}:6:13: error: the page is “Where to stand”, and “If somebody runs” was expected",
        f"{first}:7:14: error: the screen does not show “Nobody writes this”; it begins with {shown}",
        f"{first}:8:22: error: the screen shows “stand where you see”, which was expected not to be there",
        f"{first}:9:17: error: “ball” is not answered",
        f"{first}:10:15: error: the LMS has the status “incomplete”, and “completed” was expected",
        f"{first}:11:15: error: the LMS has the course as not passed, and passed was expected",
        f"{first}:12:14: error: the LMS has no score, and 12% was expected",
        f"{first}:13:21: error: the LMS does not have the lesson “visitors” as done",
    ]
    for picture in seen:
        assert (author.project / picture).read_bytes().startswith(b"\x89PNG")


@pytest.mark.full
def test_the_real_courses_are_as_their_journeys_say() -> None:
    folders = [str(path.parent) for path in sorted(COURSES.glob("*/journeys"))]
    assert len(folders) > 1
    command = [sys.executable, "-m", "courseware", "try", *folders, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told = json.loads(done.stdout)
    assert (done.returncode, told["problems"]) == (0, [])
    assert {one["format"] for one in told["journeys"]} == {"SCORM 1.2", "SCORM 2004 4th Edition"}
