"""Who is in date at a school: today from the table of due days, a past day from the dated rows."""

from __future__ import annotations

from datetime import date, datetime

from player.compliance.past import DaysView
from player.compliance.view import ComplianceView
from player.records import due, due_facts
from player.records.database import Database, Transaction
from player.records.standings import TodaysView
from player.school.settling import settle, today_at


def bring_up_to_date(database: Database, school_id: str, today: date, now: datetime) -> bool:
    """Compute the table of a school anew where its day has passed; returns whether it tells of today. While
    another writes it is left for later: then the page is computed from the dated rows."""
    with database.reading() as tx:
        if due.is_fresh(tx, school_id, today):
            return True
    database.write_if_free(lambda tx: _settle(tx, school_id, now))
    with database.reading() as tx:
        return due.is_fresh(tx, school_id, today)


def bring_all_up_to_date(database: Database, now: datetime) -> None:
    """The same for all schools."""
    with database.reading() as tx:
        today = today_at(tx, None, now)
        stale = due.stale(tx, today)
    for school_id in stale:
        bring_up_to_date(database, school_id, today, now)


def _settle(tx: Transaction, school_id: str, now: datetime) -> None:
    settle(tx, [school_id], now)


def view(tx: Transaction, school_id: str, today: date, on: date | None, *, is_fresh: bool) -> ComplianceView:
    """The school on a day, today where none is named; `is_fresh` where the table tells of today."""
    if on in (None, today) and is_fresh:
        return TodaysView(tx, school_id, today)
    return DaysView(due_facts.load(tx, school_id), on or today)
