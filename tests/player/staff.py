"""People of a school, added and enrolled as the command line does it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlalchemy.orm import Session as Transaction

from player.records import enrolments, memberships, schools
from player.records.columns import new_id
from player.records.tables import Enrolment, Membership, Person
from player.school import enrolling, staffing
from player.school.actor import COMMAND
from player.school.portal import learner
from player.school.settling import settle
from player.school.staffing import Details
from tests.player.lms import START


def add(
    tx: Transaction,
    school: str,
    name: str,
    email: str = "",
    staff_id: str = "",
    access: str = "learner",
    until: date | None = None,
    now: datetime = START,
) -> Membership:
    """Somebody new at the school of that id."""
    details = Details(name, email, staff_id, access, until=until)
    return staffing.add(tx, COMMAND, now, school, details)


def add_many(tx: Transaction, school: str, names: Iterable[str]) -> None:
    """Learners at the school of that id, settled together, as those of a list are."""
    people = [Person(id=new_id(), name=name) for name in names]
    for person in people:
        since = START.date()
        stay = Membership(
            id=new_id(), person=person, school_id=school, staff_id=new_id(), name=person.name, since=since
        )
        tx.add(stay)
    tx.flush()
    settle(tx, [school], START, {person.id for person in people})


def launched(tx: Transaction, school: str, staff_id: str, name: str | None = None) -> Membership:
    """Somebody whom the portal of the school of that name has launched."""
    return learner(tx, COMMAND, START, schools.school_named(tx, school), staff_id, name)


def member(tx: Transaction, school: str, person: str) -> Membership:
    """A person's membership of the school of that id."""
    known = memberships.at_school(tx, school, person)
    assert known is not None
    return known


def enrol(
    tx: Transaction,
    stays: Iterable[Membership],
    courses: Collection[str],
    now: datetime = START,
    team: str | None = None,
) -> tuple[int, int]:
    """Enrol people of one school."""
    return enrolling.enrol(tx, COMMAND, now, stays, courses, team)


def enrolment(tx: Transaction, stay: Membership, course: str) -> Enrolment:
    """The open enrolment of a person on a course."""
    known = enrolments.open_enrolment(tx, stay.person_id, stay.school_id, course)
    assert known is not None
    return known
