"""Refreshers that are offered: to who is in date in a course, or lapsed no longer than the policy allows.

No rule enrols anybody on a refresher: the enrolment is made when they begin it, or when a manager gives it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from player.compliance import Duty, renewal
from player.compliance.zones import london_today
from player.records import due, due_facts
from player.records.database import Transaction
from player.records.tables import Course, Enrolment
from player.records.training import TrainingRecord
from player.school import duties, enrolling
from player.school.actor import Actor


class Offer(NamedTuple):
    """A refresher that renews a course for somebody up to its last day, None without end; `is_open` says
    whether that day is not over yet."""

    refresher: Course
    until: date | None
    is_open: bool


class Renewed(NamedTuple):
    """A course that a refresher renews, and the last day on which it does; None is without end."""

    course: Course
    until: date | None


@dataclass(frozen=True, slots=True)
class Renewals:
    """The courses that some refreshers renew now, by person and refresher; `refreshers` are all of them that
    renew anything at the school."""

    refreshers: Collection[str]
    of: Mapping[tuple[str, str], tuple[Renewed, ...]]

    def are_none(self, person_id: str, course_id: str) -> bool:
        """True where the course is a refresher, and renews nothing for that person now."""
        return course_id in self.refreshers and (person_id, course_id) not in self.of


@dataclass(frozen=True, slots=True)
class Refreshers:
    """The refreshers of a school's courses, as its policy of a day has them."""

    duties: Mapping[str, Duty]
    courses: Mapping[str, Course]
    on: date

    def offer(self, course_id: str, done: date | None, due: date | None) -> Offer | None:
        """The refresher of a course for somebody who did it on a day and is due on another; None where no
        refresher renews it, where it is retired, or where the course was never done."""
        duty = self.duties.get(course_id)
        known = renewal(duty, done, due) if duty else None
        refresher = self.courses.get(known.refresher) if known else None
        if known is None or refresher is None or _is_retired(refresher, self.on):
            return None
        return Offer(refresher, known.until, known.is_open(self.on))

    def parents_of(self, courses: Collection[str]) -> dict[str, list[Course]]:
        """The courses that each of these courses renews, where it is a refresher."""
        renewing = ((duty.renewed_by or "", self.courses[course]) for course, duty in self.duties.items())
        found: dict[str, list[Course]] = {}
        for refresher, course in renewing:
            if refresher in courses:
                found.setdefault(refresher, []).append(course)
        return found

    def of(self, record: TrainingRecord) -> Offer | None:
        """The refresher that renews what a training record tells."""
        return self.offer(record.course.id, record.done, record.due)


def _is_retired(course: Course, on: date) -> bool:
    return course.retired is not None and london_today(course.retired) <= on


def at_school(tx: Transaction, school_id: str, on: date, course_id: str | None = None) -> Refreshers:
    """The refreshers of a school on a day, of all courses or of one."""
    known, rows = due_facts.courses_with_duties(tx, school_id, course_id)
    return Refreshers(duties.on_day(school_id, rows, on), known, on)


def renewals(
    tx: Transaction, school_id: str, on: date, courses: Collection[str], persons: Collection[str]
) -> Renewals:
    """The courses that these courses renew for these people on a day, where they are refreshers."""
    known = at_school(tx, school_id, on)
    parents = known.parents_of(courses)
    renewable = {course.id for each in parents.values() for course in each}
    found: dict[tuple[str, str], tuple[Renewed, ...]] = {}
    for person, course, done, due_day in due.days_of(tx, school_id, renewable, persons):
        offer = known.offer(course, done, due_day)
        if offer is not None and offer.is_open:
            key = (person, offer.refresher.id)
            found[key] = (*found.get(key, ()), Renewed(known.courses[course], offer.until))
    return Renewals(parents.keys(), found)


def begin(
    tx: Transaction, actor: Actor, now: datetime, record: TrainingRecord, refreshers: Refreshers
) -> Enrolment | None:
    """The enrolment on the refresher of a course, made where there is none; None where it renews the course
    no longer."""
    offer = refreshers.of(record)
    if offer is None or not offer.is_open:
        return None
    return enrolling.enrolled(tx, actor, now, record.membership, offer.refresher.id)
