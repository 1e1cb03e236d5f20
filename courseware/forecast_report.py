"""A forecast as lines of text, and as a value for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from courseware.errors import Place, counted
from courseware.forecast import Change, Finding, Forecast, Kind

HEADINGS: dict[Kind, str] = {
    "superseded": "Superseded",
    "new edition expected": "A new edition usually comes",
    "begins": "In force by then, and not on the day of the course",
    "ends": "No longer in force",
    "not in force": "Still without a confirmed day",
    "not checked": "Not compared with its source within a year",
}


def lines(forecast: Forecast) -> Iterator[str]:
    """Headings, the laws below them, and below each the places of each course."""
    yield f"On {forecast.day}"
    for kind, findings in groupby(forecast.findings, key=lambda one: one.kind):
        yield from ("", HEADINGS[kind])
        for one in findings:
            yield f"  {sentence(one)}"
            for citing in one.cited:
                yield f"    {citing.course}: {counted(len(citing.places), 'place')}"
                yield from (f"      {said}" for said in by_file(citing.places))
    if not forecast.findings:
        yield from ("", "Nothing that the courses cite is superseded, begins, ends or waits to be checked.")
    if forecast.changes:
        yield from ("", "Days on which the courses change")
        yield from (f"  {change_in_words(one)}" for one in forecast.changes)


def sentence(one: Finding) -> str:
    """“7 courses cite Keeping children safe in education 2026, which …”"""
    who = "1 course cites" if len(one.cited) == 1 else f"{len(one.cited)} courses cite"
    return f"{who} {one.law}, {told(one)}" + (f". {one.expected}" if one.expected else "")


def told(one: Finding) -> str:
    match one.kind:
        case "superseded":
            since = f" since {one.day}" if one.day else ""
            return f"which has been superseded{since} by {one.by}"
        case "new edition expected":
            return f"of which a new edition usually begins on {one.day}"
        case "begins":
            return f"which is in force since {one.day}" if one.day else "which is in force"
        case "ends":
            return f"which was in force until {one.day}"
        case "not in force" if one.by == "reported":
            return f"which is reported in force since {one.day}, and nobody has confirmed it"
        case "not in force":
            return f"which was passed on {one.day} and has no day from which it is in force"
        case _:
            return f"last checked on {one.day}" if one.day else "which nobody has checked yet"


def by_file(places: Iterable[Place]) -> Iterator[str]:
    """“lessons/one.yaml:16:23, 30:60”."""
    for file, there in groupby(places, key=lambda one: one.file):
        yield f"{file}:" + ", ".join(f"{one.line}:{one.column}" for one in there)


def change_in_words(one: Change) -> str:
    """“gate-duty changes on 2027-04-01: 2 parts begin, 1 part ends; Badges Act 2026 section 2 begins”."""
    parts = []
    if one.begin:
        parts.append(f"{counted(one.begin, 'part')} {'begins' if one.begin == 1 else 'begin'}")
    if one.end:
        parts.append(f"{counted(one.end, 'part')} {'ends' if one.end == 1 else 'end'}")
    said = "; ".join(filter(None, (", ".join(parts), *one.law)))
    return f"{one.course} changes on {one.day}: {said}"


def value(forecast: Forecast) -> dict[str, Any]:
    """For programs."""
    return {
        "on": forecast.day.isoformat(),
        "findings": [
            {
                "kind": one.kind,
                "law": one.law,
                "day": one.day.isoformat() if one.day else None,
                "by": one.by,
                "expected": one.expected,
                "courses": [
                    {"course": each.course, "places": [place_value(place) for place in each.places]}
                    for each in one.cited
                ],
            }
            for one in forecast.findings
        ],
        "changes": [
            {
                "course": one.course,
                "day": one.day.isoformat(),
                "begin": one.begin,
                "end": one.end,
                "law": list(one.law),
            }
            for one in forecast.changes
        ],
    }


def place_value(place: Place) -> dict[str, Any]:
    return {"file": place.file, "line": place.line or 1, "column": place.column or 1}
