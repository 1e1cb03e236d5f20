"""Passwords that others try first are not taken, and a sentence says why."""

from __future__ import annotations

import pytest

from player.school.passwords import unfit

KNOWN = ("Priya Nair", "p.nair@northfield.example", "Northfield Academy")


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short", "Use at least 12 characters."),
        ("x" * 1001, "Use at most 1000 characters."),
        ("passwordpassword", "too common"),
        ("Password1234!", "too common"),
        ("123456789012", "too common"),
        ("ababababababab", "too common"),
        ("Northfield2026!", "your name, your e-mail address or your school’s name"),
        ("priya.nair.1987", "your name"),
        ("P.Nair@Northfield.Example", "your name"),
        ("northfield academy", "your name"),
    ],
)
def test_a_password_that_is_tried_first_is_not_taken(password: str, sentence: str) -> None:
    assert sentence in unfit(password, *KNOWN)


@pytest.mark.parametrize(
    "password",
    ["correct horse battery", "Priya loves green tea", "a whole new sentence", "Übung macht 2 Meister"],
)
def test_words_of_ones_own_are_taken(password: str) -> None:
    assert unfit(password, *KNOWN) == ""
