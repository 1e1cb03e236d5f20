"""A course offered to everybody at many schools: they may take it, and need not."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from player.records import jobs, memberships
from player.records.columns import new_id
from player.records.database import Transaction
from player.school import enrolling
from player.school.actor import Actor
from player.school.settling import MOST, SLICE, Settled, school_today

OFFER = "offer"


def offer(
    tx: Transaction, actor: Actor, now: datetime, courses: Collection[str], school_ids: Collection[str]
) -> Settled:
    """Enrol everybody at these schools; of a large school a job does it."""
    people = memberships.numbers(tx, school_ids)
    left, enrolled, later = MOST, 0, 0
    for school_id in school_ids:
        pairs = people.get(school_id, 0) * len(courses)
        if pairs > left:
            later += 1
            payload = {"school": school_id, "courses": sorted(courses), "after": ""}
            by = {"name": actor.name, "person": actor.person_id}
            jobs.add(tx, OFFER, f"{OFFER}:{school_id}:{new_id()}", now, {**payload, "by": by})
            continue
        left -= pairs
        here = memberships.on_day(tx, school_id, school_today(tx, school_id, now))
        enrolled += enrolling.enrol(tx, actor, now, here, courses)[0]
    return Settled(enrolled, later)


def offer_some(
    tx: Transaction, actor: Actor, now: datetime, school_id: str, courses: Collection[str], after: str
) -> str | None:
    """Enrol the next people of a school; returns the last of them, or None where everybody is enrolled."""
    persons = memberships.next_persons(tx, school_id, after, max(1, SLICE // max(1, len(courses))))
    if not persons:
        return None
    here = memberships.on_day(tx, school_id, school_today(tx, school_id, now), persons)
    enrolling.enrol(tx, actor, now, here, courses)
    return persons[-1]
