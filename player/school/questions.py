"""The questions of a course of ours, from its own description: an LMS gets only the letters of the chosen
options."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lxml import etree, html

from courseware.reading.description import DescribedQuestion, read_description
from player.playing.version import Version

PRE_TEST = "pre-test_"  # begins the ids of what a pre-test reports; no question's id has an underscore
KEPT = 64  # versions; each is some kilobytes of words
Question = DescribedQuestion


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions of a version by id; how many of the final ones must be right, and how many are asked."""

    by_id: Mapping[str, Question]
    pass_mark: float | None = None
    number: int = 0  # 0 where all are asked
    objectives: Mapping[str, str] = field(default_factory=dict)

    def get(self, interaction: str) -> Question | None:
        """The question of an interaction, which may be a part of it (decision 9); None where the version asks
        no such question."""
        name = interaction.removeprefix(PRE_TEST)
        whole, _, part = name.rpartition("_")
        return self.by_id.get(whole if whole and part.isdigit() else name)

    def values(self) -> Collection[Question]:
        """In the order of the course."""
        return self.by_id.values()


NONE = Questions(MappingProxyType({}))


def questions_of(packages: Path, version: Version) -> Questions:
    """The questions by id; none where the package is not ours, or its pages are not as we write them."""
    launched = next((item.resource for item in version.items.values() if item.resource), None)
    href = version.package.resource(launched).href if version.ours and launched else None
    page = packages / version.key / (href or "")
    return _read(page) if page.is_file() else NONE  # a lost page may be put back: not cached


@lru_cache(maxsize=KEPT)
def _read(page: Path) -> Questions:
    """From the course's description; packages of before it had one say it in their page."""
    described = read_description(page.parent)
    if described is None:
        return _scraped(page)
    questions = MappingProxyType({one.id: one for one in described.questions})
    return Questions(questions, described.needed, described.number, described.objectives)


def _scraped(page: Path) -> Questions:
    try:
        document = html.fromstring(page.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
        course: dict[str, Any] = json.loads("".join(document.xpath("//script[@id='course']/text()")))
        final = course.get("assessment") or {}
        asked = [*course["checks"], *(final.get("questions") or ())]
        checks = len(course["checks"])
        questions = [_question(document, data, scored=at >= checks) for at, data in enumerate(asked)]
        pass_mark = int(final["pass"]) if final else None
    except (OSError, ValueError, LookupError, TypeError, etree.LxmlError):
        return NONE
    return Questions(MappingProxyType({question.id: question for question in questions}), pass_mark)


def _question(document: html.HtmlElement, data: dict[str, Any], *, scored: bool) -> Question:
    options = {
        str(option.xpath("string(.//input/@value)")): " ".join(
            str(option.xpath("string(.//*[@class='said'])")).split()
        )
        for option in document.xpath("//form[@data-question=$id]//label[.//input]", id=data["id"])
    }
    right = tuple(str(letter) for letter in data["right"])
    return Question(str(data["id"]), str(data["text"]), MappingProxyType(options), right, scored)
