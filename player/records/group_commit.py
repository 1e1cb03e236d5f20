"""Many small writes, one trip to the disk: on SQLite, who has the lock commits for all who wait for it."""

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
    """One piece of work and, once it is on disk or has failed, what came of it."""

    work: Work[T]
    done: bool = False
    result: T | None = None
    error: BaseException | None = None


class GroupCommit:
    """Each caller returns when its own work is on disk; one that fails undoes nothing of the others'."""

    def __init__(self, engine: Engine, writer: Writer) -> None:
        self._engine, self._writer = engine, writer
        self._queue: list[_Waiting[Any]] = []
        self._lock = threading.Lock()

    def run(self, work: Work[T]) -> T:
        """The work's result, after its transaction. Who gives up waiting may still be written with the rest:
        no work minds being asked for again."""
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
            self._queue = [each for each in self._queue if each is not one]

    def _commit(self, batch: list[_Waiting[Any]], patience: int) -> None:
        try:
            with self._engine.connect() as plain:
                connection = plain.execution_options(player_writes=max(1, patience))
                with connection.begin():
                    for each in batch:
                        _attempt(connection, each)
        except BaseException as error:  # noqa: BLE001 - it is everybody's, and each raises it
            for each in batch:
                each.error = each.error or error
        finally:
            for each in batch:
                each.done = True


def _attempt(connection: Connection, each: _Waiting[Any]) -> None:
    """In a savepoint of its own: what it wrote goes if it fails, what the others wrote stays."""
    connection.exec_driver_sql("SAVEPOINT each_one")
    try:
        each.result = each.work(connection)
    except Exception as error:  # noqa: BLE001 - handed to the thread that asked
        each.error = error
        connection.exec_driver_sql("ROLLBACK TO each_one")
    connection.exec_driver_sql("RELEASE each_one")
