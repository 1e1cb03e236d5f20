"""What courses report, in words that a manager reads."""

from __future__ import annotations

import pytest

from player.runtime import Interaction
from player.school.answers import _answer, readable
from player.school.questions import NONE


@pytest.mark.parametrize(
    ("response", "kind", "told"),
    [
        ("whoever_sees_it", "choice", "whoever sees it"),
        ("a[,]b", "choice", "a, b"),
        ("a,b", "choice", "a, b"),
        ("{a,b}", "choice", "a, b"),
        ("c[,]a[,]b", "sequencing", "c, a, b"),
        ("a[.]1[,]b[.]2", "matching", "a: 1, b: 2"),
        ("true", "true-false", "True"),
        ("f", "true-false", "False"),
        ("3[:]5", "numeric", "3 to 5"),
        ("[:]5", "numeric", "any to 5"),
        ("4[:]4", "numeric", "4"),
        ("4", "numeric", "4"),
        ("{lang=en}Ask the designated lead, now", "fill-in", "Ask the designated lead, now"),
        ("{case_matters=true}one[,]{lang=fr}deux", "fill-in", "one, deux"),
        ("", "choice", ""),
    ],
)
def test_responses_are_read_without_delimiters(response: str, kind: str, told: str) -> None:
    assert readable(response, kind) == told


@pytest.mark.parametrize(
    ("result", "word"),
    [("correct", "Right"), ("0.50", "0.5"), ("1", "1"), ("-" + "9" * 40, "-1e+40"), ("", "Not judged")],
)
def test_a_result_is_a_word_or_a_short_number(result: str, word: str) -> None:
    said = Interaction("q", "other", None, None, (), result or None, None, None, None, ())
    assert _answer(said, NONE).word == word
