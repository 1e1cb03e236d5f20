"""A worker: it claims what is due, does it, and writes down how it went."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from player.jobs.kind import Again, Failed, Kind, Outcome, Task
from player.records import jobs
from player.records.database import Connection, Database
from player.records.jobs import Job
from player.records.unavailable import unavailable
from player.settings import Settings

log = logging.getLogger(__name__)
LOOKS = 1.0  # seconds from one look for due jobs to the next
PATIENCE = 5.0  # seconds that a stop waits for the job under way; a job that is cut off is done again
Clock = Callable[[], datetime]


def now() -> datetime:
    """The time; a test passes another clock."""
    return datetime.now(UTC)


class Worker:
    """Does jobs of the given kinds, one after the other."""

    def __init__(
        self, database: Database, settings: Settings, kinds: Iterable[Kind], clock: Clock = now
    ) -> None:
        self._database, self._settings, self._clock = database, settings, clock
        self._kinds = {kind.name: kind for kind in kinds}
        self._lease = max(kind.lease for kind in self._kinds.values())
        self.stop = threading.Event()

    def run(self) -> None:
        """Do what is due, until stopped."""
        while not self.stop.is_set():
            try:
                self.run_due()
            except Exception as error:
                if reason := unavailable(error):
                    log.warning("Jobs wait for the database: %s", reason)
                else:
                    log.exception("Jobs wait")
            self.stop.wait(LOOKS)

    def run_due(self) -> int:
        """Do all that is due now; returns the number of jobs."""
        done = 0
        while not self.stop.is_set() and self.run_next():
            done += 1
        return done

    def run_next(self) -> bool:
        """Do one job; False where none is due."""
        with self._database.connecting() as tx:
            if not jobs.is_due(tx, self._kinds, self._clock()):
                return False
        job = self._database.commit(lambda tx: jobs.claim(tx, self._kinds, self._clock(), self._lease))
        if job is None:
            return False
        outcome = self._outcome(job)
        if not self._database.commit(lambda tx: _ended(tx, job, outcome, self._clock())):
            log.warning("The lease of the job %s ran out before it was done", job.key)
        return True

    def _outcome(self, job: Job) -> Outcome:
        kind = self._kinds[job.kind]
        try:
            return kind.run(Task(self._database, self._settings, job, self._clock, self.stop))
        except Exception as error:
            if reason := unavailable(error):
                log.warning("The job %s is tried again: the database: %s", job.key, reason)
            else:
                log.exception("The job %s has failed, and is tried again", job.key)
            at = kind.retry(job, self._clock())
            return Again(at, error=repr(error)) if at is not None else Failed(repr(error))


def _ended(tx: Connection, job: Job, outcome: Outcome, at: datetime) -> bool:
    match outcome:
        case Again(error=""):
            return jobs.run_again(tx, job, outcome.at, outcome.payload)
        case Again():
            return jobs.retry(tx, job, outcome.at, outcome.error)
        case Failed():
            return jobs.fail(tx, job, at, outcome.error)
        case None:
            return jobs.finish(tx, job, at)


@contextmanager
def working(worker: Worker) -> Iterator[None]:
    """Run a worker in a thread of its own until the server stops."""
    thread = threading.Thread(target=worker.run, name="worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        worker.stop.set()
        thread.join(PATIENCE)
