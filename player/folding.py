"""Old logs fold: where a registration stands is kept as a snapshot, and the commits that led there go.

A little at a time, so that no learner's commit waits; each step is whole, so that it may be the last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from player.playing.snapshot import packed, taken
from player.records import registrations, snapshots
from player.records.database import Database
from player.records.unavailable import unavailable

REST = timedelta(days=30)  # since the last commit
LONG = 1_000  # commits: a log that is longer folds though its learner is at it
STEP = 20  # commits a transaction: 64 kB each at the most that SCORM has a SCO keep
LOOK = 100  # registrations a query

Failed = Callable[[str, Exception], None]  # is told a registration, and why it does not fold


def fold_old(database: Database, now: datetime, failed: Failed, rest: timedelta = REST) -> Iterator[int]:
    """Go round all registrations once; each step tells how many commits it has folded, and whoever takes
    them says how fast they follow each other. One that cannot be folded keeps none of the others from it."""
    last = ""
    while found := _following(database, last):
        for registration in _old(database, found, now - rest):
            try:
                yield from _folded(database, registration)
            except Exception as error:
                if unavailable(error):
                    raise
                failed(registration, error)
        last = found[-1]
        yield 0


def _following(database: Database, registration: str) -> list[str]:
    with database.connecting() as tx:
        return list(snapshots.following(tx, registration, LOOK))


def _old(database: Database, registrations: list[str], before: datetime) -> list[str]:
    with database.connecting() as tx:
        return list(snapshots.old(tx, registrations, before, LONG))


def _folded(database: Database, registration: str) -> Iterator[int]:
    step = partial(fold, registration=registration, most=STEP)
    while gone := database.commit(step):
        yield gone


def fold(tx: Connection, registration: str, most: int) -> int:
    """One step: what the log amounts to now is kept, and so many of its commits go."""
    standing = registrations.standing(tx, registration)
    gone = snapshots.forget(tx, registration, most)
    if standing is not None and gone:
        snapshots.keep(tx, registration, packed(taken(tx, standing)))
    return gone
