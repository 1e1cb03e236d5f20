"""After anything that due days follow from has changed: the table is brought up to date, and everybody whom a
requirement has reached is enrolled.

A few people, or a small school, are settled in the transaction of the change. Of more a job does it, some
hundred pairs of person and course at a time, so that nobody's commit waits long.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import NamedTuple

from player.compliance.zones import london_today
from player.records import counting, due, jobs, memberships, schools
from player.records import courses as course_list
from player.records.columns import new_id
from player.records.database import Transaction
from player.records.due_facts import FEW
from player.school import enrolling
from player.school.actor import RULES

MOST = 1_500  # pairs that are settled in the transaction of their cause
SLICE = 1_000  # pairs that a job settles at a time
Keys = Collection[str] | None


class Settled(NamedTuple):
    """The number of people who were enrolled, and of schools that jobs settle."""

    enrolled: int
    later: int


class Place(NamedTuple):
    """How far a job has settled a school: these courses, or all, of the people up to that one."""

    courses: Keys
    after: str = ""


def settle(
    tx: Transaction, school_ids: Iterable[str], now: datetime, persons: Keys = None, courses: Keys = None
) -> Settled:
    """Settle these schools, for these people and courses where they are named."""
    wanted = list(school_ids)
    people, every = memberships.numbers(tx, wanted), course_list.number(tx)
    left, enrolled, later = MOST, 0, 0
    for school_id in wanted:
        today = school_today(tx, school_id, now)
        is_whole = not due.holds(tx, school_id, today) and not _pass_days(tx, school_id, today, now)
        number = people.get(school_id, 0) if is_whole or persons is None else len(persons)
        pairs = number * (every if is_whole or courses is None else len(courses))
        if pairs > left:
            later += 1
            _add_job(tx, school_id, now, None if is_whole else courses, is_whole=is_whole)
            continue
        left -= pairs
        unenrolled = due.refresh(tx, school_id, today, persons, courses)
        enrolled += enrolling.enrol_pairs(tx, RULES, now, school_id, unenrolled)
    return Settled(enrolled, later)


def settle_everywhere(tx: Transaction, now: datetime, courses: Keys = None) -> Settled:
    """Settle all schools."""
    return settle(tx, schools.ids(tx), now, courses=courses)


def settle_day(tx: Transaction, school_id: str, today: date, now: datetime) -> None:
    """Compute the due days of a school for a new day, where the day changes them."""
    known = due.state(tx, school_id, today)
    if not (known.is_waiting or known.is_fresh or _pass_days(tx, school_id, today, now)):
        settle(tx, [school_id], now)


def _pass_days(tx: Transaction, school_id: str, today: date, now: datetime) -> bool:
    """Compute those alone whom the days since the last computation change; False where everybody is to be."""
    persons = due.pass_days(tx, school_id, today, MOST // max(1, course_list.number(tx)))
    if persons:
        unenrolled = due.refresh(tx, school_id, today, persons)
        enrolling.enrol_pairs(tx, RULES, now, school_id, unenrolled)
    return persons is not None


def settle_some(tx: Transaction, school_id: str, now: datetime, place: Place) -> Place | None:
    """Settle the next people of a school; None where it is settled. It begins anew where a day has passed on
    which the table tells something else."""
    today = school_today(tx, school_id, now)
    if not due.holds(tx, school_id, today):
        due.begin(tx, school_id, today)
        place = Place(None)
    each = max(1, course_list.number(tx) if place.courses is None else len(place.courses))
    persons = memberships.next_persons(tx, school_id, place.after, min(FEW, max(1, SLICE // each)))
    if persons:
        unenrolled = due.refresh(tx, school_id, today, set(persons), place.courses)
        enrolling.enrol_pairs(tx, RULES, now, school_id, unenrolled)
        return Place(place.courses, persons[-1])
    return None if counting.count_some(tx, school_id, today) else place


def _add_job(tx: Transaction, school_id: str, now: datetime, courses: Keys, *, is_whole: bool) -> None:
    """Add a job, unless one for all of the school has not begun yet."""
    key = f"{due.waiting_key(school_id)}{'all' if is_whole else 'some'}:"
    if not (is_whole and jobs.is_open(tx, key)):
        payload = {"school": school_id, "courses": None if courses is None else sorted(courses), "after": ""}
        jobs.add(tx, due.SETTLE, key + new_id(), now, payload)


def school_today(tx: Transaction, school_id: str | None, now: datetime) -> date:
    """The day that it is at a school; the provider's is London's."""
    known = schools.school(tx, school_id) if school_id else None
    return known.day(now) if known else london_today(now)
