"""Real courses, built once a worker, players that have imported them, and another LMS."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.courses.other_lms import OtherLms
from tests.browser.courses.taking import Course
from tests.browser.screens import SCREENS, options
from tests.browser.serving import Player
from tests.conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

COURSES = ROOT / "course_src" / "courses"
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def zips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with Child Protection and its legislation in both formats, as the command builds them."""
    return built(tmp_path_factory.mktemp("packages"), "child-protection*")


@pytest.fixture(scope="session")
def zips_of_abuse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of Child-on-child Abuse and its refresher, in all their variants."""
    return built(tmp_path_factory.mktemp("packages"), "child-on-child-abuse*")


def built(out: Path, courses: str) -> Path:
    folders = sorted(str(path.parent) for path in COURSES.glob(f"{courses}/course.yaml"))
    command = [sys.executable, "-m", "courseware", "build", *folders, "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="session")
def child_protection() -> Course:
    return Course(COURSES / "child-protection")


@pytest.fixture(scope="session")
def players(tmp_path_factory: pytest.TempPathFactory, zips: Path) -> Iterator[Callable[[str], Player]]:
    """A player for each format, started once a worker, that has imported Child Protection in it."""
    running: dict[str, Player] = {}

    def player(form: str) -> Player:
        if form not in running:
            running[form] = Player(tmp_path_factory.mktemp("player"))
            running[form].start()
            assert running[form].course(zips / f"child-protection.{form}.zip") == "child-protection"
        return running[form]

    yield player
    for each in running.values():
        each.stop()


@pytest.fixture(scope="module")
def player(players: Callable[[str], Player], form: str) -> Player:
    return players(form)


@pytest.fixture
def learner() -> str:
    """Somebody new for each test, whichever player it shares."""
    return f"learner-{next(_numbers)}"


@pytest.fixture
def lms(tmp_path: Path) -> Iterator[OtherLms]:
    lms = OtherLms(tmp_path)
    yield lms
    lms.stop()


@pytest.fixture(params=SCREENS)
def device(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[[], BrowserContext]]:
    """Another device each time, with the same screen: contexts that share nothing."""
    made: list[BrowserContext] = []

    def context() -> BrowserContext:
        made.append(browser.new_context(locale="en-GB", **options(request.param)))
        return made[-1]

    yield context
    for each in made:
        each.close()
