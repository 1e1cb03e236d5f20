"""Learners whom a school's portal or the provider launches: the person and the enrolment are made where
missing."""

from __future__ import annotations

import re
from datetime import datetime

from player.links import LaunchError
from player.records import courses, enrolments, people, schools, training
from player.records.database import Transaction
from player.records.tables import Person, School

LONGEST = 250
BY_LINK = "Learners by link"  # the school of those whom nobody has put into another
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def enrolled_learner(
    tx: Transaction, school: School | None, course_id: str, learner_id: str, name: str | None, now: datetime
) -> Person:
    """A learner who may take the course. A portal reaches its own school's people only; the provider, which
    may leave the school out, reaches everybody."""
    _check_text("learner id", learner_id)
    _check_text("name", name or "-")
    course = courses.course(tx, course_id) if not CONTROL.search(course_id) else None
    if course is None:
        raise LaunchError(
            f"There is no course “{course_id}”. Import it, or check the id with `player import`."
        )
    person = people.learner(tx, learner_id, name, school or _school_of(tx, learner_id))
    if person.left is not None and person.left <= now.date():
        raise LaunchError(f"“{learner_id}” left on {person.left}, so no course can be started.")
    if course.retired is not None and not _has_begun(tx, person.id, course_id):
        raise LaunchError(f"The course “{course_id}” is retired: nobody else can start it.")
    enrolments.enrol(tx, person.id, course_id, now)
    return person


def school_of_name(tx: Transaction, name: str) -> School:
    """The school that a command names."""
    school = schools.school_of_name(tx, name)
    if school is None:
        raise LaunchError(f"There is no school “{name}”: write its name as the site shows it.")
    return school


def _school_of(tx: Transaction, learner_id: str) -> School:
    """The only school that has such a learner; a new one waits among those who came by a link."""
    known = [person.school for person in people.called(tx, learner_id) if person.school]
    if len(known) > 1:
        names = " and ".join(f"“{school.name}”" for school in known)
        raise LaunchError(f"{names} each have a learner “{learner_id}”: name the school with --school.")
    return known[0] if known else schools.school_named(tx, BY_LINK)


def _has_begun(tx: Transaction, person_id: str, course_id: str) -> bool:
    return any(record.is_begun for record in training.records(tx, person=person_id, course=course_id))


def _check_text(name: str, text: str) -> None:
    if not text.strip() or len(text) > LONGEST or CONTROL.search(text):
        raise LaunchError(f"The {name} has 1 to {LONGEST} characters, and no control characters.")
