"""People for tests of training: they join a school on a day, and leave it."""

from __future__ import annotations

from datetime import date

from player.records import memberships, people, schools, teams
from player.records.database import Transaction
from tests.player import staff

LONG_AGO = date(2000, 1, 1)


def join(tx: Transaction, school: str, name: str, email: str, since: date | None, team: str = "") -> str:
    """Add somebody to a school; returns the school's id."""
    school_id = schools.school_named(tx, school).id
    stay = staff.add(tx, school_id, name, email, email.split("@")[0])
    stay.since = since or LONG_AGO
    if team:
        teams.add_members(tx, teams.team_named(tx, school_id, team).id, [stay.person_id], stay.since)
    return school_id


def leave(tx: Transaction, email: str, day: date | None) -> str:
    """Somebody leaves, or comes back where no day is given; returns the school's id."""
    person = people.person_of_email(tx, email)
    assert person is not None
    (stay,) = memberships.of_person(tx, person.id)
    stay.until = day
    tx.flush()
    return stay.school_id


def manage(tx: Transaction, email: str) -> None:
    """Somebody manages the training of their school."""
    person = people.person_of_email(tx, email)
    assert person is not None
    (stay,) = memberships.of_person(tx, person.id)
    stay.access = "manager"
    tx.flush()
