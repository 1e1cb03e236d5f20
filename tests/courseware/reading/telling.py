"""A package read in one line, and what is said of it."""

from __future__ import annotations

from pathlib import Path

from courseware.package import Package
from courseware.reading import ReadResult, read_package
from tests.courseware.packing import PAGE, pack

SCORM_12, SCORM_2004 = "1.2", "2004 4th Edition"


def read(path: Path, text: str | bytes, **files: bytes) -> ReadResult:
    pages = files or {"index.html": PAGE}
    return read_package(pack(path, {"imsmanifest.xml": text, **pages}))


def package(reading: ReadResult) -> Package:
    assert reading.package is not None, reading.problems
    assert not reading.errors
    return reading.package


def said(reading: ReadResult, path: Path) -> list[str]:
    """`imsmanifest.xml:4:1: error: …`, without the zip's own name."""
    return [str(problem).split("\n")[0].replace(f"{path}!", "") for problem in reading.problems]


def only(reading: ReadResult, path: Path) -> str:
    (sentence,) = said(reading, path)
    assert all(problem.hint for problem in reading.problems), "every problem names its remedy"
    return sentence


def is_refused(path: Path, sentence: str) -> None:
    reading = read_package(path)
    assert reading.package is None
    (problem,) = reading.errors
    assert sentence in problem.message
    assert problem.hint
    assert str(path) in problem.place.file
