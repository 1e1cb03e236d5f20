"""A variant is one of those that the course is made for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from courseware.errors import Problem
from courseware.rules.walk import did_you_mean
from courseware.source import Source


def variant_exists(source: Source, variant: Mapping[str, str]) -> Iterator[Problem]:
    course = source.course
    for key, known, place in (
        ("audience", course.for_, course.at("for")),
        ("jurisdiction", course.in_, course.at("in")),
        ("language", (source.language,), course.at("language")),
    ):
        if key in variant and variant[key] not in known:
            message = f"the course has no variant {key}={variant[key]}"
            yield Problem(place, message, did_you_mean(variant[key], known))
