"""Views, downloads and sign-ins on their way to the audit log: no page waits until they are written."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from player.records import audit
from player.records.audit import AuditEntry
from player.records.database import Database

log = logging.getLogger(__name__)
EVERY = 1.0  # seconds between two writes; what happens is written within five
MOST = 10_000  # entries that wait while the database is away; of more, the oldest are lost and counted
AT_ONCE = 500


class AuditQueue:
    """Entries that wait in memory for a thread to write them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: deque[AuditEntry] = deque()
        self._stopping = Event()
        self._lost = 0

    def put(self, entry: AuditEntry) -> None:
        """Add an entry; it costs no query."""
        if len(self._waiting) >= MOST:
            self._waiting.popleft()
            self._lost += 1
        self._waiting.append(entry)

    def write(self) -> None:
        """Write all that waits; what cannot be written waits on."""
        while self._waiting:
            some = [self._waiting[at] for at in range(min(AT_ONCE, len(self._waiting)))]
            with self._database.writing() as tx:
                audit.add(tx, some)
            for _ in some:
                self._waiting.popleft()

    def _run(self) -> None:
        while not self._stopping.wait(EVERY):
            self._try()
        self._try()

    def _try(self) -> None:
        try:
            self.write()
        except Exception:
            log.exception("Views and sign-ins wait to be written to the audit log: %d", len(self._waiting))
        if self._lost:
            log.error("Lost to the audit log while the database was away: %d", self._lost)
            self._lost = 0

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A thread that writes, and writes what is left when it is stopped."""
        thread = Thread(target=self._run, name="audit")
        thread.start()
        try:
            yield
        finally:
            self._stopping.set()
            thread.join()
