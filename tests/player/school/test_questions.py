"""What was answered, in the words of the option."""

from __future__ import annotations

import pytest

from player.school.questions import Question

WHERE = Question(
    "where", "Where do you stand?", {"a": "At the gate.", "b": "In the hall"}, ("a", "b"), scored=True
)


@pytest.mark.parametrize("response", ["a,b", "a[,]b", "{a,b}"])
def test_letters_become_words_however_a_standard_joins_them(response: str) -> None:
    assert WHERE.words(response) == "At the gate\nIn the hall"


@pytest.mark.parametrize("response", ["a,c", "", "{}"])
def test_a_letter_that_is_no_option_is_left_as_it_is(response: str) -> None:
    assert WHERE.words(response) == ""
