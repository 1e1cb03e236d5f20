"""One database, SQLite or PostgreSQL: how it is opened, read and written."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from sqlalchemy import Connection as Connection
from sqlalchemy import (
    Select,
    TextClause,
    func,
    inspect,
    select,
    text,
)
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from player.records import engine
from player.records.group_commit import GroupCommit
from player.records.unavailable import is_full, unavailable
from player.records.writer import Writer, WriterBusyError
from player.settings import THREADS, SettingsError

log = logging.getLogger(__name__)
T = TypeVar("T")
Transaction = Session  # with the unit of work; a `Connection` is a transaction without it
# As many pages as SQLite writes between two checkpoints; afterwards it writes over them.
GROW_LOG = (
    "DROP TABLE IF EXISTS log_filler",
    "CREATE TABLE log_filler (bytes BLOB)",
    "INSERT INTO log_filler VALUES (zeroblob(1000 * 4096))",
    "DROP TABLE log_filler",
    "PRAGMA wal_checkpoint(RESTART)",
)
NEWER = (
    "PLAYER_DATABASE_URL leads to a database whose tables a newer player has made. "
    "Install that one, or restore the backup from before it."
)
MIGRATIONS = Path(__file__).with_name("migrations")


class Database:
    """Transactions on one database: `reading` never waits for a writer, `writing` is on disk when it ends.

    Only one writes at a time, on PostgreSQL too: what is looked for and found missing stays missing until it
    is added. What is written a thousand times a second goes through `commit`: it locks one registration only.
    """

    def __init__(self, url: str, threads: int = THREADS) -> None:
        self.url = engine.address(url)
        self._threads = threads
        self._writer = Writer(engine.BUSY_MILLISECONDS / 1000, may_wait=threads // 2)
        self.is_alone = False  # on a full disk: no other process can open the file
        self._open(self.url)

    def _open(self, url: URL) -> None:
        self.engine = engine.engine_of(url, self._threads)
        is_sqlite = url.get_backend_name() == "sqlite"
        self._group_commit = GroupCommit(self.engine, self._writer) if is_sqlite else None

    @property
    def file(self) -> Path | None:
        """The file of a SQLite database."""
        is_file = self.url.get_backend_name() == "sqlite" and self.url.database
        return Path(self.url.database or "") if is_file else None

    @property
    def url_text(self) -> str:
        """The address with its password."""
        return self.url.render_as_string(hide_password=False)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that keeps nothing of what is changed in it."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """All or nothing. Threads queue here instead of polling a busy file, or the database."""
        with self._writer as turn, self._transaction(turn) as session:
            yield session

    @contextmanager
    def _transaction(self, turn: Writer) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            session.connection(execution_options={"player_writes": _milliseconds(turn)})
            if self._group_commit is None:
                session.execute(_wait_at_most(_milliseconds(turn)))
                session.execute(_only_one("write"))
            yield session

    def write_if_free(self, work: Callable[[Session], None]) -> bool:
        """For what may as well be written another time: nobody waits for another's write to end. False where
        another was writing."""
        try:
            with self._writer.at_once() as turn, self._transaction(turn) as session:
                work(session)
        except (DBAPIError, WriterBusyError) as error:
            if not unavailable(error):
                raise
            return False
        return True

    @property
    def has_one_writer(self) -> bool:
        """True where everybody who commits waits for one lock, and not for that of a registration."""
        return self._group_commit is not None

    def commit(self, work: Callable[[Connection], T]) -> T:
        """As `writing`, for the path that runs a thousand times a second: without the unit of work, and in a
        group commit where the database has none of its own."""
        if self._group_commit is not None:
            return self._group_commit.run(work)
        with self.engine.begin() as connection:
            return work(connection)

    @contextmanager
    def connecting(self) -> Iterator[Connection]:
        """As `reading`, without the unit of work."""
        with self.engine.connect() as connection:
            yield connection

    def migrate(self) -> None:
        """Bring the tables to the newest revision; does nothing where they are there already."""
        try:
            is_newest = self._is_newest()
        except DBAPIError as error:
            if self.file is None or not is_full(error):
                raise
            self._open_without_room(self.file)
            is_newest = self._is_newest()
        if is_newest:
            return
        from alembic import command
        from alembic.config import Config
        from alembic.util import CommandError

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with self._writer, self.engine.connect() as plain:
            connection = plain.execution_options(player_writes=engine.BUSY_MILLISECONDS)
            if connection.dialect.name != "sqlite":
                connection.execute(_only_one("migrate"))
            config.attributes["connection"] = connection
            try:
                with _tables_may_be_made_anew(connection):
                    command.upgrade(config, "head")
            except CommandError as error:
                raise SettingsError(NEWER) from error

    def _is_newest(self) -> bool:
        """Without Alembic, whose import takes longer than most commands."""
        newest = max(path.name for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
        with self.engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return False
            revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return newest.startswith(f"{revision}_")

    def _open_without_room(self, file: Path) -> None:
        """SQLite's processes share a file beside the database, and a full disk has no place for it. A process
        that has the database for itself keeps that in memory (https://www.sqlite.org/vfs.html, unix-excl)."""
        self.close()
        self.is_alone = True
        self._open(
            URL.create(
                "sqlite", database=f"file:{quote(str(file))}", query={"vfs": "unix-excl", "uri": "true"}
            )
        )
        log.warning(
            "The disk of %s is full: what is recorded is shown, and nothing is saved until there is room. "
            "Start again then: until that, no other command opens the database.",
            file,
        )

    def grow_log(self) -> None:
        """Let a server's SQLite log have its full size from the start: growing it doubles a commit's cost."""
        if self._group_commit is None:
            return
        with self._writer, self.engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            if raw is None:
                return
            try:
                for statement in GROW_LOG:
                    raw.execute(statement)
            except sqlite3.OperationalError as error:
                log.warning("The log of the database has not its full size: %s", error)

    def close(self) -> None:
        """Close all connections."""
        if self._group_commit is not None:
            self._group_commit.close()
        self.engine.dispose()


@contextmanager
def _tables_may_be_made_anew(connection: Connection) -> Iterator[None]:
    """Foreign keys off: SQLite changes a table by copying it, and others point to it meanwhile.

    One transaction for all revisions: Alembic would commit each on its own, and whoever waits for the lock
    would take the next.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection
    raw.cursor().execute("PRAGMA foreign_keys=OFF")
    connection.begin()
    try:
        yield
    finally:
        connection.rollback()  # of one that failed: within a transaction nothing hears a PRAGMA
        raw.cursor().execute("PRAGMA foreign_keys=ON")


def _milliseconds(turn: Writer) -> int:
    """The rest of the promised wait, for the database's own lock; 0 would mean without end."""
    return max(1, round(turn.left * 1000))


def _wait_at_most(milliseconds: int) -> TextClause:
    return text(f"SET LOCAL lock_timeout = {milliseconds}")


def _only_one(what: str) -> Select[Any]:
    """PostgreSQL's lock for one kind of transaction: until it ends nobody else begins the same."""
    return select(func.pg_advisory_xact_lock(func.hashtext(what)))
