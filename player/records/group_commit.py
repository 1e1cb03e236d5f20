"""Group commit on SQLite: the thread that has the writer's lock commits the work of all that wait for it, in
one transaction and with one trip to the disk."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Engine

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


class GroupCommit:
    """Runs work in shared transactions; work that fails undoes nothing of the others'."""

    def __init__(self, engine: Engine, writer: Writer) -> None:
        self._engine, self._writer = engine, writer
        self._queue: list[_Waiting[Any]] = []
        self._lock = threading.Lock()

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

    def _take(self) -> list[_Waiting[Any]]:
        with self._lock:
            taken, self._queue = self._queue[:MOST], self._queue[MOST:]
        return taken

    def _withdraw(self, one: _Waiting[Any]) -> None:
        with self._lock:
            self._queue = [waiting for waiting in self._queue if waiting is not one]

    def _commit(self, batch: list[_Waiting[Any]], patience: int) -> None:
        try:
            with self._engine.connect() as plain:
                connection = plain.execution_options(player_writes=max(1, patience))
                with connection.begin():
                    for waiting in batch:
                        _attempt(connection, waiting)
        except BaseException as error:  # noqa: BLE001 - all of the batch failed, and each raises it
            for waiting in batch:
                waiting.error = waiting.error or error
        finally:
            for waiting in batch:
                waiting.done = True


def _attempt(connection: Connection, waiting: _Waiting[Any]) -> None:
    """Run one piece of work in a savepoint: if it fails, only its own writes are undone."""
    connection.exec_driver_sql("SAVEPOINT one")
    try:
        waiting.result = waiting.work(connection)
    except Exception as error:  # noqa: BLE001 - handed to the thread that asked
        waiting.error = error
        connection.exec_driver_sql("ROLLBACK TO one")
    connection.exec_driver_sql("RELEASE one")
