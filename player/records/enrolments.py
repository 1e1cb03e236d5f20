"""Enrolments: a school lets a person take a course."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session as Transaction

from player.records import status_counts
from player.records.tables import Course, Enrolment


def open_enrolment(tx: Transaction, person_id: str, school_id: str, course_id: str) -> Enrolment | None:
    """The enrolment by which a school lets a person take a course now."""
    wanted = select(Enrolment).where(
        Enrolment.person_id == person_id,
        Enrolment.school_id == school_id,
        Enrolment.course_id == course_id,
        Enrolment.ended.is_(None),
    )
    return tx.scalar(wanted)


def enrolment(tx: Transaction, enrolment_id: str, school_id: str, person_id: str) -> Enrolment | None:
    """The enrolment of that id; None where it is not this person's at this school, or has ended."""
    known = tx.get(Enrolment, enrolment_id)
    if known is None or known.ended is not None:
        return None
    return known if (known.school_id, known.person_id) == (school_id, person_id) else None


def open_pairs(tx: Transaction, school_id: str, courses: Collection[str]) -> set[tuple[str, str]]:
    """The pairs of person and course for which the school has an open enrolment, of these courses."""
    wanted = select(Enrolment.person_id, Enrolment.course_id).where(
        Enrolment.school_id == school_id, Enrolment.course_id.in_(courses), Enrolment.ended.is_(None)
    )
    return {(person, course) for person, course in tx.execute(wanted)}


def add(
    tx: Transaction,
    school_id: str,
    pairs: Iterable[tuple[str, str]],
    now: datetime,
    team_id: str | None = None,
) -> Sequence[Enrolment]:
    """Enrolments of pairs of person and course that have none open at the school."""
    made = [
        Enrolment(person_id=person, school_id=school_id, course_id=course, since=now, team_id=team_id)
        for person, course in pairs
    ]
    if not made:
        return made
    with status_counts.following(tx, school_id, {one.person_id for one in made}):
        tx.add_all(made)
        tx.flush()
    return made


def made_at(tx: Transaction, person_id: str, school_id: str, moment: datetime) -> Sequence[Enrolment]:
    """The enrolments of a person that a school made at that moment, also those that have ended."""
    wanted = select(Enrolment).where(
        Enrolment.person_id == person_id, Enrolment.school_id == school_id, Enrolment.since == moment
    )
    return tx.scalars(wanted).all()


def end(tx: Transaction, school_id: str, known: Collection[Enrolment], now: datetime) -> None:
    """End enrolments of one school."""
    with status_counts.following(tx, school_id, {one.person_id for one in known}):
        for one in known:
            one.ended = now
        tx.flush()


def number(tx: Transaction, course_id: str, school_id: str | None) -> int:
    """The number of open enrolments on a course, at one school or at all."""
    wanted = select(func.count()).where(Enrolment.course_id == course_id, Enrolment.ended.is_(None))
    return tx.execute(
        wanted if school_id is None else wanted.where(Enrolment.school_id == school_id)
    ).scalar_one()


def enrolled(tx: Transaction, course_id: str | None = None) -> dict[str, int]:
    """The number of people enrolled on each course now, or on one. Counted course by course, an index has
    each course's people in order: SQLite sorts them all otherwise."""
    people = func.count(Enrolment.person_id.distinct())
    inside = select(people).where(Enrolment.course_id == Course.id, Enrolment.ended.is_(None))
    wanted = select(Course.id, inside.correlate(Course).scalar_subquery())
    return dict(tx.execute(wanted.where(Course.id == course_id) if course_id else wanted).all())
