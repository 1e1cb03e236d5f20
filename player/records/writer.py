"""The turn to write: one at a time, nobody waits longer than promised, and never do all threads wait."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

SOON = 1.0  # seconds within which a write ends, as a rule by far
MAY_WAIT = 8  # threads, of those that a server has, for a write that takes longer; the others go on reading


class WriterBusyError(Exception):
    """Nothing was written, and the same may well succeed later."""

    def __init__(self) -> None:
        super().__init__("another write takes too long")


class Writer:
    """A lock for those who write.

    Every write that waits holds a thread of the server. While writes end soon, each waits its turn. Once one
    takes long, some wait for it as long as is promised, and all others are refused at once: what is only
    read is then still answered.
    """

    def __init__(self, promised: float, may_wait: int = MAY_WAIT) -> None:
        self._promised = promised
        self._lock = threading.Lock()
        self._patient = threading.Semaphore(may_wait)
        self._since = self._until = 0.0

    def __enter__(self) -> Writer:
        until = monotonic() + self._promised
        if not self._lock.acquire(blocking=False):
            self._wait(until)
        self._since, self._until = monotonic(), until
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    @contextmanager
    def at_once(self) -> Iterator[Writer]:
        """The turn if nobody has it, with no time to wait for other processes."""
        if not self._lock.acquire(blocking=False):
            raise WriterBusyError
        self._since = self._until = monotonic()
        try:
            yield self
        finally:
            self._lock.release()

    @property
    def left(self) -> float:
        """The seconds of the promised wait that are left to the holder."""
        return max(0.0, self._until - monotonic())

    def _wait(self, until: float) -> None:
        while (soon := min(self._since + SOON, until) - monotonic()) > 0:
            if self._lock.acquire(timeout=soon):
                return
        if not self._patient.acquire(blocking=False):
            raise WriterBusyError
        try:
            if not self._lock.acquire(timeout=max(0.0, until - monotonic())):
                raise WriterBusyError
        finally:
            self._patient.release()
