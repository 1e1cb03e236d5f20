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
    Engine,
    Select,
    TextClause,
    create_engine,
    event,
    func,
    inspect,
    select,
    text,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import Session

from player.private import private_file, private_folder
from player.records.group_commit import GroupCommit
from player.records.unavailable import is_full, unavailable
from player.records.writer import Writer, WriterBusyError
from player.settings import SettingsError

log = logging.getLogger(__name__)
T = TypeVar("T")
Transaction = Session  # with the unit of work; a `Connection` is a transaction without it
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
POOL = 20  # a delivery reads beside its transaction, so a server thread may need two
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

    def __init__(self, url: str) -> None:
        self.url = _address(url)
        self._writer = Writer(BUSY_MILLISECONDS / 1000)
        self._open(self.url)

    def _open(self, url: URL) -> None:
        self.engine = _engine(url)
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

    def write_if_free(self, work: Callable[[Session], None]) -> None:
        """For what may as well be written another time: nobody waits for another's write to end."""
        try:
            with self._writer.at_once() as turn, self._transaction(turn) as session:
                work(session)
        except (DBAPIError, WriterBusyError) as error:
            if not unavailable(error):
                raise

    @property
    def has_one_writer(self) -> bool:
        """Whether everybody who commits waits for one lock, and not for that of a registration."""
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
            connection = plain.execution_options(player_writes=BUSY_MILLISECONDS)
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
        self.engine.dispose()
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
        self.engine.dispose()


@contextmanager
def _tables_may_be_made_anew(connection: Connection) -> Iterator[None]:
    """Foreign keys off: SQLite changes a table by copying it, and others point to it meanwhile."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection
    raw.cursor().execute("PRAGMA foreign_keys=OFF")
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


def _address(text: str) -> URL:
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


def _engine(url: URL) -> Engine:
    """The engine; its errors show no parameters, so that no learner's answers get into a log."""
    if url.get_backend_name() != "sqlite":
        engine = create_engine(
            url,
            pool_pre_ping=True,
            pool_size=POOL,
            max_overflow=POOL,
            hide_parameters=True,
            # A transaction that has waited for a lock reads what was written meanwhile.
            isolation_level="READ COMMITTED",
            connect_args=UNREACHABLE,
        )
        event.listen(engine, "do_connect", _connect_postgres)
        event.listen(engine, "connect", _prepare_postgres)
        return engine
    if url.database not in (None, "", ":memory:") and "uri" not in url.query:
        file = Path(str(url.database))
        private_folder(file.parent)
        private_file(file)
    engine = create_engine(
        url,
        pool_size=POOL,
        max_overflow=POOL,
        hide_parameters=True,
        connect_args={"check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _connect_postgres(_dialect: Any, _record: Any, arguments: Any, parameters: Any) -> Any:
    from player.records.postgres import BoundedConnection

    return BoundedConnection.connect(*arguments, **parameters)


def _prepare_postgres(connection: Any, _record: Any) -> None:
    connection.execute(f"SET lock_timeout = {BUSY_MILLISECONDS}")
    connection.execute(f"SET idle_in_transaction_session_timeout = '{FORGOTTEN}'")
    connection.commit()


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
    patience = connection.get_execution_options().get("player_writes")
    if patience is None:
        connection.exec_driver_sql("BEGIN")
    elif patience > BUSY_MILLISECONDS * 0.9:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
