"""Counts of tries that all processes of a server share, in a small file of their own.

A count belongs to the processes that run now: the file goes with the server. It is not in the player's
database, because whoever tries passwords by the thousand must not make it write.
"""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path
from time import time
from typing import Any

from limits.storage import Storage

MAKE = "CREATE TABLE IF NOT EXISTS counted (key TEXT PRIMARY KEY, number INTEGER, ends REAL) WITHOUT ROWID"
FORGET = "DELETE FROM counted WHERE ends <= ?"
COUNT = """
INSERT INTO counted (key, number, ends) VALUES (:key, :by, :ends)
ON CONFLICT (key) DO UPDATE SET
  number = CASE WHEN ends <= :now THEN :by ELSE number + :by END,
  ends = CASE WHEN ends <= :now THEN :ends ELSE ends END
RETURNING number
"""
SWEPT_EVERY = 1_000  # counts


class SharedCounts(Storage):
    """A storage of the library `limits`. SQLite's lock is the system's, which frees a killed process's."""

    STORAGE_SCHEME = None

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._connection = sqlite3.connect(file, timeout=10, isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA synchronous=OFF")  # nothing of it outlives the server
        self._connection.execute(MAKE)
        self._lock = threading.Lock()
        self._counted = 0

    @property
    def base_exceptions(self) -> type[Exception]:
        return sqlite3.Error

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Add to a count that ends after so many seconds, and return it."""
        now = time()
        with self._lock:
            self._counted += 1
            if self._counted % SWEPT_EVERY == 0:
                self._connection.execute(FORGET, (now,))
            given = {"key": key, "by": amount, "ends": now + expiry, "now": now}
            [[number]] = self._connection.execute(COUNT, given).fetchall()
        return int(number)

    def get(self, key: str) -> int:
        """The count of a key; 0 where there is none."""
        return int(self._row(key)[0])

    def get_expiry(self, key: str) -> float:
        """The time at which a count ends."""
        return float(self._row(key)[1])

    def check(self) -> bool:
        """True where the file answers."""
        return bool(self._row("") is not None)

    def reset(self) -> int:
        """Forget all counts."""
        with self._lock:
            return self._connection.execute("DELETE FROM counted").rowcount

    def clear(self, key: str) -> None:
        """Forget one count."""
        with self._lock:
            self._connection.execute("DELETE FROM counted WHERE key = ?", (key,))

    def _row(self, key: str) -> tuple[Any, ...]:
        now = time()
        wanted = "SELECT number, ends FROM counted WHERE key = ? AND ends > ?"
        with self._lock:
            row: tuple[Any, ...] | None = self._connection.execute(wanted, (key, now)).fetchone()
        return row or (0, now)
