"""Drafts: a course is one until somebody who knows the subject has reviewed this edition of it."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from courseware.errors import Problem
from courseware.material import CourseSource
from courseware.options import BuildOptions


def reviewed(source: CourseSource, options: BuildOptions) -> Iterator[Problem]:
    """A change after a review needs another edition, and so another review."""
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
    elif review.on < course.as_of and (options.on or course.as_of <= options.today):
        said = f"--on {options.on}" if options.on else f"as of: {course.as_of}"
        message = f"it was reviewed on {review.on}, before the day of its law, “{said}”"
        hint = "have it reviewed again, or state the law of that day"
        yield Problem(review.at("on"), message, hint, "warning", keeps_draft=True)
    if review.on > options.today:
        message = f"it cannot have been reviewed on {review.on}, which is to come"
        yield Problem(review.at("on"), message, "correct the day", "warning", keeps_draft=True)


def words_are_the_reviewed_ones(source: CourseSource, options: BuildOptions) -> Iterator[Problem]:
    """An edition that was built as reviewed keeps its words: learners have it."""
    course = source.course
    known = options.editions.get(course.id, {}).get(course.edition)
    if known is not None and known != words_of(source):
        message = f"the words have changed since edition {course.edition} was reviewed and built"
        hint = "give the course another “edition:”, and have it reviewed"
        yield Problem(course.at("edition"), message, hint, "warning", keeps_draft=True)


def words_of(source: CourseSource) -> str:
    """A hash of all that a learner reads."""
    texts = (*source.markdown, *source.plain_texts)
    return sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
