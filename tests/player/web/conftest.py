"""A town and its site: one for all tests that only look, a copy for each test that changes it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from player.records.database import Database
from tests.player.conftest import BACKENDS, copied
from tests.player.house import House
from tests.player.web.town import Town, settle
from tests.player.web.visitor import Visitor, site


@pytest.fixture(scope="session", params=BACKENDS)
def founded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Settled once on either database, and copied: hashing eight passwords takes longer than most tests."""
    folder = tmp_path_factory.mktemp("town")
    with ExitStack() as stack:
        url = f"sqlite:///{folder / 'player.db'}"
        if request.param == "postgres":
            url = stack.enter_context(copied(request.getfixturevalue("postgres_template")))
        database = Database(url)
        database.migrate()
        town = settle(House(folder, database))
        database.close()
        yield town


@contextmanager
def _copied(founded: Town, folder: Path) -> Iterator[Town]:
    shutil.copytree(founded.house.folder, folder, dirs_exist_ok=True)
    with ExitStack() as stack:
        url = founded.house.database.url_text
        if url.startswith("sqlite"):
            url = f"sqlite:///{folder / 'player.db'}"
        else:
            url = stack.enter_context(copied(url))
        database = Database(url)
        yield replace(founded, house=House(folder, database, now=founded.house.now))
        database.close()


@pytest.fixture(scope="module")
def town(founded: Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """To look at."""
    with _copied(founded, tmp_path_factory.mktemp("shown")) as town:
        yield town


@pytest.fixture(scope="module")
def app(town: Town) -> Iterator[Flask]:
    app = site(town)
    yield app
    app.extensions["player.database"].close()


@pytest.fixture
def own_town(founded: Town, tmp_path: Path) -> Iterator[Town]:
    """To change."""
    with _copied(founded, tmp_path / "own") as town:
        yield town


@pytest.fixture
def own_app(own_town: Town) -> Iterator[Flask]:
    app = site(own_town)
    yield app
    app.extensions["player.database"].close()


@pytest.fixture
def admin(own_app: Flask) -> Visitor:
    return Visitor(own_app, "alex")
