"""What was answered in a course that describes itself, in words, however a standard writes it."""

from __future__ import annotations

import pytest

from courseware.build import compile_courses
from courseware.options import BuildOptions
from courseware.reading.description import DescribedQuestion, read_description
from player.runtime import Interaction
from player.school.answers import grouped
from player.school.questions import Questions
from tests.courseware.authoring import TODAY, Author

BANK = """
  proof:
    ask: You need proof before you report.
    this is: false
  roles:
    ask: Match each person to the task.
    match: {DSL: leads on concerns, LADO: advises on allegations}
    also: [signs the register]
  corridor:
    ask: Where can nobody see you?
    find in: gate.svg
    alt: Two gates with a wall between them
    places:
      - {right: Behind the wall, at: 50% across and 50% down}
      - {wrong: In the gate, at: 20% across and 50% down}
"""


@pytest.fixture
def questions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, DescribedQuestion]:
    author = Author.at_work_on("gate-duty", tmp_path_factory.mktemp("described"))
    author.change("course/quizzes/final.yaml", "questions:\n", f"questions:{BANK}")
    (one,) = compile_courses([author.course], BuildOptions(TODAY, ("scorm2004",), out=author.project))
    (author.project / "course.json").write_bytes(next(iter(one.packages.values()))["course.json"])  # type: ignore[arg-type]
    course = read_description(author.project)
    assert course is not None
    assert (course.id, course.edition, course.is_reviewed, course.needed) == ("gate-duty", "2026.1", True, 4)
    return {question.id: question for question in course.questions}


@pytest.mark.parametrize(
    ("question", "responses", "words"),
    [
        ("where", ("b",), "In the road"),
        ("who", ("{a,b}", "a[,]b", "a,b"), "A parent you do not know\nA builder"),
        ("proof", ("f", "false"), "False"),
        ("roles", ("a.b,b.a", "a[.]b[,]b[.]a"), "DSL: leads on concerns\nLADO: advises on allegations"),
        ("roles", ("a.,b.c", "a[.][,]b[.]c"), "DSL: –\nLADO: signs the register"),
        ("corridor", ("{a,b}", "a[,]b", "a,b"), "Behind the wall\nIn the gate"),
        ("where", ("z", "", "a.b"), ""),
    ],
)
def test_a_response_is_told_in_words(
    questions: dict[str, DescribedQuestion], question: str, responses: tuple[str, ...], words: str
) -> None:
    for response in responses:
        assert questions[question].words(response) == words


def test_a_question_has_its_place_in_the_author_s_files(questions: dict[str, DescribedQuestion]) -> None:
    assert questions["proof"].place == "quizzes/final.yaml:4"
    assert questions["ball"].place.startswith("lessons/at-the-gate.yaml:")
    assert (questions["proof"].scored, questions["ball"].scored) == (True, False)
    assert questions["where"].objective == "watch"


def handed_in(question: str, result: str) -> Interaction:
    return Interaction(
        id=question, type="choice", description=None, learner_response="a", correct_responses=("a",),
        result=result, weighting=1, latency=4.0, timestamp=None, objectives=(),
    )  # fmt: skip


def test_tries_of_a_draw_are_told_apart() -> None:
    """Each asks other questions; each ends when as many have been handed in as are drawn."""
    about = {"a": "watch", "b": "greet", "c": "watch", "d": "greet", "e": ""}
    bank = {
        name: DescribedQuestion(
            name, name, {"a": "Yes"}, ("a",), scored=True, objective=objective, must=name == "b"
        )
        for name, objective in about.items()
    }
    asked = Questions(bank, pass_mark=2, number=2, objectives={"watch": "Watch the gate", "greet": "Greet"})
    reported = [
        handed_in("a", "incorrect"), handed_in("b_1", "correct"), handed_in("b_2", "incorrect"),
        handed_in("c", "correct"), handed_in("d", "0.5"),
        handed_in("e", "correct"), handed_in("a", "correct"),
    ]  # fmt: skip
    groups = grouped(reported, asked, 1)
    told = [(group.number, len(group.answers), group.points) for group in groups]
    assert told == [(1, 2, 0), (2, 2, 1.5), (3, 2, 2)]
    assert [group.missed_must for group in groups] == [True, False, False]
    assert [group.missed_objectives for group in groups] == [("Watch the gate", "Greet"), ("Greet",), ()]
