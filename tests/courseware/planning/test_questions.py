"""When an old answer still fits, and when it does not (decision 2)."""

from __future__ import annotations

import pytest

from courseware.planning.questions import fingerprint

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
