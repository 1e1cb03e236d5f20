"""People for tests of training: they join a school on a day, and leave it."""

from __future__ import annotations

from datetime import date

from player.records import people, schools, teams
from player.records.database import Transaction
from player.school import staffing
from player.school.staffing import Details


def join(tx: Transaction, school: str, name: str, email: str, since: date | None, team: str = "") -> str:
    """Add somebody to a school; returns the school's id."""
    school_id = schools.school_named(tx, school).id
    person = staffing.add(tx, school_id, Details(name, email, email.split("@")[0], "learner"))
    if team:
        teams.add_members(tx, teams.team_named(tx, school_id, team).id, [person.id])
    return school_id


def leave(tx: Transaction, email: str, day: date | None) -> str:
    """Somebody leaves, or comes back where no day is given; returns the school's id."""
    person = people.person_of_email(tx, email)
    assert person is not None
    assert person.school_id is not None
    person.left = day
    tx.flush()
    return person.school_id


def manage(tx: Transaction, email: str) -> None:
    """Somebody manages the training of their school."""
    person = people.person_of_email(tx, email)
    assert person is not None
    person.role = "manager"
    tx.flush()
