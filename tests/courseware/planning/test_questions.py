"""When an old answer still fits, and when it does not (decision 2)."""

from __future__ import annotations

import pytest

from courseware.plan import plan
from courseware.planning.questions import fingerprint
from tests.courseware.authoring import Author

OPTIONS = [("The office", True), ("Nobody", False)]
PRINT = fingerprint("choose one", "Whom do you tell?", OPTIONS)


def test_it_is_what_packages_in_the_field_have() -> None:
    """It is in learners' suspend data for years: a change here loses their answers."""
    assert PRINT == "7iO2"
    assert fingerprint("choose one", "Où est-ce ?", [("Là-bas", True)]) == "AyYQ"


@pytest.mark.parametrize("ask", ["Whom  do\nyou tell? ", "Whom do you tell?"])
def test_white_space_does_not_count(ask: str) -> None:
    assert fingerprint("choose one", ask, OPTIONS) == PRINT


def test_how_an_accent_is_composed_does_not_count() -> None:
    composed, apart = ([(name, True)] for name in ("caf\u00e9", "cafe\u0301"))
    assert fingerprint("choose one", "?", composed) == fingerprint("choose one", "?", apart)


@pytest.mark.parametrize(
    ("kind", "ask", "options"),
    [
        ("choose all", "Whom do you tell?", OPTIONS),
        ("choose one", "Who do you tell?", OPTIONS),
        ("choose one", "Whom do you tell?", OPTIONS[::-1]),
        ("choose one", "Whom do you tell?", [("The office", False), ("Nobody", True)]),
        ("choose one", "Whom do you tell?", [*OPTIONS, ("The head", False)]),
        ("choose one", "Whom do you tell?", [("The", True), ("office Nobody", False)]),
    ],
)
def test_everything_that_changes_the_meaning_counts(
    kind: str, ask: str, options: list[tuple[str, bool]]
) -> None:
    assert fingerprint(kind, ask, options) != PRINT


def test_a_sentence_with_gaps_asks_by_itself(author: Author) -> None:
    practice = author.course / "quizzes" / "practice.yaml"
    practice.write_text('bank: Practice\nquestions:\n  no-badge: {fill in: "Go to the [office]."}\n', "utf-8")
    lesson = author.course / "lessons" / "visitors.yaml"
    here = '  - check: whom\n    ask: Whom do you tell?\n    fill in: "Tell the [head]."\n'
    lesson.write_text(lesson.read_text(encoding="utf-8") + here, encoding="utf-8")
    _, bare, asked = plan(author.source(), "scorm12", {}).pages.checks()
    assert (bare.ask, bare.text) == ("What is missing?", "Go to the ….")
    assert (asked.ask, asked.text) == ("Whom do you tell?", "Whom do you tell?")
