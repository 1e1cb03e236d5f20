"""The spine of a course of ours: what its objectives say, and nothing beyond it."""

from __future__ import annotations

import pytest

from courseware.package import Part
from player.runtime import Outcome, Runtime, launch, outcome
from player.school.lessons import lessons
from player.school.progress import minutes_left

PARTS = (
    Part("a", "Start", 4),
    Part("b", "Signs", 8),
    Part("c", "Telling", 6),
    Part("final_questions", "Final", 9),
)
STATUS = {"1.2": "status", "2004": "completion_status"}


def said(standard: str, place: str, *told: tuple[str, str], **more: str) -> Outcome:
    """A session in which the course has reported these lessons."""
    runtime = Runtime(launch(standard, {}, {}))
    location = "cmi.core.lesson_location" if standard == "1.2" else "cmi.location"
    runtime.call("Initialize", "")
    runtime.call("SetValue", location, place)
    for at, (name, status) in enumerate(told):
        runtime.call("SetValue", f"cmi.objectives.{at}.id", name)
        if status:
            runtime.call("SetValue", f"cmi.objectives.{at}.{STATUS[standard]}", status)
    for key, value in more.items():
        runtime.call("SetValue", f"cmi.objectives.{key.replace('_', '.', 1).removeprefix('n')}", value)
    return outcome(runtime)


@pytest.mark.parametrize("standard", ["1.2", "2004"])
def test_the_lesson_that_was_open_and_what_is_left(standard: str) -> None:
    told = [("a", "completed"), ("b", "incomplete"), ("c", ""), ("final_questions", "")]
    found = lessons(PARTS, said(standard, "b.2", *told))
    assert found is not None
    assert found.here == "Lesson 2, Signs"
    assert found.words == "1 of 3\u00a0lessons done, about 23\u00a0minutes left"
    assert [each.state for each in found.segments] == ["done", "current", "none", "none"]
    assert [each.width for each in found.segments] == [4, 8, 6, 9]


@pytest.mark.parametrize("standard", ["1.2", "2004"])
def test_a_lesson_that_a_pre_test_spares_counts_and_is_not_called_read(standard: str) -> None:
    parts = (
        PARTS[0],
        Part("b", "Signs", 8, teaches="signs"),
        Part("c", "Telling", 6, teaches="tell"),
        PARTS[3],
    )
    passed = {"1.2": "status", "2004": "success_status"}[standard]
    told = [("a", "completed"), ("b", ""), ("pre-test_signs", ""), ("pre-test_tell", "")]
    judged = {f"n2_{passed}": "passed", f"n3_{passed}": "failed"}
    found = lessons(parts, said(standard, "pre-test_.1", *told, **judged))
    assert found is not None
    assert found.words == "2 of 3\u00a0lessons done, 1 of them known already, about 15\u00a0minutes left"
    assert [each.state for each in found.segments] == ["done", "known", "none", "none"]
    assert found.here == "Pre-test"


def test_part_of_a_lesson_counts_where_it_is_told_and_is_never_rounded_up() -> None:
    told = [("a", "completed"), ("b", "incomplete")]
    found = lessons(PARTS, said("2004", "b.1", *told, n1_progress_measure="0.99"))
    assert found is not None
    assert found.segments[1].filled == 0.99
    assert found.words.startswith("1 of 3")
    assert found.words.endswith("about 16\u00a0minutes left")


@pytest.mark.parametrize("standard", ["1.2", "2004"])
def test_republished_with_a_lesson_more_and_one_fewer(standard: str) -> None:
    """The LMS keeps what an edition before reported, in its old order: the manifest decides."""
    told = [("gone", "completed"), ("c", "completed"), ("a", "completed")]
    found = lessons(PARTS, said(standard, "gone.1", *told))
    assert found is not None
    assert found.here == ""
    assert [each.state for each in found.segments] == ["done", "none", "done", "none"]
    assert found.words.startswith("2 of 3")


@pytest.mark.parametrize("standard", ["1.2", "2004"])
def test_the_final_questions_are_no_lesson(standard: str) -> None:
    told = [(part.objective, "completed") for part in PARTS[:3]]
    found = lessons(PARTS, said(standard, ".4", *told, ("final_questions", "incomplete")))
    assert found is not None
    assert found.here == "Final"
    assert found.words == "3 of 3\u00a0lessons done, about 9\u00a0minutes left"


@pytest.mark.parametrize("standard", ["1.2", "2004"])
def test_not_passed_is_an_empty_segment(standard: str) -> None:
    told = [(part.objective, "completed") for part in PARTS]
    name = "status" if standard == "1.2" else "success_status"
    found = lessons(PARTS, said(standard, ".", *told, **{f"n3_{name}": "failed"}))
    assert found is not None
    assert (found.segments[3].state, found.segments[3].filled) == ("tried", 0)


def test_what_is_not_known_is_not_said() -> None:
    assert lessons(PARTS, said("2004", "b.1")) is None
    assert lessons(PARTS, said("2004", "b.1", ("somebody-elses", "completed"))) is None
    untimed = [Part(part.objective, part.title, 0) for part in PARTS]
    found = lessons(untimed, said("2004", "", ("a", "completed")))
    assert found is not None
    assert (found.words, found.here) == ("1 of 3\u00a0lessons done", "")
    assert {each.width for each in found.segments} == {1}


def test_what_is_left_ends_with_the_last_lesson() -> None:
    parts = (Part("a", "Start", 4), Part("b", "Signs", 1))
    for told, words in (
        ([("a", "completed")], "1 of 2\u00a0lessons done, about 1\u00a0minute left"),
        ([("a", "completed"), ("b", "completed")], "2 of 2\u00a0lessons done"),
    ):
        found = lessons(parts, said("2004", "b.1", *told))
        assert found is not None
        assert found.words == words
    only = lessons(parts[:1], said("2004", "a.1", ("a", "incomplete")))
    assert only is not None
    assert only.words == "0 of 1\u00a0lesson done, about 4\u00a0minutes left"


@pytest.mark.parametrize(
    ("left", "words"),
    [(0, "Less than a minute left"), (1, "About 1\u00a0minute left"), (28, "About 28\u00a0minutes left")],
)
def test_minutes_left(left: int, words: str) -> None:
    assert minutes_left(left) == words
