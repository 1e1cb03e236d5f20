"""What first answers say of a question."""

from __future__ import annotations

import json

import pytest

from courseware.build import build
from courseware.errors import Place
from courseware.options import BuildOptions
from courseware.refreshing.made import text_at
from courseware.refreshing.statistics import answers
from player.importing import import_package
from player.school.question_statistics import discrimination, question_statistics
from tests.courseware.authoring import FIXTURES, TODAY
from tests.courseware.legislation import MAIN, Provider
from tests.player.lms import OPEN, Lms, put


@pytest.mark.parametrize(
    ("worth", "rests", "told"),
    [
        ([1, 1, 0, 0], [1, 0.8, 0.3, 0.1], 0.96),
        ([0, 0, 1, 1], [1, 0.8, 0.3, 0.1], -0.96),
        ([1, 0, 1, 0], [0.5, 0.5, 0.5, 0.5], None),
        ([1, 1], [0.2, None], None),
    ],
)
def test_discrimination_is_the_correlation_with_the_rest(
    worth: list[float], rests: list[float | None], told: float | None
) -> None:
    found = discrimination(worth, rests)
    assert (found if found is None else round(found, 2)) == told


def gate_duty(lms: Lms) -> str:
    """The course, imported."""
    options = BuildOptions(TODAY, ("scorm2004",), out=lms.folder / "packages")
    (one,) = build([FIXTURES / "gate-duty" / "course"], options)
    (path,) = one.packages
    return import_package(lms.database, lms.settings.packages, path, lms.now).course


def answered(at: int, question: str, response: str, result: str) -> list[list[str]]:
    told = {"id": question, "type": "choice", "learner_response": response, "result": result}
    return [put(f"cmi.interactions.{at}.{key}", value) for key, value in told.items()]


def test_the_questions_of_an_optional_part_are_told_by_themselves(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    provider = Provider(lms.folder / "source")
    options = provider.options(formats=("scorm2004",), legislation="optional")
    (one,) = build([provider.folder / MAIN], options)
    (path,) = one.packages
    course = import_package(lms.database, lms.settings.packages, path, lms.now).course
    tab = lms.open(course, "ann")
    tab.deliver()
    given = [
        ("morning", "correct"),
        ("premises", "incorrect"),
        ("premises", "correct"),
        ("morning", "correct"),
    ]
    tab.send(OPEN, *(call for at, (name, told) in enumerate(given) for call in answered(at, name, "f", told)))
    with lms.database.reading() as tx:
        entries = question_statistics(tx, lms.registrar.versions, lms.settings.packages, course)
    found = {entry["question"]: (entry["part"], entry["n"], entry["facility"]) for entry in entries}
    assert found["morning"] == ("", 1, 1.0)
    assert found["premises"] == ("Gate Keeping: Legislation", 1, 0.0)


def test_each_question_is_told_over_first_attempts_with_its_place(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    course = gate_duty(lms)
    for number in range(32):
        where = ("a", "correct") if number % 2 else ("b", "incorrect")
        first = [("where", *where), ("who", "a[,]b", "correct")]
        again = [("where", "a", "correct"), ("who", "a[,]c", "incorrect")]
        tab = lms.open(course, f"learner-{number}")
        tab.deliver()
        tab.send(OPEN, *(call for at, one in enumerate([*first, *again]) for call in answered(at, *one)))
    with lms.database.reading() as tx:
        entries = question_statistics(tx, lms.registrar.versions, lms.settings.packages, course)
    told = {entry["question"]: entry for entry in entries}
    where_ = told["where"]
    assert (where_["n"], where_["facility"], where_["place"]) == (32, 0.5, "quizzes/final.yaml:4")
    assert {one["words"]: (one["right"], one["share"]) for one in where_["options"]} == {
        "With my back to the wall": (True, 0.5),
        "In the road": (False, 0.5),
    }
    assert told["who"]["judged"].startswith("nearly everybody gets it right")
    assert told["ball"]["judged"] == "too few answers to judge: 0 of 30"
    printed = json.dumps(entries).encode()
    read = answers([text_at("questions.json", Place("course.yaml"))], [printed], "")
    assert {name: (one.number, one.facility) for name, one in read.items()} == {
        "where": (32, 0.5),
        "who": (32, 1.0),
    }, "a refresher takes what is most missed from it"
