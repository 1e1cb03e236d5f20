"""The work of a server outside its requests: every kind of job, and the jobs that recur."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from player.jobs import Kind, Worker
from player.jobs.worker import now
from player.mail.sending import send_kind
from player.records import jobs
from player.records.database import Database
from player.resets import RESET
from player.rounds import PLAN_ROUNDS, ROUND
from player.school import given_mail, waiting_reminders
from player.settings import Settings
from player.slices import GIVE, OFFER, REMIND, SETTLE, TELL
from player.upkeep import FOLD, FORGET

SEND = send_kind(
    {
        "reminder": waiting_reminders.recheck,
        "asked": waiting_reminders.recheck,
        given_mail.KIND: given_mail.recheck,
    }
)
KINDS: tuple[Kind, ...] = (SEND, RESET, PLAN_ROUNDS, ROUND, SETTLE, OFFER, TELL, GIVE, REMIND, FORGET, FOLD)
RECURRING = (PLAN_ROUNDS, FORGET, FOLD)


def worker(
    database: Database,
    settings: Settings,
    clock: Callable[[], datetime] = now,
    only: tuple[Kind, ...] = KINDS,
) -> Worker:
    """A worker for all kinds of jobs, or for some."""
    return Worker(database, settings, only, clock)


def add_recurring(database: Database, at: datetime) -> None:
    """Add the jobs that recur, where they are missing."""
    with database.writing() as tx:
        for kind in RECURRING:
            jobs.add(tx, kind.name, kind.name, at)
