"""Group commit on SQLite: the thread that has the writer's lock commits the work of all that wait for it, in
one transaction and with one trip to the disk."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Engine

from player.records.direct import driver, translated
from player.records.engine import BEGUN, begin_to_write
from player.records.writer import Writer, WriterBusyError

T = TypeVar("T")
MOST = 64
Work = Callable[[Connection], T]


@dataclass(slots=True, eq=False)
class _Waiting(Generic[T]):
    """One piece of work, and its result or error once it is on disk or has failed."""

    work: Work[T]
    done: bool = False
    result: T | None = None
    error: BaseException | None = None


class _HalfWrittenError(Exception):
    """Work has failed after it had written something: nothing of the transaction can stay."""


class GroupCommit:
    """Runs work in shared transactions; work that fails undoes nothing of the others'.

    Work that fails has written nothing, as a rule, because a step is refused before it is written. Where it
    has, the transaction is undone, and each piece of work runs once more in one of its own. So no work needs
    a savepoint.
    """

    def __init__(self, engine: Engine, writer: Writer) -> None:
        self._engine, self._writer = engine, writer
        self._queue: list[_Waiting[Any]] = []
        self._lock = threading.Lock()
        self._kept: Connection | None = None  # used by the thread that has the writer's lock

    def run(self, work: Work[T]) -> T:
        """Run the work, and return its result once it is on disk. Work that is given up may still be written
        with the rest: all work may be asked for again."""
        mine: _Waiting[T] = _Waiting(work)
        with self._lock:
            self._queue.append(mine)
        try:
            with self._writer as turn:
                if not mine.done:
                    self._commit(self._take(), round(turn.left * 1000))
        except WriterBusyError:
            self._withdraw(mine)
            raise
        if mine.error is not None:
            raise mine.error
        return mine.result  # type: ignore[return-value]  # a T once done, and a T may be None

    def close(self) -> None:
        """Close the connection; the next work opens another."""
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.close()

    def _take(self) -> list[_Waiting[Any]]:
        with self._lock:
            taken, self._queue = self._queue[:MOST], self._queue[MOST:]
        return taken

    def _withdraw(self, one: _Waiting[Any]) -> None:
        with self._lock:
            self._queue = [waiting for waiting in self._queue if waiting is not one]

    def _commit(self, batch: Sequence[_Waiting[Any]], patience: int) -> None:
        try:
            self._together(batch, patience)
        except _HalfWrittenError:
            for waiting in batch:
                self._alone(waiting, patience)
        except BaseException as error:  # noqa: BLE001 - all of the batch failed, and each raises it
            for waiting in batch:
                waiting.error = waiting.error or error
        finally:
            for waiting in batch:
                waiting.done = True

    def _together(self, batch: Sequence[_Waiting[Any]], patience: int) -> None:
        """In one transaction, on the connection that is kept from one to the next."""
        connection = self._kept = self._kept or self._open()
        try:
            translated(connection, begin_to_write, driver(connection), max(1, patience))
            for waiting in batch:
                _attempt(connection, waiting)
            translated(connection, driver(connection).execute, "COMMIT")
        except BaseException:
            self.close()  # which undoes what was written
            raise

    def _alone(self, waiting: _Waiting[Any], patience: int) -> None:
        waiting.result = waiting.error = None
        try:
            self._together([waiting], patience)
        except _HalfWrittenError as half:
            waiting.error = half.__cause__
        except Exception as error:  # noqa: BLE001 - handed to the thread that asked
            waiting.error = error

    def _open(self) -> Connection:
        """A connection whose transactions are begun and ended here, and not by SQLAlchemy."""
        connection = self._engine.connect().execution_options(**{BEGUN: True})
        connection.begin()
        return connection


def _attempt(connection: Connection, waiting: _Waiting[Any]) -> None:
    """Run one piece of work; its error is its own, as long as it has written nothing."""
    written = driver(connection).total_changes
    try:
        waiting.result = waiting.work(connection)
    except Exception as error:
        if connection.invalidated or driver(connection).total_changes != written:
            raise _HalfWrittenError from error
        waiting.error = error
