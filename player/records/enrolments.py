"""Enrolments: who may take which course."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session as Transaction

from player.records.tables import (
    Enrolment,
)


def open_enrolment(tx: Transaction, person_id: str, course_id: str) -> Enrolment | None:
    """The enrolment that entitles a person to take a course now."""
    wanted = select(Enrolment).where(
        Enrolment.person_id == person_id, Enrolment.course_id == course_id, Enrolment.ended.is_(None)
    )
    return tx.scalar(wanted)


def enrol(tx: Transaction, person_id: str, course_id: str, now: datetime) -> Enrolment:
    """The open enrolment of a person on a course, made where there is none."""
    enrolment = open_enrolment(tx, person_id, course_id)
    if enrolment is None:
        enrolment = Enrolment(person_id=person_id, course_id=course_id, since=now)
        tx.add(enrolment)
        tx.flush()
    return enrolment


def enrol_pairs(tx: Transaction, pairs: Collection[tuple[str, str]], now: datetime) -> int:
    """Enrol people on courses, for which none of them has an open enrolment; returns how many there are."""
    tx.add_all(Enrolment(person_id=person, course_id=course, since=now) for person, course in pairs)
    tx.flush()
    return len(pairs)


def entitled(tx: Transaction, courses: Collection[str]) -> set[tuple[str, str]]:
    """The pairs of person and course for which an enrolment is open, of these courses."""
    wanted = select(Enrolment.person_id, Enrolment.course_id)
    wanted = wanted.where(Enrolment.course_id.in_(courses), Enrolment.ended.is_(None))
    return {(person, course) for person, course in tx.execute(wanted)}


def enrolled(tx: Transaction) -> dict[str, int]:
    """The number of people enrolled on each course now."""
    wanted = select(Enrolment.course_id, func.count()).where(Enrolment.ended.is_(None))
    return dict(tx.execute(wanted.group_by(Enrolment.course_id)).all())
