"""Statements of the path that runs a thousand times a second: SQLAlchemy compiles each once, and the driver
runs it without the layers in between (decision 28)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Connection, Delete, Insert, Select, TextClause, Update
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError

Statement = Select[Any] | Insert | Update | Delete | TextClause


@dataclass(frozen=True, slots=True)
class _Compiled:
    """The statement in a driver's words; `names` are its parameters by place, or None where it names them."""

    sql: str
    names: tuple[str, ...] | None


class Direct:
    """One statement; `columns` are those that an insert gives."""

    def __init__(self, statement: Statement, columns: tuple[str, ...] | None = None) -> None:
        self._statement, self._columns = statement, columns
        self._compiled: dict[str, _Compiled] = {}

    def first(self, tx: Connection, given: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """The first row, in the driver's values: on SQLite a time is text."""
        compiled, values = self._prepared(tx, given)
        row: tuple[Any, ...] | None = translated(tx, _first, driver(tx), compiled.sql, values)
        return row

    def all(self, tx: Connection, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """All rows, in the driver's values."""
        compiled, values = self._prepared(tx, given)
        rows: list[tuple[Any, ...]] = translated(tx, _all, driver(tx), compiled.sql, values)
        return rows

    def run_many(self, tx: Connection, given: Sequence[Mapping[str, Any]]) -> None:
        """Run a statement that answers no rows for each of these."""
        prepared = [self._prepared(tx, each) for each in given]
        if prepared:
            values = [values for _, values in prepared]
            translated(tx, driver(tx).cursor().executemany, prepared[0][0].sql, values)

    def run(self, tx: Connection, given: Mapping[str, Any]) -> None:
        """Run a statement that answers no rows."""
        compiled, values = self._prepared(tx, given)
        translated(tx, driver(tx).execute, compiled.sql, values)

    def _prepared(self, tx: Connection, given: Mapping[str, Any]) -> tuple[_Compiled, Any]:
        if not tx.in_transaction():
            tx.begin()  # as a statement of SQLAlchemy's does by itself
        compiled = self._compiled.get(tx.dialect.name) or self._compile(tx)
        if compiled.names is None:
            return compiled, given
        return compiled, sqlite_values([given[name] for name in compiled.names])

    def _compile(self, tx: Connection) -> _Compiled:
        made: Any = self._statement.compile(dialect=tx.dialect, column_keys=self._columns)
        places = made.positiontup
        compiled = _Compiled(made.string, None if places is None else tuple(places))
        return self._compiled.setdefault(tx.dialect.name, compiled)


def driver(tx: Connection) -> Any:
    """The driver's connection of a transaction."""
    return tx.connection.driver_connection


def translated(tx: Connection, run: Callable[..., Any], *arguments: Any) -> Any:
    """Call the driver; its error is raised as SQLAlchemy would, without parameters."""
    try:
        return run(*arguments)
    except Exception as error:
        error_type = cast(type[Exception], tx.dialect.loaded_dbapi.Error)
        if not isinstance(error, error_type):
            raise
        raise _as_sqlalchemys(tx, error, error_type) from error


def _as_sqlalchemys(tx: Connection, error: Exception, error_type: type[Exception]) -> BaseException:
    connection = cast(DBAPIConnection, driver(tx))
    is_gone = tx.dialect.is_disconnect(error, connection, None)  # type: ignore[arg-type]
    if is_gone:
        tx.invalidate(error)
    return cast(
        BaseException,
        DBAPIError.instance(
            "",
            None,
            error,
            error_type,
            hide_parameters=True,
            connection_invalidated=is_gone,
            dialect=tx.dialect,
        ),
    )


def _first(connection: Any, sql: str, values: Any) -> Any:
    return connection.execute(sql, values).fetchone()


def _all(connection: Any, sql: str, values: Any) -> Any:
    return connection.execute(sql, values).fetchall()


def kept_values(tx: Connection, values: Sequence[Any]) -> tuple[Any, ...]:
    """Values as a driver's row has them."""
    return sqlite_values(values) if tx.dialect.name == "sqlite" else tuple(values)


def sqlite_values(values: Sequence[Any]) -> tuple[Any, ...]:
    """Values as SQLite keeps them: a time is text."""
    return tuple([_time_text(value) if type(value) is datetime else value for value in values])


@lru_cache(maxsize=4_096)
def _time_text(moment: datetime) -> str:
    """A time as SQLAlchemy keeps it in SQLite."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone cannot be kept: pass datetime.now(UTC)")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
