"""Who is in date at a school: today from the table of due days, a past day from the dated rows."""

from __future__ import annotations

import time
from datetime import date, datetime

from player.compliance.past import DaysView
from player.compliance.view import ComplianceView
from player.records import counting, due, due_facts, rounds
from player.records.database import Database, Transaction
from player.records.due import TableState
from player.records.standings import TodaysView
from player.school.settling import school_today, settle_day

TRIES = 20  # times in turn that others are found writing before a count is left to the next look
PAUSE = 0.01  # seconds in which whoever waits for the turn to write takes it


def bring_up_to_date(database: Database, school_id: str, today: date, now: datetime) -> TableState:
    """Bring the table of a school to this day; returns how far that went. While another writes it is left for
    later."""
    with database.reading() as tx:
        known = due.state(tx, school_id, today, now)
    if known.is_waiting:
        return known
    if known.is_fresh and known.is_counted:
        return known
    if known.is_fresh or database.write_if_free(lambda tx: settle_day(tx, school_id, today, now)):
        count(database, school_id, today)
    with database.reading() as tx:
        return due.state(tx, school_id, today)


def count(database: Database, school_id: str, today: date) -> None:
    """Count a school for this day, some people at a time: between two slices others write. Where they write
    all the time, the next look goes on from there."""
    done, missed = False, 0

    def count_some(tx: Transaction) -> None:
        nonlocal done
        done = not due.holds(tx, school_id, today) or counting.count_some(tx, school_id, today)

    while not done and missed < TRIES:
        missed = 0 if database.write_if_free(count_some) else missed + 1
        if not done:
            time.sleep(PAUSE)


def bring_due_days_up_to_date(database: Database, school_id: str, today: date, now: datetime) -> None:
    """The same without the counts, for a page of one person."""
    with database.reading() as tx:
        known = due.state(tx, school_id, today)
    if not (known.is_fresh or known.is_waiting):
        bring_up_to_date(database, school_id, today, now)


def bring_all_up_to_date(database: Database, now: datetime) -> TableState:
    """The same for all schools; the state that it returns is that of all of them."""
    with database.reading() as tx:
        today = school_today(tx, None, now)
        stale = due.stale(tx, today)
    states = [bring_up_to_date(database, school_id, today, now) for school_id in stale]
    waiting = [known for known in states if known.is_waiting]
    is_whole = not waiting
    return TableState(is_whole, is_whole, not is_whole, any(known.is_idle for known in waiting))


def view(tx: Transaction, school_id: str, today: date, on: date | None, known: TableState) -> ComplianceView:
    """The school on a day, today where none is named; `known` is the state of its table today.

    A table that a job is bringing up to date is shown as far as it is, and the page says so.
    """
    if on in (None, today) and (known.is_fresh or known.is_waiting):
        return TodaysView(tx, school_id, today, is_counted=known.is_counted)

    def reminded(since: datetime, course: str) -> set[str]:
        return rounds.reminded(tx, school_id, since, course)

    return DaysView(due_facts.load(tx, school_id), on or today, reminded)
