"""Each habit has a package and a learner of its own, in the player that a worker shares."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.interop.api_pages import package
from tests.browser.play.learner import Learner
from tests.browser.play.packages import Standard, zipped
from tests.browser.serving import Player

ARRIVES_WITHIN = 30.0
_numbers = itertools.count(1)


class Played:
    """A learner in a course, and what is recorded of it."""

    def __init__(self, player: Player, context: BrowserContext, course: str, learner: str) -> None:
        self.player, self.context, self.course, self.learner = player, context, course, learner
        self.tab = Learner(context, self.link())

    def link(self) -> str:
        return self.player.link(self.course, self.learner)

    def activity(self, at: int = 0) -> dict[str, Any]:
        """What is recorded of one activity of the last attempt."""
        record = self.player.record(self.course, self.learner)
        activity: dict[str, Any] = record["attempts"][-1]["activities"][at]
        return activity

    def waits_for(self, wanted: Callable[[dict[str, Any]], bool]) -> None:
        """Until the record of the first activity says so: a page that has gone cannot be asked."""
        until = time.monotonic() + ARRIVES_WITHIN
        while not wanted(self.activity()):
            assert time.monotonic() < until, self.activity()


Play = Callable[..., Played]


@pytest.fixture
def play(player: Player, context: BrowserContext, tmp_path_factory: pytest.TempPathFactory) -> Play:
    """Import these files as a course whose items launch these pages, and open it."""

    def played(standard: Standard, files: Mapping[str, str | bytes], *pages: str) -> Played:
        number = next(_numbers)
        path = tmp_path_factory.mktemp("zips") / f"{number}.zip"
        zipped(path, package(standard, files, pages or ("index.html",), f"Habit {number}"))  # type: ignore[arg-type]
        return Played(player, context, player.course(path), f"learner-{number}")

    return played
