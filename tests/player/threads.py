"""Others at the same time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

T = TypeVar("T")


def at_once(*works: Callable[[], T]) -> list[T]:
    """Each in a thread of its own, from one starting shot; what fails in one fails the test."""
    shot = Barrier(len(works))

    def run(work: Callable[[], T]) -> T:
        shot.wait(10)
        return work()

    with ThreadPoolExecutor(len(works)) as threads:
        running = [threads.submit(run, work) for work in works]
        return [each.result() for each in running]


def in_a_thread(work: Callable[[], T]) -> T:
    """Done by somebody else, whom nothing here may keep waiting."""
    threads = ThreadPoolExecutor(1)
    try:
        return threads.submit(work).result(10)
    finally:
        threads.shutdown(wait=False)  # what waits for us goes on once the test has failed
