"""The compiler's largest suspend data against what the course's own script writes."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page

from courseware.plan import plan
from courseware.planning import suspend_data
from courseware.render import question_facts
from tests.courseware.authoring import Author

FULL = """([course, most]) => {
  const filled = (question) => ({chosen: [...question.letters], tries: most, checked: true, shown: true});
  const state = {place: `${course.longest}`, read: {}, tries: most, stage: 2, best: 0, answers: {}};
  for (const lesson of course.lessons) state.read[lesson.id] = [...Array(lesson.pages).keys()];
  for (const question of course.checks) state.answers[question.id] = filled(question);
  const scored = course.assessment ? course.assessment.questions : [];
  state.best = scored.length;
  for (const question of scored) state.answers[`*${question.id}`] = filled(question);
  return window.courseware.state.write(state, course);
}"""


@pytest.fixture
def script(page: Page) -> Page:
    page.goto("about:blank")
    page.evaluate("window.courseware = {}")
    page.add_script_tag(content=(files("courseware") / "static" / "state.js").read_text(encoding="utf-8"))
    return page


@pytest.mark.browser
def test_no_course_writes_more_than_was_computed(author: Author, script: Page) -> None:
    pages = plan(author.source(), "scorm2004", {}).pages
    assert pages.assessment is not None
    many = tuple(
        replace(question, id=f"{question.id}-{n}")
        for question in pages.assessment.questions
        for n in range(20)
    )
    pages = replace(pages, assessment=replace(pages.assessment, questions=many))
    course: dict[str, Any] = {
        "lessons": [{"id": lesson.id, "pages": len(lesson.pages)} for lesson in pages.lessons],
        "checks": [question_facts(question) for question in pages.checks()],
        "assessment": {"questions": [question_facts(question) for question in many]},
        "longest": "assessment.0",
    }
    written = script.evaluate(FULL, [course, suspend_data.MOST_TRIES])
    assert len(written) <= suspend_data.largest(pages).characters <= len(written) + 5
    assert all(0x21 <= ord(character) <= 0x7E for character in written)


@pytest.mark.parametrize(("number", "text"), [(0, "0"), (35, "z"), (36, "10"), (1203, "xf")])
def test_base_36_is_javascripts(number: int, text: str) -> None:
    assert suspend_data.base36(number) == text
    assert int(text, 36) == number
