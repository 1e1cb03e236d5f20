"""The minutes of a course and of its parts say the same, whoever has timed which."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.pages import Pages
from courseware.plan import plan
from courseware.planning.minutes import shares
from tests.courseware.authoring import Author

UNTIMED = {name: (f"course/lessons/{name}.yaml", "minutes: 5\n", "") for name in ("at-the-gate", "visitors")}


def planned(author: Author) -> Pages:
    return plan(author.source(), "scorm12", {}).pages


def of_all(pages: Pages) -> int:
    assert pages.assessment
    return sum(lesson.minutes for lesson in pages.lessons) + pages.assessment.minutes


@pytest.mark.parametrize("minutes", [30, 50])
def test_a_course_whose_lessons_nobody_has_timed_takes_what_it_says(author: Author, minutes: int) -> None:
    for change in UNTIMED.values():
        author.change(*change)
    author.change("course/course.yaml", "minutes: 12\n", f"minutes: {minutes}\n")
    pages = planned(author)
    gate, visitors = (lesson.minutes for lesson in pages.lessons)
    assert of_all(pages) == pages.minutes == minutes
    assert gate > visitors, "more is read and asked at the gate"


@pytest.mark.parametrize("timed", [2, 5])
def test_what_one_lesson_leaves_is_the_others(author: Author, timed: int) -> None:
    author.change("course/lessons/at-the-gate.yaml", "minutes: 5", f"minutes: {timed}")
    author.change(*UNTIMED["visitors"])
    gate, visitors = (lesson.minutes for lesson in planned(author).lessons)
    assert (gate, visitors) == (timed, 12 - timed - 2)  # two questions take two minutes


def test_nobody_reads_how_a_picture_is_drawn(author: Author) -> None:
    for change in UNTIMED.values():
        author.change(*change)
    before = [lesson.minutes for lesson in planned(author).lessons]
    dots = "<circle cx='1' cy='1' r='1'/>" * 2_000
    author.write(
        "course/media/gate.svg", f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>{dots}</svg>"
    )
    assert [lesson.minutes for lesson in planned(author).lessons] == before


@given(st.lists(st.integers(1, 5_000), max_size=60), st.integers(-5, 600))
def test_shares_add_up_and_follow_their_weights(weights: list[int], whole: int) -> None:
    found = shares(whole, weights)
    assert min(found, default=1) >= 1
    if weights:
        assert sum(found) == max(whole, len(weights))
    for (one, weight), (other, heavier) in pairwise(zip(found, weights, strict=True)):
        assert heavier < weight or other >= one - 1, "but for rounding"
