"""The server's upkeep: it forgets old sign-ins, and folds old logs a little at a time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from player.folding import fold_old
from player.records import sign_ins
from player.records.database import Database
from player.records.unavailable import unavailable

EVERY = 3600.0  # seconds from one round to the next
PAUSE = 0.1  # seconds between two steps, so that a thread that waits for the writer's lock goes first
PATIENCE = 5.0  # seconds that a stop waits for the step under way: it is done as a whole or not at all


@contextmanager
def upkeep(database: Database, log: logging.Logger) -> Iterator[None]:
    """Run the upkeep in a thread of its own until the server stops."""
    stop = threading.Event()
    thread = threading.Thread(target=_keep_up, args=(database, log, stop), name="upkeep", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(PATIENCE)


def _keep_up(database: Database, log: logging.Logger, stop: threading.Event) -> None:
    while True:
        try:
            _go_round(database, log, stop)
        except Exception as error:
            reason = unavailable(error)
            if not reason:
                log.exception("Old sessions are not folded")
            else:
                log.warning("Old sessions are not folded yet: the database: %s", reason)
        if stop.wait(EVERY):
            return


def _go_round(database: Database, log: logging.Logger, stop: threading.Event) -> None:
    def failed(registration: str, error: Exception) -> None:
        log.error("Old sessions of the registration %s are not folded", registration, exc_info=error)

    with database.writing() as tx:
        sign_ins.forget(tx, datetime.now(UTC) - sign_ins.LONGEST_STAY)
    for _ in fold_old(database, datetime.now(UTC), failed):
        if stop.wait(PAUSE):
            return
