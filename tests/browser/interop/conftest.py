"""A running player, shared by all habits; each has a package and a learner of its own."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.interop.speech import package
from tests.browser.play.learner import Learner
from tests.browser.play.packages import Standard, zipped
from tests.browser.serving import Player

_numbers = itertools.count(1)


@pytest.fixture(scope="package")
def player(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Player]:
    player = Player(tmp_path_factory.mktemp("player"))
    player.start()
    yield player
    player.stop()


class Played:
    """A learner in a course, and what is recorded of it."""

    def __init__(self, player: Player, context: BrowserContext, course: str, learner: str) -> None:
        self.player, self.course, self.learner = player, course, learner
        self.tab = Learner(context, player.link(course, learner))

    def record(self) -> dict[str, object]:
        return self.player.record(self.course, self.learner)

    def activity(self, at: int = 0) -> dict[str, object]:
        """What is recorded of one activity of the last attempt."""
        attempts: list[dict[str, list[dict[str, object]]]] = self.record()["attempts"]  # type: ignore[assignment]
        return attempts[-1]["activities"][at]


Play = Callable[..., Played]


@pytest.fixture
def play(player: Player, context: BrowserContext, tmp_path_factory: pytest.TempPathFactory) -> Play:
    """Import these files as a course whose items launch these pages, and open it."""

    def played(standard: Standard, files: Mapping[str, str | bytes], *pages: str) -> Played:
        number = next(_numbers)
        path = tmp_path_factory.mktemp("zips") / f"{number}.zip"
        zipped(path, package(standard, files, pages or ("index.html",), f"Course {number}"))  # type: ignore[arg-type]
        return Played(player, context, player.course(path), f"learner-{number}")

    return played
