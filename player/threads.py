"""The threads that answer requests. The next request goes to the thread that was busy last, whose memory the
processor still has at hand: with Waitress's order, which goes round, a commit costs a sixth more."""

from __future__ import annotations

from threading import Lock

from waitress.task import ThreadedTaskDispatcher  # type: ignore[import-untyped]


class LatestFirst:
    """A condition as `threading.Condition`, which wakes who has waited for the shortest time."""

    def __init__(self, lock: Lock) -> None:
        self._lock = lock
        self._waiting: list[Lock] = []

    def wait(self) -> None:
        """Let the lock go until woken; the caller holds it, and does so again afterwards."""
        mine = Lock()
        mine.acquire()
        self._waiting.append(mine)
        self._lock.release()
        try:
            mine.acquire()
        finally:
            self._lock.acquire()

    def notify(self) -> None:
        """Wake one, if any waits; the caller holds the lock."""
        if self._waiting:
            self._waiting.pop().release()

    def notify_all(self) -> None:
        """Wake all; the caller holds the lock."""
        while self._waiting:
            self.notify()


class Threads(ThreadedTaskDispatcher):  # type: ignore[misc]
    """So many threads; requests are answered in the order in which they came."""

    lock: Lock

    def __init__(self, count: int) -> None:
        super().__init__()
        self.queue_cv = LatestFirst(self.lock)
        self.set_thread_count(count)
