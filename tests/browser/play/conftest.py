"""Learners in small courses of the player that a worker shares; one of its own for a test that kills it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.play.enrolled import Enrolled
from tests.browser.play.packages import Part, Standard, package
from tests.browser.serving import Player

_numbers = itertools.count(1)


@pytest.fixture
def own_player(tmp_path: Path) -> Iterator[Player]:
    """A server that the test may do anything to."""
    player = Player(tmp_path)
    player.start()
    yield player
    player.kill()


@pytest.fixture
def learner_id() -> str:
    return f"learner-{next(_numbers)}"


Course = Callable[..., str]


@pytest.fixture(scope="session")
def course(player: Player, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The id of a course with these parts, imported once a worker."""
    known: dict[tuple[Standard, tuple[Part, ...]], str] = {}

    def imported(standard: Standard, *parts: Part) -> str:
        wanted = (standard, parts or (Part("one"),))
        if wanted not in known:
            folder = tmp_path_factory.mktemp("zips")
            path = package(folder / "course.zip", standard, wanted[1], f"Course {len(known)}")
            known[wanted] = player.course(path)
        return known[wanted]

    return imported


@pytest.fixture
def another(browser: Browser) -> Iterator[Callable[[], BrowserContext]]:
    """Other devices: contexts that share nothing with the test's own."""
    made: list[BrowserContext] = []

    def context() -> BrowserContext:
        made.append(browser.new_context(locale="en-GB"))
        return made[-1]

    yield context
    for each in made:
        each.close()


Take = Callable[..., Enrolled]


@pytest.fixture
def take(
    player: Player,
    course: Course,
    context: BrowserContext,
    another: Callable[[], BrowserContext],
    learner_id: str,
) -> Take:
    """The test's learner in a course of these parts."""
    return lambda standard, *parts: Enrolled.of(
        player, course(standard, *parts), learner_id, context, another
    )


@pytest.fixture
def take_alone(
    own_player: Player, tmp_path: Path, context: BrowserContext, another: Callable[[], BrowserContext]
) -> Callable[[Standard], Enrolled]:
    """The same on a server that the test may do anything to."""

    def enrolled(standard: Standard) -> Enrolled:
        zipped = package(tmp_path / "course.zip", standard, [Part("one")])
        return Enrolled.of(own_player, own_player.course(zipped), "ada", context, another)

    return enrolled
