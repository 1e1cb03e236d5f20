"""A course in several SCOs: what only such a course can say."""

from __future__ import annotations

from collections.abc import Iterator

from courseware.errors import Problem
from courseware.formats import FORMATS
from courseware.material import CourseSource
from courseware.options import BuildOptions


def order_has_an_effect(source: CourseSource) -> Iterator[Problem]:
    """An LMS keeps the order, and it sees the lessons only where each is a SCO."""
    course = source.course
    if course.order == "as listed" and course.structure == "one":
        message = "lessons are kept in order by an LMS, and it sees none in a course of one SCO"
        yield Problem(course.at("order"), message, "write “structure: multi” too, or leave “order:” out")


def optional_parts_stay_outside(source: CourseSource, options: BuildOptions) -> Iterator[Problem]:
    """Without sequencing an LMS waits for every SCO of a package, and so for an optional one."""
    course = source.course
    if course.structure == "one" or source.legislation.optional is None:
        return
    for form in (FORMATS[name] for name in options.formats):
        if form.manifest and not form.manifest.has_sequencing:
            message = (
                f"a {form.title} package of several SCOs cannot have an optional part: an LMS waits for it"
            )
            hint = "write “structure: one” or “legislation: separate”, or build other formats only"
            yield Problem(course.at("structure"), message, hint)
