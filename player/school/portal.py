"""Learners whom a school's portal or the provider launches: the person and the enrolment are made where
missing."""

from __future__ import annotations

import re
from datetime import datetime

from player.links import LaunchError
from player.records import courses, memberships, schools, training
from player.records.database import Transaction
from player.records.tables import Enrolment, Membership, School
from player.school import enrolling, staffing
from player.school.actor import Actor
from player.school.staffing import Details

LONGEST = 250
BY_LINK = "Learners by link"  # the school of those whom nobody has put into another
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def enrolled_learner(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    school: School | None,
    course_id: str,
    learner_id: str,
    name: str | None,
) -> Enrolment:
    """The enrolment of a learner who may take the course. A portal reaches its own school's people only; the
    provider, which may leave the school out, reaches everybody."""
    _check_text("learner id", learner_id)
    _check_text("name", name or "-")
    course = courses.course(tx, course_id) if not CONTROL.search(course_id) else None
    if course is None:
        raise LaunchError(
            f"There is no course “{course_id}”. Import it, or check the id with `player import`."
        )
    stay = learner(tx, actor, now, school or _school_of(tx, learner_id), learner_id, name)
    if stay.has_left(stay.school.day(now)):
        raise LaunchError(f"“{learner_id}” left on {stay.until}, so no course can be started.")
    if course.retired is not None and not _has_begun(tx, stay, course_id):
        raise LaunchError(f"The course “{course_id}” is retired: nobody else can start it.")
    return enrolling.enrolled(tx, actor, now, stay, course_id)


def learner(
    tx: Transaction, actor: Actor, now: datetime, school: School, learner_id: str, name: str | None
) -> Membership:
    """The school's person with this staff id, made where missing; a name that is given replaces the known
    one."""
    stay = next(iter(memberships.called(tx, learner_id, school.id)), None)
    if stay is None:
        return staffing.add(tx, actor, now, school.id, Details(name or learner_id, staff_id=learner_id))
    if name and name != stay.name:
        staffing.rename(tx, actor, now, stay, name)
    return stay


def school_of_name(tx: Transaction, name: str) -> School:
    """The school that a command names."""
    school = schools.school_of_name(tx, name)
    if school is None:
        raise LaunchError(f"There is no school “{name}”: write its name as the site shows it.")
    return school


def _school_of(tx: Transaction, learner_id: str) -> School:
    """The only school that has such a learner; a new one waits among those who came by a link."""
    known = [stay.school for stay in memberships.called(tx, learner_id)]
    if len(known) > 1:
        names = " and ".join(f"“{school.name}”" for school in known)
        raise LaunchError(f"{names} each have a learner “{learner_id}”: name the school with --school.")
    return known[0] if known else schools.school_named(tx, BY_LINK)


def _has_begun(tx: Transaction, stay: Membership, course_id: str) -> bool:
    records = training.records(tx, school=stay.school_id, person=stay.person_id, course=course_id)
    return any(record.is_begun for record in records)


def _check_text(name: str, text: str) -> None:
    if not text.strip() or len(text) > LONGEST or CONTROL.search(text):
        raise LaunchError(f"The {name} has 1 to {LONGEST} characters, and no invisible ones.")
