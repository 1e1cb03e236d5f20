"""A course given to chosen people of a school: they may take it and need not, and an e-mail says so."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from player.records import courses, enrolments, jobs, memberships, requirements
from player.records.columns import new_id
from player.records.database import Transaction
from player.records.tables import Course, Membership
from player.school import enrolling, given_mail, refreshers
from player.school.actor import Actor
from player.school.given_mail import NotTold, Told
from player.school.refreshers import Refreshers
from player.school.settling import school_today
from player.settings import Settings

GIVE = "give"  # the kind of the jobs that give courses to many people
# Each pair of person and course may cost an e-mail, some three milliseconds in which everybody else waits.
MOST = 150  # pairs that are given in one transaction
SLICE = 100  # pairs that a job gives at a time


@dataclass(frozen=True, slots=True)
class Given:
    """The result of giving courses: how many people have a new one, who had one already, how many e-mails
    were written and who gets none, and for whom a refresher renews nothing. `is_later` where a job does it.
    """

    people: int = 0
    already: Sequence[Membership] = ()
    mails: int = 0
    not_told: Sequence[NotTold] = ()
    not_renewed: Sequence[Membership] = ()
    is_later: bool = False


def courses_of(tx: Transaction, actor: Actor, school_id: str, known: Refreshers) -> list[Course]:
    """The courses that may be given, by title and none that is retired. A manager gives those that somebody
    at the school has or had or must take, and the refreshers that renew them; the provider gives every one.
    """
    offered = courses.by_title(course for course in known.courses.values() if course.retired is None)
    if actor.is_provider:
        return offered
    has = requirements.courses_of_school(tx, school_id, known.on)
    has |= {duty.renewed_by for course, duty in known.duties.items() if course in has and duty.renewed_by}
    return [course for course in offered if course.id in has]


def give(
    tx: Transaction,
    settings: Settings,
    actor: Actor,
    now: datetime,
    stays: Collection[Membership],
    course_ids: Collection[str],
    team_id: str | None = None,
    *,
    tells: bool = True,
) -> Given:
    """Give people of one school courses. Whoever has one already keeps it as it is; of very many a job does
    it."""
    pairs = len(stays) * len(course_ids)
    if not pairs:
        return Given()
    if pairs <= MOST:
        return _give(tx, settings, actor, now, list(stays), course_ids, team_id, tells=tells)
    payload = {
        "school": next(iter(stays)).school_id,
        "courses": sorted(course_ids),
        "persons": sorted(stay.person_id for stay in stays),
        "team": team_id,
        "tells": tells,
        "by": {"name": actor.name, "person": actor.person_id},
    }
    jobs.add(tx, GIVE, f"{GIVE}:{payload['school']}:{new_id()}", now, payload)
    return Given(is_later=True)


def give_some(
    tx: Transaction, settings: Settings, now: datetime, left: Mapping[str, Any]
) -> dict[str, Any] | None:
    """Give the next people of a job their courses; returns what is left of it, or None."""
    school_id, persons, course_ids = left["school"], left["persons"], left["courses"]
    each = max(1, SLICE // len(course_ids))
    here = memberships.on_day(tx, school_id, school_today(tx, school_id, now), persons[:each])
    if here:
        by = Actor(left["by"]["name"], left["by"]["person"])
        _give(tx, settings, by, now, here, course_ids, left["team"], tells=left["tells"])
    return {**left, "persons": persons[each:]} if len(persons) > each else None


def _give(
    tx: Transaction,
    settings: Settings,
    actor: Actor,
    now: datetime,
    stays: Sequence[Membership],
    course_ids: Collection[str],
    team_id: str | None,
    *,
    tells: bool,
) -> Given:
    school_id = stays[0].school_id
    today = school_today(tx, school_id, now)
    known = enrolments.open_pairs(tx, school_id, course_ids)
    new = [
        (stay.person_id, one) for stay in stays for one in course_ids if (stay.person_id, one) not in known
    ]
    enrolling.enrol_pairs(tx, actor, now, school_id, new, team_id)
    given: dict[str, list[str]] = {}
    for person, one in new:
        given.setdefault(person, []).append(one)
    renewals = refreshers.renewals(tx, school_id, today, course_ids, given.keys())
    told = given_mail.tell(tx, settings, actor, now, stays, given, renewals) if tells else Told()
    return Given(
        people=len(given),
        already=[stay for stay in stays if len(given.get(stay.person_id, ())) < len(course_ids)],
        mails=told.mails,
        not_told=told.not_told,
        not_renewed=[
            stay
            for stay in stays
            if any(renewals.are_none(stay.person_id, one) for one in given.get(stay.person_id, ()))
        ],
    )
