"""The engine of the database, and how its connections are prepared: SQLite and PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, InvalidatePoolError

from player.private import private_file, private_folder
from player.settings import SettingsError

BUSY_MILLISECONDS = 15_000  # how long anybody waits for somebody else's lock, on either database
FORGOTTEN = "60s"  # PostgreSQL then ends a transaction that asks nothing more, and frees what it locked
# How long PostgreSQL's machine may be silent: while it is connected to, before it acknowledges what was sent,
# and while an answer is awaited. Else a system waits a quarter of an hour, and for an answer two hours.
UNREACHABLE = {
    "connect_timeout": 10,
    "tcp_user_timeout": 10_000,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
}
BEGUN = "player_begun"  # an option of a connection whose transactions are not SQLAlchemy's to begin
# Connections that stay open, and as many more for a while: a delivery reads beside its transaction, so that a
# server's thread may need two.
POOL_PER_THREAD = 1.25


def address(text: str) -> URL:
    """The address; `postgresql://` means psycopg 3, the driver that is installed."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        url = URL.create("none")
    if url.drivername in ("postgres", "postgresql"):
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "postgresql+psycopg"):
        raise SettingsError(
            "PLAYER_DATABASE_URL is no address that the player can open: write postgresql://user:password@host/name."
        )
    return url


def engine_of(url: URL, threads: int) -> Engine:
    """The engine; its errors show no parameters, so that no learner's answers get into a log."""
    pool = round(threads * POOL_PER_THREAD)
    if url.get_backend_name() != "sqlite":
        engine = create_engine(
            url,
            pool_size=pool,
            max_overflow=pool,
            hide_parameters=True,
            # A transaction that has waited for a lock reads what was written meanwhile.
            isolation_level="READ COMMITTED",
            connect_args=UNREACHABLE,
        )
        event.listen(engine, "do_connect", _connect_postgres)
        event.listen(engine, "connect", _prepare_postgres)
        event.listen(engine, "checkout", _refuse_ended)
        return engine
    if url.database not in (None, "", ":memory:") and "uri" not in url.query:
        file = Path(str(url.database))
        private_folder(file.parent)
        private_file(file)
    engine = create_engine(
        url,
        pool_size=pool,
        max_overflow=pool,
        hide_parameters=True,
        connect_args={"check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _connect_postgres(_dialect: Any, _record: Any, arguments: Any, parameters: Any) -> Any:
    from player.records.postgres import (
        BoundedConnection,  # only where it is used: psycopg takes time to import
    )

    return BoundedConnection.connect(*arguments, **parameters)


def _prepare_postgres(connection: Any, _record: Any) -> None:
    connection.execute(f"SET lock_timeout = {BUSY_MILLISECONDS}")
    connection.execute(f"SET idle_in_transaction_session_timeout = '{FORGOTTEN}'")
    connection.commit()


def _refuse_ended(connection: Any, _record: Any, _proxy: Any) -> None:
    """Take new connections where this one, from the pool, has been ended. It costs a glance, and SQLAlchemy's
    ping a question and its answer for each transaction."""
    if connection.has_ended:
        raise InvalidatePoolError("the server has ended the connection")


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we write BEGIN ourselves
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_MILLISECONDS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the lock at once: SQLite may refuse one that reads first and writes later."""
    options = connection.get_execution_options()
    patience = options.get("player_writes")
    if options.get(BEGUN):
        return
    if patience is None:
        connection.exec_driver_sql("BEGIN")
    else:
        begin_to_write(_Driver(connection), patience)


@dataclass(frozen=True, slots=True)
class _Driver:
    """A connection of SQLAlchemy's, asked as the driver's is."""

    connection: Connection

    def execute(self, statement: str) -> None:
        self.connection.exec_driver_sql(statement)


def begin_to_write(connection: Any, patience: int) -> None:
    """Begin a transaction that has the writer's lock of the file, within so many milliseconds."""
    if patience > BUSY_MILLISECONDS * 0.9:
        connection.execute("BEGIN IMMEDIATE")
        return
    connection.execute(f"PRAGMA busy_timeout={patience}")
    try:
        connection.execute("BEGIN IMMEDIATE")
    finally:
        connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
