"""A variant is one of those that the course is made for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from courseware.errors import Problem
from courseware.material import CourseSource
from courseware.options import BuildOptions
from courseware.rules.hints import did_you_mean


def variant_exists(source: CourseSource, options: BuildOptions) -> Iterator[Problem]:
    unknown = tuple(unknown_values(source, options.variant))
    yield from unknown
    if options.variant and not unknown:
        yield alike(source, options.variant)


def unknown_values(source: CourseSource, variant: Mapping[str, str]) -> Iterator[Problem]:
    course = source.course
    for key, known, place in (
        ("audience", course.for_, course.at("for")),
        ("jurisdiction", course.in_, course.at("in")),
        ("language", (source.language,), course.at("language")),
    ):
        if key in variant and variant[key] not in known:
            message = f"the course has no variant {key}={variant[key]}"
            yield Problem(place, message, did_you_mean(variant[key], known))


def alike(source: CourseSource, variant: Mapping[str, str]) -> Problem:
    """No block depends on a variant yet, and two names for one package mislead."""
    asked = " ".join(f"{key}={value}" for key, value in variant.items())
    message = (
        f"nothing in this course depends on {asked}, so the package differs from others in its name only"
    )
    return Problem(source.course.place, message, "leave “--variant” out", "warning")
