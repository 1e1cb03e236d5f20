"""Who is in date at a school: today from the table of due days, a past day from the dated rows."""

from __future__ import annotations

from datetime import date, datetime

from player.compliance.past import DaysView
from player.compliance.view import ComplianceView
from player.records import due, due_facts, standing_counts
from player.records.database import Database, Transaction
from player.records.due import TableState
from player.records.standings import TodaysView
from player.school.settling import settle, today_at


def bring_up_to_date(database: Database, school_id: str, today: date, now: datetime) -> TableState:
    """Compute the table of a school anew where its day has passed, and count it; returns how far that went.
    While another writes it is left for later: then the page is computed from the dated rows."""
    with database.reading() as tx:
        known = due.state(tx, school_id, today)
    if known.is_fresh and known.is_counted:
        return known
    database.write_if_free(lambda tx: _renew(tx, school_id, today, now))
    with database.reading() as tx:
        return due.state(tx, school_id, today)


def bring_all_up_to_date(database: Database, now: datetime) -> None:
    """The same for all schools."""
    with database.reading() as tx:
        today = today_at(tx, None, now)
        stale = due.stale(tx, today)
    for school_id in stale:
        bring_up_to_date(database, school_id, today, now)


def _renew(tx: Transaction, school_id: str, today: date, now: datetime) -> None:
    if due.state(tx, school_id, today).is_fresh:
        standing_counts.recount(tx, school_id, today)
    else:
        settle(tx, [school_id], now)


def view(tx: Transaction, school_id: str, today: date, on: date | None, known: TableState) -> ComplianceView:
    """The school on a day, today where none is named; `known` is the state of its table today."""
    if on in (None, today) and known.is_fresh:
        return TodaysView(tx, school_id, today, is_counted=known.is_counted)
    return DaysView(due_facts.load(tx, school_id), on or today)
