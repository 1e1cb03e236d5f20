"""The optional part of a course: its state in words, and its answers apart from those of the course."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from courseware.build import build
from courseware.package import Part
from courseware.reading import read_package
from courseware.reading.description import read_description
from player.runtime import Interaction, ObjectiveOutcome, Score
from player.school.answers import grouped
from player.school.optional_parts import optional_parts
from player.school.questions import Questions
from tests.courseware.legislation import MAIN, Provider

PARTS = (
    Part("gate", "At the gate", 5),
    Part("acts", "The Acts", 5, optional="gate-law"),
    Part("optional_gate-law", "Gate Law", 2, optional="gate-law", result="passed"),
)


def told(name: str, completion: str, success: str = "unknown") -> ObjectiveOutcome:
    return ObjectiveOutcome(name, completion, success, True, True, Score(), None, None)


@pytest.mark.parametrize(
    ("reported", "day", "state"),
    [
        ((told("gate", "completed"),), None, "not started"),
        ((told("acts", "incomplete"),), None, "in progress"),
        ((told("optional_gate-law", "completed", "failed"),), None, "not passed yet"),
        ((told("optional_gate-law", "completed", "passed"),), None, "passed"),
        ((), date(2026, 11, 24), "passed"),
    ],
)
def test_its_state_in_words(reported: tuple[ObjectiveOutcome, ...], day: date | None, state: str) -> None:
    (part,) = optional_parts(PARTS, reported, {"gate-law": day} if day else {})
    assert (part.title, part.state, part.done) == ("Gate Law", state, day)


def test_its_answers_stand_apart_and_each_time_that_they_were_handed_in(tmp_path: Path) -> None:
    provider = Provider(tmp_path)
    options = provider.options(formats=("scorm12",), legislation="optional")
    (one,) = build([tmp_path / MAIN], options)
    (zipped,) = one.packages
    assert read_package(zipped).errors == ()
    ZipFile(zipped).extractall(tmp_path / "unpacked")
    described = read_description(tmp_path / "unpacked")
    assert described is not None
    asked = Questions({one.id: one for one in described.questions}, described.needed, described.number)
    results = [("morning", "correct"), ("premises", "wrong"), ("premises", "correct")]
    answers = [
        Interaction(name, "true-false", None, "f", ("f",), result, 1, 2, None, ()) for name, result in results
    ]
    groups = grouped(answers, asked, 1)
    assert [(group.title, group.number, group.right) for group in groups] == [
        ("Final questions", 1, 1),
        ("Optional part, Gate Keeping: Legislation: attempt 1", None, 0),
        ("Optional part, Gate Keeping: Legislation: attempt 2", None, 1),
    ]
