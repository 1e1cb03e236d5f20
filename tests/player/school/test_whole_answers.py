"""Parts of an answer, which SCORM 1.2 needs, are one answer in a record."""

from __future__ import annotations

from types import MappingProxyType

from player.runtime import Interaction
from player.school.answers import by_attempt
from player.school.questions import Question, Questions

ASKED = Questions(
    MappingProxyType(
        {
            "words": Question("words", "Tell …", {}, (), scored=True, kind="fill in"),
            "plan": Question("plan", "What now?", {}, (), scored=False, kind="write"),
            "where": Question("where", "Where?", {"a": "Here"}, ("a",), scored=True),
        }
    ),
    number=2,
)


def told(name: str, response: str, *right: str, result: str = "wrong") -> Interaction:
    return Interaction(name, "fill-in", None, response, right, result, 1, None, None, ())


def test_an_answer_in_parts_is_one_in_each_try_and_in_the_pre_test() -> None:
    reported = [
        told("plan_1", "I will lis"), told("plan_2", "ten."),
        told("pre-test_words_1", "DSL", "DSL"), told("pre-test_words_2", "soon", "at once"),
        told("words_1", "DSL", "DSL", "lead"), told("words_2", "later", "at once"), told("where", "a"),
        told("words_1", "DSL", "DSL"), told("words_2", "at once", "at once", result="correct"),
    ]  # fmt: skip
    groups = by_attempt(reported, ASKED, 1)
    assert {key: [(one.id, one.learner_response) for one in ones] for key, ones in groups.items()} == {
        ("Questions in the lessons", None): [("plan", "I will listen.")],
        ("Pre-test", None): [("pre-test_words", "DSL[,]soon")],
        ("Final questions", 1): [("words", "DSL[,]later"), ("where", "a")],
        ("Final questions", 2): [("words", "DSL[,]at once")],
    }
    assert groups["Final questions", 1][0].correct_responses == ("DSL[,]at once",)
