"""The tables as they are migrated, and what a transaction promises."""

from __future__ import annotations

import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select

from player.records.database import Database
from player.records.tables import Base, School


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


def test_two_processes_share_one_file(database_url: str) -> None:
    first, second = Database(database_url), Database(database_url)
    first.migrate()
    with first.writing() as tx:
        tx.add(School(name="Northfield"))
    with second.writing() as tx:
        assert tx.scalars(select(School.name)).all() == ["Northfield"]
    first.close()
    second.close()
