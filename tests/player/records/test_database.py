"""The tables as they are migrated, and what a transaction promises."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import ExitStack, closing
from datetime import date

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from player.records.database import Database
from player.records.tables import Base, Membership, School
from player.records.unavailable import is_full, unavailable
from player.settings import SettingsError
from tests.player.lms import OPEN, Lms, put
from tests.player.packages import scorm_2004
from tests.player.threads import at_once

pytestmark = pytest.mark.both_databases

TODAY = date(2026, 11, 24)
WAITS = (
    b"connect_timeout",
    b"tcp_user_timeout",
    b"keepalives_idle",
    b"keepalives_interval",
    b"keepalives_count",
)


def test_the_migrations_and_the_models_agree(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrating_twice_changes_nothing(database: Database) -> None:
    database.migrate()
    with database.writing() as tx:
        tx.add(School(name="Northfield"))
    database.migrate()
    with database.reading() as tx:
        assert tx.scalars(select(School.name)).all() == ["Northfield"]


def test_a_failed_transaction_leaves_nothing(database: Database) -> None:
    def write_and_fail() -> None:
        with database.writing() as tx:
            tx.add(School(name="Northfield"))
            tx.flush()
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        write_and_fail()
    with database.reading() as tx:
        assert tx.scalars(select(School)).all() == []


def test_writers_queue_and_none_is_refused(database: Database) -> None:
    def write(first: int) -> None:
        for number in range(first, first + 10):
            with database.writing() as tx:
                tx.add(School(name=f"School {number}"))

    threads = [threading.Thread(target=write, args=(n * 10,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as tx:
        assert len(tx.scalars(select(School)).all()) == 80


def test_who_has_waited_reads_what_was_written_meanwhile(database_url: str) -> None:
    """Whatever a PostgreSQL that others use too has set for all."""
    if not database_url.startswith("sqlite"):
        with psycopg.connect(database_url, autocommit=True) as connection:
            name = connection.info.dbname
            connection.execute(f'ALTER DATABASE "{name}" SET default_transaction_isolation = "serializable"')
    database = Database(database_url)
    database.migrate()

    def add_once() -> None:
        with database.writing() as tx:
            if tx.scalars(select(School)).first() is None:
                tx.add(School(name="Northfield"))

    at_once(*[add_once] * 8)
    with database.reading() as tx:
        assert tx.scalars(select(School.name)).all() == ["Northfield"]
    database.close()


def test_who_writes_has_sqlites_lock_from_the_start(sqlite_lms: Lms) -> None:
    """Who reads first and asks for it later is refused where another process has written in between."""

    def tried() -> None:
        path = str(sqlite_lms.database.url.database)
        with closing(sqlite3.connect(path, timeout=0)) as other:
            other.execute("BEGIN IMMEDIATE")

    with sqlite_lms.database.writing(), pytest.raises(sqlite3.OperationalError, match="locked"):
        tried()
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        sqlite_lms.database.commit(lambda _: tried())
    tried()


def test_what_is_acknowledged_is_on_disk(database: Database) -> None:
    """Not only in the system's cache: it survives a loss of power. SQLite's 2 is FULL."""
    promised = {"sqlite": {"PRAGMA journal_mode": "wal", "PRAGMA synchronous": 2}}
    with database.connecting() as tx:
        for asked, answer in promised.get(tx.dialect.name, {"SHOW synchronous_commit": "on"}).items():
            assert tx.exec_driver_sql(asked).scalar() == answer


def test_nobody_waits_for_ever_for_a_writer_that_is_stuck(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("player.records.engine.BUSY_MILLISECONDS", 50)
    stuck, other = Database(database_url), Database(database_url)
    stuck.migrate()
    with stuck.writing() as tx:
        tx.add(School(name="Northfield"))
        with pytest.raises(OperationalError) as refused, other.writing():
            pass
        with other.reading() as reading:
            assert reading.scalars(select(School)).all() == []
    assert "lock" in unavailable(refused.value)
    with other.writing() as tx:
        assert tx.scalars(select(School.name)).all() == ["Northfield"]
    stuck.close()
    other.close()


def test_how_long_is_waited_outlives_a_transaction_that_is_rolled_back(database: Database) -> None:
    told = {"sqlite": {"PRAGMA busy_timeout": 15_000, "PRAGMA foreign_keys": 1}}
    postgres = {"SHOW lock_timeout": "15s", "SHOW idle_in_transaction_session_timeout": "1min"}
    with database.connecting() as tx:
        tx.rollback()
    with database.connecting() as tx:
        for asked, answer in told.get(tx.dialect.name, postgres).items():
            assert tx.exec_driver_sql(asked).scalar() == answer


def test_a_transaction_that_is_forgotten_frees_what_it_locked(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if database_url.startswith("sqlite"):
        pytest.skip("SQLite's writers end with their process")
    forgetful, other = Database(database_url), Database(database_url)
    with monkeypatch.context() as patch:
        patch.setattr("player.records.engine.FORGOTTEN", "50ms")
        with forgetful.connecting():
            pass

    def forget() -> None:
        with forgetful.writing() as tx:
            _add_school(other)  # waits until the first is ended
            tx.execute(select(School))

    with pytest.raises(DBAPIError) as ended:
        forget()
    assert unavailable(ended.value)
    forgetful.close()
    other.close()


def _add_school(database: Database) -> None:
    with database.writing() as tx:
        tx.add(School(name="Northfield"))


def test_tables_of_a_newer_player_are_left_alone(database: Database) -> None:
    with database.writing() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SettingsError, match="newer"):
        database.migrate()
    with pytest.raises(IntegrityError), database.writing() as tx:
        tx.add(Membership(person_id="lost", school_id="nowhere", staff_id="1", name="Nobody", since=TODAY))


def test_a_database_without_room_says_so_and_keeps_what_it_has(sqlite_lms: Lms) -> None:
    database = sqlite_lms.database
    with database.connecting() as only:  # it is given back to the pool, and taken again
        only.exec_driver_sql("PRAGMA max_page_count = 1")
    with pytest.raises(DBAPIError) as refused, database.writing() as tx:
        tx.add_all(School(name=f"Primary {number:090}") for number in range(300))
    assert is_full(refused.value)
    with database.reading() as tx:
        assert tx.scalars(select(School)).all() == []


@pytest.mark.parametrize(
    "error", [ValueError("wrong"), IntegrityError("", None, Exception("twice")), OSError(28, "full")]
)
def test_what_was_asked_wrongly_is_no_fault_of_the_database(error: Exception) -> None:
    assert unavailable(error) == ""


def test_a_statement_that_is_wrong_is_no_fault_of_the_database(database: Database) -> None:
    with pytest.raises(DBAPIError) as wrong, database.reading() as tx:
        tx.execute(text("SELECT * FROM nowhere"))
    assert unavailable(wrong.value) == ""


def test_a_network_that_swallows_packets_is_noticed(database: Database) -> None:
    if database.url.get_backend_name() == "sqlite":
        pytest.skip("SQLite has no network")
    with database.connecting() as tx:
        driver = tx.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        told = {
            each.keyword.decode(): int(each.val or 0) for each in driver.pgconn.info if each.keyword in WAITS
        }
    assert all(0 < seconds <= 10 for name, seconds in told.items() if name != "tcp_user_timeout")
    assert 0 < told["tcp_user_timeout"] <= 10_000, "milliseconds"
    assert len(told) == len(WAITS)


def test_connections_that_the_server_has_ended_are_replaced_unasked(lms: Lms) -> None:
    """As after a restart: the next commits are answered, and each is applied once."""
    if lms.database.has_one_writer:
        pytest.skip("a file ends no connection")
    tab = lms.open(lms.add(scorm_2004(1)).course)
    tab.deliver()
    tab.send(OPEN)
    for place in "12":
        with ExitStack() as several:
            for _ in range(3):
                several.enter_context(lms.database.connecting())
        with psycopg.connect(lms.database.url_text.replace("+psycopg", ""), autocommit=True) as other:
            ended = other.execute(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            ).fetchall()
        assert len(ended) >= 3
        assert tab.send(put("cmi.location", place))["have"] == int(place) + 1
    with lms.database.connecting() as tx:
        assert tx.execute(text("SELECT number FROM commit ORDER BY number")).scalars().all() == [1, 2, 3]


def test_an_answer_that_never_comes_is_not_waited_for_for_ever(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    if database.url.get_backend_name() == "sqlite":
        pytest.skip("SQLite has no network")
    with database.reading() as tx, monkeypatch.context() as patch:
        tx.execute(select(School))
        patch.setattr("player.records.postgres.UNANSWERED_SECONDS", 0.1)
        with pytest.raises(OperationalError) as ended:
            tx.execute(text("SELECT pg_sleep(60)"))
    assert unavailable(ended.value) == "no answer came"
    with database.reading() as tx:
        assert tx.scalars(select(School)).all() == []


def test_two_processes_share_one_file(database_url: str) -> None:
    first, second = Database(database_url), Database(database_url)
    first.migrate()
    with first.writing() as tx:
        tx.add(School(name="Northfield"))
    with second.writing() as tx:
        assert tx.scalars(select(School.name)).all() == ["Northfield"]
    first.close()
    second.close()
