"""A launch for a learner of another system: the person and the enrolment are made where missing."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy.orm import Session as Transaction

from player.records import courses, people, training
from player.records.tables import School
from player.registration import Registrar

LONGEST = 250
BY_LINK = "Learners by link"  # the school of those whom nobody has put into another
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class LaunchError(ValueError):
    """A launch that cannot be made; the sentence names what to change."""


def launch_learner(
    registrar: Registrar,
    tx: Transaction,
    school: School | None,
    course_id: str,
    learner_id: str,
    name: str | None,
    return_url: str,
    now: datetime,
) -> str:
    """A link for a learner; a school's portal reaches its own people only, the provider, which may leave the
    school out, everybody."""
    _plain("learner id", learner_id)
    _plain("name", name or "-")
    _web_address(return_url)
    course = courses.course(tx, course_id) if not CONTROL.search(course_id) else None
    if course is None:
        raise LaunchError(
            f"There is no course “{course_id}”. Import it, or check the id with `player import`."
        )
    person = people.learner(tx, learner_id, name, school or _school_of(tx, learner_id))
    if person.left is not None and person.left <= now.date():
        raise LaunchError(f"“{learner_id}” has left since {person.left}: no course can be started.")
    if course.retired is not None and not _has_begun(tx, person.id, course_id):
        raise LaunchError(f"The course “{course_id}” is retired: nobody new can start it.")
    people.enrol(tx, person.id, course_id, now)
    return registrar.launch(tx, person.id, course_id, now, return_url=return_url)


def school_called(tx: Transaction, name: str) -> School:
    """The school that a command names."""
    school = people.school_of_name(tx, name)
    if school is None:
        raise LaunchError(f"There is no school “{name}”: write its name as the site shows it.")
    return school


def _school_of(tx: Transaction, learner_id: str) -> School:
    """The only one that has such a learner; who is new waits among those who came by a link."""
    schools = [person.school for person in people.called(tx, learner_id) if person.school]
    if len(schools) > 1:
        names = " and ".join(f"“{school.name}”" for school in schools)
        raise LaunchError(f"{names} each have a learner “{learner_id}”: name the school with --school.")
    return schools[0] if schools else people.school_named(tx, BY_LINK)


def _has_begun(tx: Transaction, person_id: str, course_id: str) -> bool:
    return any(each.is_begun for each in training.records(tx, person=person_id, course=course_id))


def _plain(what: str, text: str) -> None:
    if not text.strip() or len(text) > LONGEST or CONTROL.search(text):
        raise LaunchError(f"The {what} has 1 to {LONGEST} characters, and no control characters.")


def _web_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and not CONTROL.search(url)
    except ValueError:  # an address of IPv6 that is none
        fits = False
    if url and not fits:
        raise LaunchError(f"The return address {url!r} is none: write a whole one, beginning with https://.")
