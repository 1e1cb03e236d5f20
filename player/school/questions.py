"""What a course of ours asked, in its own words: an LMS is only told the letters of what was chosen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lxml import etree, html

from player.playing.version import Version

KEPT = 64  # versions; each is some kilobytes of words


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the words of its options, by letter."""

    id: str
    text: str
    options: Mapping[str, str]
    right: tuple[str, ...]
    scored: bool

    def words(self, response: str) -> str:
        """A response in the options' words, a line each; empty where it names an option that is not there."""
        listed = response.strip("{}")  # around what must all be chosen, in SCORM 1.2
        letters = [each for part in listed.split("[,]") for each in part.split(",") if each]
        if not letters or any(each not in self.options for each in letters):
            return ""
        return "\n".join(self.options[each].rstrip(".") for each in letters)


Questions = Mapping[str, Question]
NONE: Questions = MappingProxyType({})


def questions_of(packages: Path, version: Version) -> Questions:
    """By id; none where the package is somebody else's, or its pages are not as we write them."""
    launched = next((item.resource for item in version.items.values() if item.resource), None)
    href = version.package.resource(launched).href if version.ours and launched else None
    page = packages / version.key / (href or "")
    return _read(page) if page.is_file() else NONE  # what is lost may be put back, and is read then


@lru_cache(maxsize=KEPT)
def _read(page: Path) -> Questions:
    try:
        document = html.fromstring(page.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
        told: dict[str, Any] = json.loads("".join(document.xpath("//script[@id='course']/text()")))
        asked = [*told["checks"], *((told.get("assessment") or {}).get("questions") or ())]
        scored = len(told["checks"])
        found = [_question(document, each, scored=at >= scored) for at, each in enumerate(asked)]
    except (OSError, ValueError, LookupError, TypeError, etree.LxmlError):
        return NONE
    return MappingProxyType({each.id: each for each in found})


def _question(document: html.HtmlElement, told: dict[str, Any], *, scored: bool) -> Question:
    options = {
        str(option.xpath("string(.//input/@value)")): " ".join(
            str(option.xpath("string(.//*[@class='said'])")).split()
        )
        for option in document.xpath("//form[@data-question=$id]//label[.//input]", id=told["id"])
    }
    right = tuple(str(each) for each in told["right"])
    return Question(str(told["id"]), str(told["text"]), MappingProxyType(options), right, scored)
