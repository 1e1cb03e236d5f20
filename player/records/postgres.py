"""A connection to PostgreSQL that waits a bounded time for an answer."""

from __future__ import annotations

import select
from collections.abc import Generator
from typing import Any, TypeVar

import psycopg
from psycopg.errors import OperationalError, _WaitTimeout

T = TypeVar("T")
UNANSWERED_SECONDS = 300.0  # longer than any statement takes, a migration's too


class BoundedConnection(psycopg.Connection[Any]):
    """A network in between may acknowledge all that is sent and pass nothing on: the operating system does
    not notice that."""

    @property
    def has_ended(self) -> bool:
        """True where something came unasked on a connection that awaits nothing. So a server says that it
        ends one, and the system that nobody has answered its keepalives."""
        if self.closed:
            return True
        waiting = select.poll()
        waiting.register(self.pgconn.socket, select.POLLIN)
        return bool(waiting.poll(0))

    def wait(self, gen: Generator[Any, Any, T], interval: float = 0.1, timeout: float | None = None) -> T:
        """End a connection that does not answer: nobody knows whether the statement was run."""
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, UNANSWERED_SECONDS)
        except _WaitTimeout as unanswered:
            self.pgconn.finish()
            raise OperationalError("no answer came") from unanswered
