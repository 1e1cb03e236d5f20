"""`course.json` of a package of ours -> the course as data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

FILE = "course.json"
FORMAT = 1


class DescribedQuestion(Struct, frozen=True):
    """A question, with the words for what a response names."""

    id: str
    text: str
    options: Mapping[str, str]  # by what stands for them in a response
    right: tuple[str, ...]  # of the options; of a match, of the targets
    scored: bool
    kind: str = "choose one"
    fingerprint: str = ""
    objective: str = ""
    place: str = ""  # in the author's files, "quizzes/final.yaml:12"
    targets: Mapping[str, str] = field(default_factory=dict)
    must: bool = False  # nobody passes without it
    part: str = ""  # the title of the optional part that asks it
    of: int = 0  # final questions that are asked in that part at once

    def words(self, response: str) -> str:
        """A response in the words of the options, a line for each; empty where it names an unknown option."""
        listed = response.strip("{}")  # SCORM 1.2 has them around a choice of several
        parts = [part for parts in listed.split("[,]") for part in parts.split(",") if part]
        said = [self._part(part) for part in parts]
        return "\n".join(said) if all(said) else ""

    def _part(self, part: str) -> str:
        """An option, or an item with its target: `a.b` in SCORM 1.2, `a[.]b` in 2004."""
        item, paired, target = part.replace("[.]", ".").partition(".")
        words = self.options.get(item, "").rstrip(".")
        if not paired:
            return words
        return f"{words}: {self.targets.get(target) or '–'}" if words and self.targets else ""


class DescribedLesson(Struct, frozen=True):
    """A lesson, with the titles of its pages and the names of its questions."""

    id: str
    title: str
    pages: tuple[str, ...]
    questions: tuple[str, ...]


class DescribedCourse(Struct, frozen=True):
    """A course of ours, as its package describes it."""

    id: str
    title: str
    edition: str
    is_reviewed: bool
    objectives: Mapping[str, str]
    questions: tuple[DescribedQuestion, ...]  # in the course's order, those of the lessons first
    needed: float | None = None  # right answers to the final questions; None where there are none
    number: int = 0  # of final questions that are asked
    pre_test: Mapping[str, int] = field(default_factory=dict)  # questions about each objective
    lessons: tuple[DescribedLesson, ...] = ()
    mark: str = ""  # the percentage that passes; empty without final questions
    tries: int | None = None  # None: as many as wanted
    draw: Mapping[str, int] = field(default_factory=dict)  # how many about each objective; empty: all
    optional: tuple[DescribedCourse, ...] = ()  # its optional parts, whose questions are among its own, too

    @property
    def main_questions(self) -> tuple[DescribedQuestion, ...]:
        """Those that its own result may need."""
        return tuple(one for one in self.questions if not one.part)


def read_description(folder: Path) -> DescribedCourse | None:
    """None where there is no such file, or where it is not as we write it."""
    try:
        return described((folder / FILE).read_bytes())
    except OSError:
        return None


def described(data: bytes) -> DescribedCourse | None:
    """None where it is not as we write it."""
    try:
        value = json.loads(data)
        return _course(value) if value["format"] == FORMAT else None
    except (ValueError, LookupError, TypeError, AttributeError):
        return None


def _course(value: dict[str, Any]) -> DescribedCourse:
    final = value.get("assessment") or {"questions": ()}
    checks = [_question(one, scored=False) for lesson in value["lessons"] for one in lesson["questions"]]
    scored = [_question(one, scored=True) for one in final["questions"]]
    return DescribedCourse(
        id=str(value["id"]),
        title=str(value["title"]),
        edition=str(value["edition"]),
        is_reviewed=bool(value["review"]),
        objectives=MappingProxyType(
            {
                str(name): str(text)
                for one in (value, *value.get("optional", ()))
                for name, text in one["objectives"].items()
            }
        ),
        questions=(*checks, *scored, *_optional(value)),
        needed=int(final["pass points"]) / 100 if scored else None,
        number=int(final["number"]) if scored else 0,
        pre_test={str(name): int(number) for name, number in final.get("pre-test", {}).items()},
        lessons=tuple(_lesson(one) for one in value["lessons"]),
        mark=str(final["pass percent"]) if scored else "",
        tries=int(final["tries"]) if scored and final["tries"] else None,
        draw={str(name): int(number) for name, number in final.get("draw", {}).items()},
        optional=tuple(map(_course, value.get("optional", ()))),
    )


def _lesson(value: dict[str, Any]) -> DescribedLesson:
    return DescribedLesson(
        id=str(value["id"]),
        title=str(value["title"]),
        pages=tuple(map(str, value["pages"])),
        questions=tuple(str(one["id"]) for one in value["questions"]),
    )


def _optional(value: dict[str, Any]) -> Iterator[DescribedQuestion]:
    """The questions of its optional parts."""
    for part in value.get("optional", ()):
        title, final = str(part["title"]), part.get("assessment") or {"questions": (), "number": 0}
        for lesson in part["lessons"]:
            yield from (replace(_question(one, scored=False), part=title) for one in lesson["questions"])
        number = int(final["number"])
        yield from (replace(_question(one, scored=True), part=title, of=number) for one in final["questions"])


def _question(value: dict[str, Any], *, scored: bool) -> DescribedQuestion:
    return DescribedQuestion(
        id=str(value["id"]),
        text=str(value["text"]),
        options=_words(value["options"]),
        right=tuple(map(str, value["right"])),
        scored=scored,
        kind=str(value["kind"]),
        fingerprint=str(value["fingerprint"]),
        objective=str(value["objective"]),
        place=str(value["place"]),
        targets=_words(value.get("targets", {})),
        must=value.get("must") is True,
    )


def _words(value: dict[str, Any]) -> Mapping[str, str]:
    return MappingProxyType({str(code): str(words) for code, words in value.items()})
