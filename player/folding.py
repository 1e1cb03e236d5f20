"""Old logs fold: a snapshot of the registration is kept, and the commits that led to it go.

A few commits at a time, so that no learner's commit waits long; each step is whole, so that it may be the
last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from player.playing.snapshot import packed
from player.records import registrations, snapshots
from player.records.database import Connection, Database
from player.records.unavailable import unavailable

REST = timedelta(days=30)  # since the last commit
LONG = 1_000  # commits: a log that is longer folds though its learner is at it
LONG_CHARACTERS = 64_000_000  # of commits: the same
STEP = 20  # commits a transaction: 64 kB each at the most that SCORM has a SCO keep
LOOK = 100  # registrations a query

Failed = Callable[[str, Exception], None]  # called with a registration and why it does not fold


class Step(NamedTuple):
    """A step of folding: how many commits it folded. All registrations up to `before` are done."""

    before: str
    commits: int


def fold_old(
    database: Database, now: datetime, failed: Failed, rest: timedelta = REST, after: str = ""
) -> Iterator[Step]:
    """Fold all registrations whose id comes after that one. The caller sets the pace, and may stop after any
    step. A registration that cannot be folded is reported to `failed`, and the others follow."""
    done = after
    while ids := _following(database, done):
        old = set(_old(database, ids, now - rest))
        for registration in (each for each in ids if each in old):
            try:
                yield from (Step(done, commits) for commits in _folded(database, registration))
            except Exception as error:
                if unavailable(error):
                    raise
                failed(registration, error)
            done = registration
        done = ids[-1]
        yield Step(done, 0)


def _following(database: Database, registration: str) -> list[str]:
    with database.connecting() as tx:
        return list(snapshots.following(tx, registration, LOOK))


def _old(database: Database, registrations: list[str], before: datetime) -> list[str]:
    with database.connecting() as tx:
        return list(snapshots.old(tx, registrations, before, LONG, LONG_CHARACTERS))


def _folded(database: Database, registration: str) -> Iterator[int]:
    step = partial(fold, registration=registration, most=STEP)
    while gone := database.commit(step):
        yield gone


def fold(tx: Connection, registration: str, most: int) -> int:
    """One step: a snapshot of the registration is kept, and at most so many of its commits go."""
    known = registrations.load(tx, registration)
    gone = snapshots.forget(tx, registration, most)
    if gone:
        snapshots.keep(tx, registration, packed(snapshots.taken(tx, known)))
    return gone
