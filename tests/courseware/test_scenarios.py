"""A scenario: what an author writes, what is wrong with it, and what a learner, an LMS and a report get."""

from __future__ import annotations

import json

import pytest

from courseware.blocks import Check
from courseware.build import build
from courseware.plan import plan
from courseware.planning.suspend_data import largest
from courseware.questions import KINDS
from courseware.reading.description import described
from courseware.rendering.description import description
from courseware.republishing import losses
from tests.courseware.authoring import Author, Mistake, mistakes
from tests.courseware.refreshed import refresh

LESSON = "course/lessons/visitors.yaml"
SCENARIO = """\
  - scenario: stranger
    scenes:
      morning:
        text: Somebody walks *in* [[visitors p1]].
        choose:
          - say: Whom have you come to see?
            then: asked
            because: Asking is kind.
          - do: Look away.
            then: alone
      asked:
        text: They are here for the boiler.
        choose: [{do: Walk with them., then: office}, {say: Go ahead., then: alone}]
      office: {text: The office knows them., ends: well}
      alone: {text: Nobody knows who is in., ends: badly, try again from: morning}
"""


@pytest.fixture
def author(author: Author) -> Author:
    text = (author.project / LESSON).read_text(encoding="utf-8")
    author.write(LESSON, text + SCENARIO)
    return author


def test_it_is_planned_as_scenes_and_fits_what_an_lms_keeps(author: Author) -> None:
    assert author.problems() == []
    planned = plan(author.source(), "scorm12", {})
    block = planned.pages.lessons[1].pages[-1].blocks[-1]
    assert isinstance(block, Check)
    question = block.question
    assert (question.text, question.ask) == ("Somebody walks in.", "What would you do?")
    assert [(one.letter, one.text, one.right) for one in question.options] == [
        ("a", "“Whom have you come to see?”", True),
        ("b", "Look away.", False),
        ("c", "Walk with them.", True),
        ("d", "“Go ahead.”", False),
    ]
    assert KINDS["scenes"].facts(question)["scenes"] == [
        {"leads": {"a": 1, "b": 3}},
        {"leads": {"c": 2, "d": 3}},
        {"well": True, "again": 0},
        {"well": False, "again": 0},
    ]
    assert len(KINDS["scenes"].longest_answer(question)) == 2
    assert largest(planned.pages).characters < 4096
    known = described(description(planned.pages))
    assert known
    (told,) = (one for one in known.questions if one.id == "stranger")
    assert told.words("a,c") == "“Whom have you come to see?”\nWalk with them"
    assert json.loads(description(planned.pages))["lessons"][1]["references"]


@pytest.mark.parametrize("mistake", mistakes("scenarios"), ids=str)
def test_a_mistake_is_named_with_its_place_and_its_remedy(author: Author, mistake: Mistake) -> None:
    author.change(mistake.file, mistake.before, mistake.after)
    assert author.problems() == mistake.said


FOR_SOME = """\
            then: alone
          - do: Ask the head.
            then: head
            only for: governors
"""


def test_a_choice_and_its_scene_may_be_for_some_readers_only(author: Author) -> None:
    variants = "variants: {staff: {for: staff}, board: {for: governors, called: For governors}}"
    author.change("course/course.yaml", "minutes: 12", f"{variants}\nminutes: 12")
    author.change(LESSON, "            then: alone\n", FOR_SOME)
    head = "head: {text: The head knows them., ends: well, only for: governors}"
    author.change(LESSON, "      alone: {", f"      {head}\n      alone: {{")
    assert author.problems() == []
    author.change(LESSON, "            only for: governors\n", "")
    (problem,) = author.problems()
    assert "in the variant “staff”, there is no scene “head”" in problem


def test_a_refresher_rewrites_a_scenario_under_instead(author: Author) -> None:
    refresher = refresh(author)
    refresher.change("refresher/course.yaml", "minutes: 6", "minutes: 6\ninstead: {stranger: visitor}")
    refresher.write(
        "refresher/quizzes/own.yaml",
        "bank: Own\nquestions:\n  visitor:\n    scenes:\n"
        "      a: {text: Who is there?, choose: [{do: Ask., then: b}, {do: Wait., then: c}]}\n"
        "      b: {text: The plumber., ends: well}\n      c: {text: Nobody knows., ends: badly}\n",
    )
    assert refresher.build_problems() == []
    asked = {one.id: one.kind for one in plan(refresher.source(), "scorm2004", {}).pages.checks()}
    assert asked["visitor"] == "scenes"
    assert "stranger" not in asked


def test_a_scenario_that_has_changed_is_told_with_what_a_learner_loses(author: Author) -> None:
    (built,) = build([author.course], author.options(formats=("scorm2004",)))
    (old,) = built.packages
    author.change(LESSON, "Look away.", "Look at the sky.")
    said = [one.message for one in losses(author.course, old, author.options())]
    assert "the words of “stranger” have changed: answers to it are dropped" in said
