"""Sample schools and their site: one for all tests that only look, a copy for each test that changes it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from player.records.database import Database
from tests.player.conftest import copied
from tests.player.lms import Lms
from tests.player.web.sample import Sample, fill
from tests.player.web.site_user import SiteUser, site


@pytest.fixture(scope="session")
def prepared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    """Settled once on either database, and copied: hashing eight passwords takes longer than most tests."""
    folder = tmp_path_factory.mktemp("sample")
    with ExitStack() as stack:
        url = f"sqlite:///{folder / 'player.db'}"
        if request.param == "postgres":
            url = stack.enter_context(copied(request.getfixturevalue("postgres_template")))
        database = Database(url)
        database.migrate()
        sample = fill(Lms(folder, database))
        database.close()
        yield sample


@contextmanager
def _copied(prepared: Sample, folder: Path) -> Iterator[Sample]:
    shutil.copytree(prepared.lms.folder, folder, dirs_exist_ok=True)
    with ExitStack() as stack:
        url = prepared.lms.database.url_text
        if url.startswith("sqlite"):
            url = f"sqlite:///{folder / 'player.db'}"
        else:
            url = stack.enter_context(copied(url))
        database = Database(url)
        yield replace(prepared, lms=Lms(folder, database, now=prepared.lms.now))
        database.close()


@pytest.fixture(scope="module")
def sample(prepared: Sample, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    """To look at."""
    with _copied(prepared, tmp_path_factory.mktemp("shown")) as sample:
        yield sample


@pytest.fixture(scope="module")
def app(sample: Sample) -> Iterator[Flask]:
    app = site(sample)
    yield app
    app.extensions["player.database"].close()


@pytest.fixture
def own_sample(prepared: Sample, tmp_path: Path) -> Iterator[Sample]:
    """To change."""
    with _copied(prepared, tmp_path / "own") as sample:
        yield sample


@pytest.fixture
def own_app(own_sample: Sample) -> Iterator[Flask]:
    app = site(own_sample)
    yield app
    app.extensions["player.database"].close()


@pytest.fixture
def admin(own_app: Flask) -> SiteUser:
    return SiteUser(own_app, "alex")
