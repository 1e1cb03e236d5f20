"""The server's upkeep, as jobs that recur: old logs fold, old sign-ins and jobs are forgotten."""

from __future__ import annotations

import logging
from datetime import timedelta
from time import monotonic

from player.folding import fold_old
from player.jobs import Again, Kind, Task, growing
from player.records import jobs, sign_ins

log = logging.getLogger(__name__)
EVERY = timedelta(hours=1)
PAUSE = 0.1  # seconds between two steps, so that a thread that waits for the writer's lock goes first
SLICE = 5.0  # seconds of folding, after which other jobs have their turn
JOBS_KEPT = timedelta(days=30)


def _fold(task: Task) -> Again:
    """Fold for some seconds; the next run goes on after the registration that was the last."""

    def failed(registration: str, error: Exception) -> None:
        log.error("Old sessions of the registration %s are not folded", registration, exc_info=error)

    until = monotonic() + SLICE
    after = str(task.job.payload.get("after", ""))
    for step in fold_old(task.database, task.clock(), failed, after=after):
        if task.stop.wait(PAUSE) or monotonic() > until:
            return Again(task.clock(), {"after": step.before})
    return Again(task.clock() + EVERY)


def _forget(task: Task) -> Again:
    at = task.clock()
    with task.database.writing() as tx:
        sign_ins.forget(tx, at - sign_ins.LONGEST_STAY)
        jobs.forget(tx, at - JOBS_KEPT)
    return Again(at + EVERY)


UNTIL_DONE = growing(longest=EVERY)
FOLD = Kind("fold", _fold, UNTIL_DONE)
FORGET = Kind("forget", _forget, UNTIL_DONE)
