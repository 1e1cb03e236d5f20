"""A learner enrolled on a course: as many tabs and devices as a test likes, and the record on the server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext

from tests.browser.play.learner import Learner
from tests.browser.serving import Player


@dataclass(frozen=True)
class Enrolled:
    """A registration and the browser of the test; `another` gives a device that shares nothing with it."""

    player: Player
    course: str
    learner: str
    context: BrowserContext
    another: Callable[[], BrowserContext]
    link: str

    @classmethod
    def of(
        cls,
        player: Player,
        course: str,
        learner: str,
        context: BrowserContext,
        another: Callable[[], BrowserContext],
    ) -> Enrolled:
        """On a link of its own."""
        return cls(player, course, learner, context, another, player.link(course, learner))

    def tab(self) -> Learner:
        """Another tab of the test's own browser."""
        return Learner(self.context, self.link)

    def elsewhere(self) -> Learner:
        """A tab on another device, which has only what the server knows."""
        return Learner(self.another(), self.link)

    def resumed(self, element: str) -> str:
        """What the learner's next SCO reads on another device."""
        tab = self.elsewhere()
        tab.begin()
        value = tab.read(element)
        tab.page.close(run_before_unload=False)
        return value

    def record(self) -> dict[str, Any]:
        return self.player.record(self.course, self.learner)

    @property
    def state(self) -> str:
        return str(self.record()["state"])
