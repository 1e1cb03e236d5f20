"""Courses and their versions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session as Transaction
from sqlalchemy.orm import defer

from player.alphabet import plain
from player.records import count_days
from player.records.memberships import is_here
from player.records.play_tables import RegistrationRow
from player.records.tables import Course, Enrolment, Membership, VersionRow


def course(tx: Transaction, course_id: str) -> Course | None:
    """The course of that id."""
    return tx.get(Course, course_id)


def courses(tx: Transaction) -> Sequence[Course]:
    """The courses that are not retired, by title."""
    return [course for course in every(tx) if course.retired is None]


def versions(tx: Transaction, course_id: str) -> Sequence[VersionRow]:
    """A course's versions, newest first."""
    wanted = select(VersionRow).where(VersionRow.course_id == course_id).order_by(VersionRow.number.desc())
    return tx.scalars(wanted).all()


def newest_version(tx: Transaction, course_id: str) -> VersionRow | None:
    """The version that a new attempt starts on."""
    wanted = (
        select(VersionRow)
        .where(VersionRow.course_id == course_id)
        .order_by(VersionRow.number.desc())
        .limit(1)
    )
    return tx.scalar(wanted)


def versions_of_bytes(tx: Transaction, digest: str) -> Sequence[VersionRow]:
    """The versions of any course that were made from exactly these bytes, the oldest first."""
    return tx.scalars(select(VersionRow).where(VersionRow.digest == digest).order_by(VersionRow.id)).all()


def version_of_key(tx: Transaction, key: str) -> VersionRow | None:
    """The version whose files are served under this key."""
    return tx.scalar(select(VersionRow).where(VersionRow.key == key))


def free_course_id(tx: Transaction, wished: str, longest: int) -> str:
    """The wished id, or the first free of `-2`, `-3` and so on, within the length that an id may have."""
    number, free = 1, wished
    while tx.get(Course, free) is not None:
        number += 1
        suffix = f"-{number}"
        free = wished[: longest - len(suffix)].rstrip("-") + suffix
    return free


def add_version(
    tx: Transaction, course_id: str, title: str, version: VersionRow, now: datetime
) -> VersionRow:
    """Add a course's next version; the course is made where it is new, and takes the newest title."""
    known = tx.get(Course, course_id)
    if known is None:
        tx.add(Course(id=course_id, title=title))
        tx.flush()
    else:
        known.title = title
        set_retired(tx, known, None)
    last = tx.scalar(select(func.max(VersionRow.number)).where(VersionRow.course_id == course_id))
    version.course_id, version.number, version.imported = course_id, (last or 0) + 1, now
    tx.add(version)
    tx.flush()
    return version


def set_retired(tx: Transaction, known: Course, at: datetime | None) -> None:
    """Retire a course at that time, or offer it again where no time is given. The kept counts of every
    school are forgotten, as they depend on it."""
    if (known.retired is None) is not (at is None):
        count_days.forget(tx)
    known.retired = at
    tx.flush()


def know(tx: Transaction, course_id: str, title: str, now: datetime) -> None:
    """Know a course of which there is no version yet: it can have evidence, and nobody can begin it before it
    has one."""
    if tx.get(Course, course_id) is None:
        tx.add(Course(id=course_id, title=title, retired=now))
        tx.flush()


def every(tx: Transaction) -> Sequence[Course]:
    """All courses by title, those that are retired last."""
    return by_title(tx.scalars(select(Course)))


def by_title(known: Iterable[Course]) -> list[Course]:
    """These courses by title, those that are retired last."""
    return sorted(known, key=lambda course: (course.retired is not None, plain(course.title), course.id))


def is_retired(tx: Transaction, course_id: str) -> bool:
    """True where the course is known, and nobody can begin it."""
    known = tx.get(Course, course_id)
    return known is not None and known.retired is not None


def number(tx: Transaction) -> int:
    """The number of all courses."""
    return tx.execute(select(func.count()).select_from(Course)).scalar_one()


class TakenCourse(NamedTuple):
    """A course that somebody may take, with the id of its newest version."""

    course: Course
    version: int


def of_school(tx: Transaction, school_id: str, today: date) -> list[TakenCourse]:
    """The courses that somebody at a school may take now, by title; a retired one only where it was begun."""
    here = and_(Membership.person_id == Enrolment.person_id, Membership.school_id == Enrolment.school_id)
    given = select(Enrolment.id).join(Membership, here).where(is_here(today))
    given = given.where(
        Enrolment.school_id == school_id, Enrolment.course_id == Course.id, Enrolment.ended.is_(None)
    )
    begun = given.join(RegistrationRow, RegistrationRow.enrolment_id == Enrolment.id)
    is_begun = begun.where(RegistrationRow.attempts > 0).exists()
    newest = select(func.max(VersionRow.id)).where(VersionRow.course_id == Course.id).scalar_subquery()
    wanted = select(Course, newest).where(or_(and_(Course.retired.is_(None), given.exists()), is_begun))
    found = [TakenCourse(*row) for row in tx.execute(wanted)]
    return sorted(found, key=lambda one: (plain(one.course.title), one.course.id))


def latest(tx: Transaction) -> dict[str, VersionRow]:
    """The newest version of each course, without its package."""
    wanted = select(VersionRow).options(defer(VersionRow.package)).order_by(VersionRow.number)
    return {version.course_id: version for version in tx.scalars(wanted)}


def newest_of_ours(tx: Transaction) -> Sequence[VersionRow]:
    """The newest version of each course, with its package, where that is one of ours."""
    newest = select(func.max(VersionRow.id)).group_by(VersionRow.course_id)
    wanted = select(VersionRow).where(VersionRow.id.in_(newest), VersionRow.ours)
    return tx.scalars(wanted.order_by(VersionRow.course_id)).all()


def registrations_on(tx: Transaction, course_id: str) -> dict[int, int]:
    """The number of registrations on each version of a course."""
    wanted = (
        select(RegistrationRow.version_id, func.count())
        .join(VersionRow)
        .where(VersionRow.course_id == course_id)
    )
    return dict(tx.execute(wanted.group_by(RegistrationRow.version_id)).all())
