"""Courses and their versions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from player.records.alphabet import plain
from player.records.tables import Course, Registration, Version


def course(tx: Session, course_id: str) -> Course | None:
    """The course of that id."""
    return tx.get(Course, course_id)


def courses(tx: Session) -> Sequence[Course]:
    """All that are not retired, by title."""
    return [each for each in every(tx) if each.retired is None]


def versions(tx: Session, course_id: str) -> Sequence[Version]:
    """A course's versions, newest first."""
    wanted = select(Version).where(Version.course_id == course_id).order_by(Version.number.desc())
    return tx.scalars(wanted).all()


def newest_version(tx: Session, course_id: str) -> Version | None:
    """The version that a new attempt starts on."""
    wanted = select(Version).where(Version.course_id == course_id).order_by(Version.number.desc()).limit(1)
    return tx.scalar(wanted)


def versions_of_bytes(tx: Session, digest: str) -> Sequence[Version]:
    """The versions of any course that were made from exactly these bytes, the oldest first."""
    return tx.scalars(select(Version).where(Version.digest == digest).order_by(Version.id)).all()


def version_of_key(tx: Session, key: str) -> Version | None:
    """The version whose files are served under this key."""
    return tx.scalar(select(Version).where(Version.key == key))


def free_course_id(tx: Session, wished: str, longest: int) -> str:
    """The wished id, or the first free of `-2`, `-3` and so on, within the length that an id may have."""
    number, found = 1, wished
    while tx.get(Course, found) is not None:
        number += 1
        suffix = f"-{number}"
        found = wished[: longest - len(suffix)].rstrip("-") + suffix
    return found


def add_version(tx: Session, course_id: str, title: str, version: Version, now: datetime) -> Version:
    """A course's next version; the course is made where it is new, and takes the newest title."""
    known = tx.get(Course, course_id)
    if known is None:
        tx.add(Course(id=course_id, title=title))
        tx.flush()
    else:
        known.title, known.retired = title, None
    last = tx.scalar(select(func.max(Version.number)).where(Version.course_id == course_id))
    version.course_id, version.number, version.imported = course_id, (last or 0) + 1, now
    tx.add(version)
    tx.flush()
    return version


def every(tx: Session) -> Sequence[Course]:
    """All, those that are retired last."""
    found = tx.scalars(select(Course))
    return sorted(found, key=lambda course: (course.retired is not None, plain(course.title), course.id))


def latest(tx: Session) -> dict[str, Version]:
    """The newest version of each course, without its package."""
    wanted = select(Version).options(defer(Version.package)).order_by(Version.number)
    return {each.course_id: each for each in tx.scalars(wanted)}


def registrations_on(tx: Session, course_id: str) -> dict[int, int]:
    """How many registrations are on each version of a course."""
    wanted = select(Registration.version_id, func.count()).join(Version).where(Version.course_id == course_id)
    return dict(tx.execute(wanted.group_by(Registration.version_id)).all())
