"""A course is a draft until somebody who knows the subject has reviewed this edition of it."""

from __future__ import annotations

from collections.abc import Iterator

from courseware.errors import Problem
from courseware.material import CourseSource
from courseware.options import BuildOptions


def reviewed(source: CourseSource, options: BuildOptions) -> Iterator[Problem]:
    """Who changes a course after its review gives it another edition, and so has it reviewed again."""
    course, review = source.course, source.course.reviewed
    if review is None:
        hint = "once somebody has, add “reviewed: {by: …, role: …, on: …, edition: …}” to course.yaml"
        message = f"nobody has reviewed edition {course.edition}, so that it is a draft"
        yield Problem(course.at("edition"), message, hint, "warning", keeps_draft=True)
        return
    if review.edition != course.edition:
        message = f"edition {review.edition} was reviewed, and this is {course.edition}: a draft"
        hint = "have it reviewed, and change “reviewed:”"
        yield Problem(review.at("edition"), message, hint, "warning", keeps_draft=True)
    elif review.on < course.as_of <= options.today:
        message = f"it was reviewed on {review.on}, before the day of its law, “as of: {course.as_of}”"
        hint = "have it reviewed again, or state the law of that day"
        yield Problem(review.at("on"), message, hint, "warning", keeps_draft=True)
    if review.on > options.today:
        message = f"it cannot have been reviewed on {review.on}, which is to come"
        yield Problem(review.at("on"), message, "correct the day", "warning", keeps_draft=True)
