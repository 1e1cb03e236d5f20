"""Schools, people and their enrolments, as a launch needs them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction

from player.records.tables import Enrolment, Person, School, SchoolKey


def called(tx: Transaction, learner_id: str, school_id: str | None = None) -> Sequence[Person]:
    """Whom the schools call so, by the schools' names; of one school, where it is named, one at most."""
    wanted = select(Person).join(School).where(Person.learner_id == learner_id).order_by(School.name)
    if school_id is not None:
        wanted = wanted.where(Person.school_id == school_id)
    return tx.scalars(wanted).all()


def person_of_email(tx: Transaction, email: str) -> Person | None:
    """The person who signs in with this address, however it is capitalised."""
    return tx.scalar(select(Person).where(Person.email == email.strip().lower()))


def school_of_name(tx: Transaction, name: str) -> School | None:
    """The school of exactly that name."""
    return tx.scalar(select(School).where(School.name == name))


def school_named(tx: Transaction, name: str) -> School:
    """The school of that name, made where there is none."""
    found = school_of_name(tx, name)
    if found is None:
        found = School(name=name)
        tx.add(found)
        tx.flush()
    return found


def learner(tx: Transaction, learner_id: str, name: str | None, school: School) -> Person:
    """Whom the school calls so, made where missing; a name that is given replaces the one known."""
    found = next(iter(called(tx, learner_id, school.id)), None)
    if found is None:
        found = Person(learner_id=learner_id, name=name or learner_id, school_id=school.id, role="learner")
        tx.add(found)
        tx.flush()
    elif name:
        found.name = name
    return found


def open_enrolment(tx: Transaction, person_id: str, course_id: str) -> Enrolment | None:
    """What entitles a person to take a course now."""
    wanted = select(Enrolment).where(
        Enrolment.person_id == person_id, Enrolment.course_id == course_id, Enrolment.ended.is_(None)
    )
    return tx.scalar(wanted)


def enrol(tx: Transaction, person_id: str, course_id: str, now: datetime) -> Enrolment:
    """The open enrolment of a person on a course, made where there is none."""
    found = open_enrolment(tx, person_id, course_id)
    if found is None:
        found = Enrolment(person_id=person_id, course_id=course_id, since=now)
        tx.add(found)
        tx.flush()
    return found


def add_school_key(tx: Transaction, school_id: str, name: str, now: datetime) -> str:
    """A new key for a school's portal; it is told this once, and only its hash is kept."""
    key = secrets.token_urlsafe(32)
    digest = hashlib.sha256(key.encode()).hexdigest()
    tx.add(SchoolKey(hash=digest, school_id=school_id, name=name, created=now))
    tx.flush()
    return key


def school_of_key(tx: Transaction, key_hash: str) -> School | None:
    """The school whose portal holds this key, while the key is good."""
    wanted = select(School).join(SchoolKey).where(SchoolKey.hash == key_hash, SchoolKey.revoked.is_(None))
    return tx.scalar(wanted)
