"""Jobs of a whole school, in slices, a transaction each: whoever commits waits for one slice only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from time import monotonic
from typing import Any

from player.jobs import Again, Kind, Task, Worker, growing
from player.records.database import Database, Transaction
from player.records.due import SETTLE as SETTLE_NAME
from player.school import asked_reminders, giving, notices
from player.school.actor import Actor
from player.school.offering import OFFER as OFFER_NAME
from player.school.offering import offer_some
from player.school.settling import Place, settle_some
from player.settings import Settings

Payload = Mapping[str, Any]
SECONDS = 5.0  # after which other jobs have their turn
PAUSE = 0.02  # seconds between two slices, so that a thread that waits for the writer's lock goes first
UNTIL_DONE = growing(longest=timedelta(hours=1))


def _sliced(work: Callable[[Transaction, Task, Payload], Payload | None]) -> Callable[[Task], Again | None]:
    """A job that does its work in slices; each returns what is left, or None."""

    def run(task: Task) -> Again | None:
        until, left = monotonic() + SECONDS, task.job.payload
        while True:
            with task.database.writing() as tx:
                following = work(tx, task, left)
            if following is None:
                return None
            left = following
            if task.stop.wait(PAUSE) or monotonic() > until:
                return Again(task.clock(), left)

    return run


def _settle(tx: Transaction, task: Task, left: Payload) -> Payload | None:
    place = settle_some(tx, left["school"], task.clock(), Place(left["courses"], left["after"]))
    return None if place is None else {**left, **place._asdict()}


def _offer(tx: Transaction, task: Task, left: Payload) -> Payload | None:
    by = Actor(left["by"]["name"], left["by"]["person"])
    after = offer_some(tx, by, task.clock(), left["school"], left["courses"], left["after"])
    return None if after is None else {**left, "after": after}


def _tell(tx: Transaction, task: Task, left: Payload) -> Payload | None:
    return notices.tell_some(tx, task.settings, task.clock(), left)


def _give(tx: Transaction, task: Task, left: Payload) -> Payload | None:
    return giving.give_some(tx, task.settings, task.clock(), left)


def _remind(tx: Transaction, task: Task, left: Payload) -> Payload | None:
    return asked_reminders.remind_some(tx, task.settings, task.clock(), left)


SETTLE = Kind(SETTLE_NAME, _sliced(_settle), UNTIL_DONE)
OFFER = Kind(OFFER_NAME, _sliced(_offer), UNTIL_DONE)
TELL = Kind(notices.TELL, _sliced(_tell), UNTIL_DONE)
GIVE = Kind(giving.GIVE, _sliced(_give), UNTIL_DONE)
REMIND = Kind(asked_reminders.REMIND, _sliced(_remind), UNTIL_DONE)


def work_off(database: Database, settings: Settings) -> None:
    """Do these jobs now: for a command, which has no server beside it."""
    Worker(database, settings, (SETTLE, OFFER, TELL, GIVE, REMIND)).run_due()
