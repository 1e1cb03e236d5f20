"""A course in several SCOs: what only such a course can say."""

from __future__ import annotations

from collections.abc import Iterator

from courseware.errors import Problem
from courseware.material import CourseSource


def order_has_an_effect(source: CourseSource) -> Iterator[Problem]:
    """An LMS keeps the order, and it sees the lessons only where each is a SCO."""
    course = source.course
    if course.order == "as listed" and course.structure == "one":
        message = "lessons are kept in order by an LMS, and it sees none in a course of one SCO"
        yield Problem(course.at("order"), message, "write “structure: multi” too, or leave “order:” out")
