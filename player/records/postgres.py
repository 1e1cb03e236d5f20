"""A connection to PostgreSQL that waits for no answer for ever."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeVar

import psycopg
from psycopg.errors import OperationalError, _WaitTimeout

T = TypeVar("T")
UNANSWERED_SECONDS = 300.0  # longer than any statement takes, a migration's too


class BoundedConnection(psycopg.Connection[Any]):
    """What lies between may acknowledge all that is sent and pass nothing on, which no system notices."""

    def wait(self, gen: Generator[Any, Any, T], interval: float = 0.1, timeout: float | None = None) -> T:
        """The connection is of no more use: nobody knows what was done of what was asked."""
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, UNANSWERED_SECONDS)
        except _WaitTimeout as unanswered:
            self.pgconn.finish()
            raise OperationalError("no answer came") from unanswered
