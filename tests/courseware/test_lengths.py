"""How long something takes is said in the same words by the package, its script and the player."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from courseware.rendering.scripts import STATIC, joined, module
from courseware.rendering.wording import lasting, lengths
from player.school.lengths import length
from tests.courseware.sample_pages import words

if TYPE_CHECKING:
    from playwright.sync_api import Page

MOST = 300
SAID = {
    1: "1 minute",
    29: "29 minutes",
    43: "45 minutes",
    57: "an hour",
    62: "an hour",
    75: "an hour and a quarter",
    90: "an hour and a half",
    105: "an hour and three quarters",
    119: "2 hours",
    150: "2 and a half hours",
}


def test_it_is_rounded_as_people_say_it() -> None:
    for minutes, said in SAID.items():
        assert length(minutes).replace("\u00a0", " ") == said
        assert lasting(words(), "about minutes", minutes).replace("\u00a0", " ") == f"about {said}"


@pytest.mark.browser
def test_the_script_says_the_same_of_every_length(page: Page) -> None:
    course = {"words": lengths(words(), MOST), "language": "en-GB"}
    page.goto("about:blank")
    word = f"Object.assign(window, {{ word: wording({json.dumps(course)}) }});"
    page.add_script_tag(content=joined([module(STATIC / "words.js"), word]))
    told = page.evaluate(f"[...Array({MOST}).keys()].map((n) => word.counted('minutes left', n + 1))")
    assert told == [lasting(words(), "minutes left", minutes) for minutes in range(1, MOST + 1)]
