"""A launch for a learner of another system: the person and the enrolment are made where missing."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from player.records import courses, learning, people
from player.records.tables import School
from player.registration import Registrar

LONGEST = 250
BY_LINK = "Learners by link"  # the school of those whom nobody has put into another
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class LaunchError(ValueError):
    """A launch that cannot be made; the sentence names what to change."""


def launch_learner(
    registrar: Registrar,
    tx: Session,
    school: School | None,
    course_id: str,
    learner_id: str,
    name: str | None,
    return_url: str,
    now: datetime,
) -> str:
    """A link for a learner; a school's portal reaches its own people only, the provider everybody."""
    _plain("learner id", learner_id)
    _plain("name", name or "-")
    _web_address(return_url)
    course = courses.course(tx, course_id) if not CONTROL.search(course_id) else None
    if course is None:
        raise LaunchError(
            f"There is no course “{course_id}”. Import it, or check the id with `player import`."
        )
    person = people.person_of_learner_id(tx, learner_id)
    if person is not None and school is not None and person.school_id != school.id:
        raise LaunchError(f"The learner id “{learner_id}” belongs to another school: use another.")
    if person is not None and person.left is not None and person.left <= now.date():
        raise LaunchError(f"“{learner_id}” has left since {person.left}: no course can be started.")
    person = people.learner(tx, learner_id, name, school or people.school_named(tx, BY_LINK))
    if course.retired is not None and not _has_begun(tx, person.id, course_id):
        raise LaunchError(f"The course “{course_id}” is retired: nobody new can start it.")
    people.enrol(tx, person.id, course_id, now)
    return registrar.launch(tx, person.id, course_id, now, return_url=return_url)


def _has_begun(tx: Session, person_id: str, course_id: str) -> bool:
    return any(each.is_begun for each in learning.takings(tx, person=person_id, course=course_id))


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
