"""Several processes that serve on the same sockets, and the first one, which starts and replaces them.

The first process answers nothing and opens no database, so that it can fork at any time: it has no thread.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import signal
import threading
import traceback
from collections.abc import Callable
from time import monotonic, sleep
from types import FrameType

from player.settings import SettingsError

log = logging.getLogger(__name__)
READY = b"."
STOPS = (signal.SIGTERM, signal.SIGINT)
SOON = 2.0  # seconds: one that ends sooner after its start is not started again at once
ENDS_WITHIN = 20.0  # seconds that a stop waits for what is under way
Serving = Callable[[int, Callable[[], None]], None]  # of a place, and what to call once it answers


class Processes:
    """So many processes, each at a place from 0; who ends is replaced until `stop`."""

    def __init__(self, many: int, serving: Serving) -> None:
        self._many, self._serving = many, serving
        self._running: dict[int, tuple[int, float]] = {}  # by process: its place and its start
        self._stopping = False
        # Closed by the system when the first process ends, however that comes: the others then end too.
        self._life, self._held = os.pipe()

    def run(self, ready: Callable[[], None]) -> None:
        """Serve until interrupted; `ready` is called once all answer."""
        for number in STOPS:
            signal.signal(number, self._stop)
        gc.freeze()  # what is shared with the others is not touched, and so not copied
        told, tells = os.pipe()
        for place in range(self._many):
            self._start(place, tells)
        os.close(tells)
        if not self._all_ready(told):
            self._end_all()
            if not self._stopping:
                raise SettingsError("The server did not start: see above for what one of its processes says.")
            return
        ready()
        while self._running and not self._stopping:
            self._replace_ended()
        self._end_all()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True
        for process in tuple(self._running):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGTERM)

    def _start(self, place: int, tells: int | None = None) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)  # until either side is ready for them
        process = os.fork()
        if process:
            self._running[process] = (place, monotonic())
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
            return
        code = 1
        try:
            self._serve(place, tells)
            code = 0
        except KeyboardInterrupt:
            code = 0
        except BaseException:  # noqa: BLE001 - nothing of this process may go on as the first one
            traceback.print_exc()
        finally:
            logging.shutdown()
            os._exit(code)

    def _serve(self, place: int, tells: int | None) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches all; the first one passes it on
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
        os.close(self._held)
        threading.Thread(target=self._end_with_the_first, daemon=True).start()

        def ready() -> None:
            if tells is not None:
                os.write(tells, READY)
                os.close(tells)

        self._serving(place, ready)

    def _end_with_the_first(self) -> None:
        os.read(self._life, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    def _all_ready(self, told: int) -> bool:
        answered = 0
        while answered < self._many and (came := os.read(told, self._many)):
            answered += len(came)
        os.close(told)
        return answered == self._many

    def _replace_ended(self) -> None:
        try:
            process, status = os.waitpid(-1, 0)
        except (ChildProcessError, InterruptedError):
            return
        place, began = self._running.pop(process, (None, 0.0))
        if place is None or self._stopping:
            return
        log.error(
            "Process %d has ended (%s): another takes its place.", process, os.waitstatus_to_exitcode(status)
        )
        if monotonic() - began < SOON:
            sleep(SOON)
        if not self._stopping:
            self._start(place)

    def _end_all(self) -> None:
        """In good order, or after a while at once: what is acknowledged is on disk either way."""
        self._stop(0, None)
        until = monotonic() + ENDS_WITHIN
        while self._running:
            try:
                process, _ = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            self._running.pop(process, None)
            if process == 0:
                if monotonic() > until:
                    for left in self._running:
                        os.kill(left, signal.SIGKILL)
                sleep(0.02)
