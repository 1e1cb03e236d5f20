"""A drawing with words fits a phone, has a layout for it, or is scrolled there and its author told."""

from __future__ import annotations

import pytest

from courseware.planning.drawing_size import too_wide
from tests.courseware.authoring import Author

WORDS = '<text x="1" y="20">Leave</text>'


@pytest.mark.parametrize(
    ("root", "inside", "width"),
    [
        ('viewBox="0 0 600 200"', WORDS, 600),
        ("viewBox='0,0,600,200'", WORDS, 600),
        ('width="640px" height="200"', WORDS, 640),
        ('viewBox="0 0 600 200"', '<path d="M0 0h9"/>', 0),
        ('viewBox="0 0 360 200"', WORDS, 0),
        ('width="600"', f"<style>.a > .narrow {{ display: inline }}</style>{WORDS}", 0),
        ("", WORDS, 0),
    ],
)
def test_words_decide(root: str, inside: str, width: int) -> None:
    assert too_wide(f"<svg {root}>{inside}</svg>") == width


def test_its_author_is_told_and_a_phone_scrolls_it(author: Author) -> None:
    author.write(
        "course/media/gate.svg",
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 200">{WORDS}</svg>',
    )
    (said,) = author.build_problems()
    assert said == (
        "course/lessons/at-the-gate.yaml:13:12: warning: “gate.svg” is 600 wide and has words, so that a "
        "phone shows a part of it | draw it 360 wide at most, or give it a “narrow” layout as the guide shows"
    )
