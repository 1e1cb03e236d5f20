"""What was answered in a course that describes itself, in words, however a standard writes it."""

from __future__ import annotations

import pytest

from courseware.build import compile_courses
from courseware.options import BuildOptions
from courseware.reading.description import DescribedQuestion, read_description
from tests.courseware.authoring import TODAY, Author

BANK = """
  proof:
    ask: You need proof before you report.
    this is: false
  roles:
    ask: Match each person to the task.
    match: {DSL: leads on concerns, LADO: advises on allegations}
    also: [signs the register]
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
