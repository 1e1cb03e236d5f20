"""The threads that answer requests."""

from __future__ import annotations

import threading
from queue import Queue

from player.threads import LatestFirst, Threads


def test_the_one_that_has_waited_for_the_shortest_time_is_woken_first() -> None:
    lock = threading.Lock()
    condition = LatestFirst(lock)
    about_to_wait: Queue[int] = Queue()
    woken: Queue[int] = Queue()

    def wait(number: int) -> None:
        with lock:
            about_to_wait.put(number)
            condition.wait()
            woken.put(number)

    threads = [threading.Thread(target=wait, args=(number,)) for number in range(3)]
    for thread in threads:  # each has let the lock go, so it waits, when the next one has it
        thread.start()
        about_to_wait.get()
    for expected in (2, 1):
        with lock:
            condition.notify()
        assert woken.get(timeout=30) == expected
    with lock:
        condition.notify_all()
    assert woken.get(timeout=30) == 0
    for thread in threads:
        thread.join(30)


class _Request:
    """What Waitress gives a thread to do."""

    def __init__(self, done: Queue[str]) -> None:
        self._done = done

    def service(self) -> None:
        self._done.put(threading.current_thread().name)


def test_every_request_is_answered_and_the_threads_end() -> None:
    done: Queue[str] = Queue()
    threads = Threads(3)
    for _ in range(50):
        threads.add_task(_Request(done))
    assert len([done.get(timeout=30) for _ in range(50)]) == 50
    threads.shutdown()
    assert not threads.threads
