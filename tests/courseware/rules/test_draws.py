"""Draws that cannot be made, and questions that are never drawn."""

from __future__ import annotations

import pytest

from courseware.plan import plan
from tests.courseware.authoring import Author

SETTINGS = "{from: final, pass: 80%, tries: 3}"


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("draw: {watch: 1, greet: 1}", []),
        ("questions: 2", []),
        ("questions: all", []),
        ("draw: {watch: 2, greet: 1}", ["2 questions about “watch” are drawn, and the bank has 1"]),
        ("draw: {wach: 1, greet: 1}", ["the course has no objective “wach”", "“where” is never drawn"]),
        ("draw: {greet: 1}", ["“where” is never drawn"]),
        ("questions: 3", ["3 questions are drawn, and the bank has 2"]),
        ("questions: 1, draw: {greet: 1}", ["“draw:” and “questions:” both say how many are asked"]),
    ],
)
def test_what_cannot_be_drawn_is_told(author: Author, settings: str, said: list[str]) -> None:
    author.change("course/course.yaml", SETTINGS, f"{{from: final, pass: 80%, {settings}}}")
    found = [problem.message for problem in author.found() if "assess" not in problem.message]
    assert [message for message in found if message not in said] == []
    assert set(said) <= set(found)


@pytest.mark.parametrize(
    ("pre_test", "said"),
    [
        ("yes", "the pre-test has one question about “watch”, which somebody may guess"),
        ("{watch: 1}", "the pre-test has one question about “watch”, which somebody may guess"),
        ("{watch: 3}", "the pre-test asks 3 questions about “watch”, and the bank has 1"),
        ("{wach: 3}", "the course has no objective “wach”"),
        ("maybe", "“maybe” is neither of the two words"),
    ],
)
def test_a_pre_test_that_cannot_be_made_or_is_guessed_is_told(
    author: Author, pre_test: str, said: str
) -> None:
    author.change("course/course.yaml", "tries: 3", f"tries: 3, pre-test: {pre_test}")
    assert said in [problem.message for problem in author.found()]


def test_a_pre_test_asks_what_is_drawn_and_is_in_the_manifest(author: Author) -> None:
    author.change("course/course.yaml", "tries: 3", "tries: 3, pre-test: yes")
    author.change("course/lessons/visitors.yaml", "teaches: greet\n", "")
    made = plan(author.source(), "scorm12", {})
    assert made.pages.assessment
    assert made.pages.assessment.pre_test == (("watch", 1),)
    assert made.package.provenance
    assert [part.teaches for part in made.package.provenance.parts] == ["watch", "", ""]


def test_always_has_a_place_in_the_draw(author: Author) -> None:
    author.change("course/course.yaml", SETTINGS, "{from: final, pass: 80%, questions: 1}")
    author.change("course/quizzes/final.yaml", "  where:\n", "  where:\n    always: yes\n")
    author.change(
        "course/quizzes/final.yaml", "  who:\n", "  who:\n    always: yes\n    must be right: yes\n"
    )
    assert [problem.message for problem in author.found()] == ["2 questions say “always:”, and 1 are drawn"]


def test_a_draw_is_planned_with_its_mark(author: Author) -> None:
    author.change("course/course.yaml", SETTINGS, "{from: final, pass: 80%, draw: {greet: 1, watch: 1}}")
    author.change("course/quizzes/final.yaml", "  who:\n", "  who:\n    must be right: yes\n")
    assessment = plan(author.source(), "scorm12", {}).pages.assessment
    assert assessment is not None
    assert (assessment.number, assessment.pass_raw, assessment.shuffled) == (2, 2, True)
    assert assessment.draw == (("greet", 1), ("watch", 1))
    assert [one.must for one in assessment.questions] == [False, True]
    assert assessment.cap == 2 * 79
