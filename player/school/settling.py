"""After anything that due days follow from has changed: the table is brought up to date, and everybody whom a
requirement has reached is enrolled."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from player.compliance import LONDON, civil_day, zone_named
from player.records import due, schools
from player.records.database import Transaction
from player.school import enrolling
from player.school.actor import REQUIREMENT

Keys = Collection[str] | None


def settle(
    tx: Transaction, school_ids: Iterable[str], now: datetime, persons: Keys = None, courses: Keys = None
) -> int:
    """Settle these schools, for these people and courses where they are named; returns how many were
    enrolled."""
    enrolled = 0
    for school_id in school_ids:
        today = today_at(tx, school_id, now)
        unenrolled = due.refresh(tx, school_id, today, persons, courses)
        enrolled += enrolling.enrol_pairs(tx, REQUIREMENT, now, school_id, unenrolled)
    return enrolled


def settle_everywhere(tx: Transaction, now: datetime, courses: Keys = None) -> int:
    """Settle all schools."""
    return settle(tx, schools.ids(tx), now, courses=courses)


def today_at(tx: Transaction, school_id: str | None, now: datetime) -> date:
    """The day that it is at a school; the provider's is London's."""
    known = schools.school(tx, school_id) if school_id else None
    return civil_day(now, zone_named(known.time_zone if known else LONDON))
