"""Lengths, counts and names as the pages say them."""

from __future__ import annotations

import pytest

from player.web import wording


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (None, ""),
        (0, ""),
        (0.4, "1 second"),
        (59.9, "59 seconds"),
        (60, "1 minute"),
        (3599, "59 minutes"),
        (3600, "1 hour"),
        (7500, "2 hours 5 minutes"),
    ],
)
def test_how_long_something_took(seconds: float | None, told: str) -> None:
    assert wording.spent(seconds).replace("\u00a0", " ") == told


def test_small_numbers_are_words_in_a_sentence() -> None:
    assert [wording.spelled(number, "course") for number in (0, 1, 9, 10)] == [
        "no courses",
        "one course",
        "nine courses",
        "10 courses",
    ]
    assert wording.spelled(2) == "two"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ada Byron-Whitefield", "AB"), ("Priya van der Nair", "PN"), ("zoë", "Z"), ("", "")],
)
def test_initials_are_two_at_most(name: str, letters: str) -> None:
    assert wording.initials(name) == letters
