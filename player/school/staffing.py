"""A school's people: added one by one or by list, changed, enrolled and withdrawn."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from player.lists.fields import unfit_email, unfit_id, unfit_name
from player.lists.staff import StaffList
from player.records import enrolments, people, teams, training
from player.records.columns import new_id
from player.records.database import Transaction
from player.records.tables import Enrolment, Person
from player.school.roster import held_against


@dataclass(frozen=True, slots=True)
class Details:
    """The fields of a person's form; a learner id that is left out is made up."""

    name: str
    email: str
    learner_id: str
    role: str
    left: date | None = None


def unfit(
    tx: Transaction, school_id: str | None, details: Details, known: Person | None = None
) -> dict[str, str]:
    """The errors of a form at that school: a sentence for each field that cannot be taken."""
    errors = {"name": unfit_name(details.name), "email": unfit_email(details.email) if details.email else ""}
    if not details.email and details.role != "learner":
        who = "A manager" if details.role == "manager" else "An administrator"
        errors["email"] = f"{who} needs an e-mail address to sign in"
    errors["learner_id"] = unfit_id(details.learner_id)
    emails, ids = people.holders(tx, {details.email}, school_id, {details.learner_id})
    if (other := emails.get(details.email, known)) is not known:
        errors["email"] = f"{_named(other)} already has the e-mail address “{details.email}”"
    if (other := ids.get(details.learner_id, known)) is not known:
        errors["learner_id"] = f"{_named(other)} already has the staff id “{details.learner_id}”"
    return {field: f"{sentence}." for field, sentence in errors.items() if sentence}


def _named(person: Person | None) -> str:
    """A person as an error names them to the provider: with their school."""
    if person is None or person.school is None:
        return "An administrator"
    return f"{person.name} of {person.school.name}"


def add(tx: Transaction, school_id: str, details: Details) -> Person:
    """Add a person to a school."""
    person = Person(school_id=school_id, learner_id=new_id())
    tx.add(person)
    change(person, details)
    tx.flush()
    return person


def change(person: Person, details: Details) -> None:
    """Change a person; a new address ends every sign-in and every link that went to the old one."""
    if person.email is not None and person.email != details.email:
        person.sign_in_epoch += 1
    person.name, person.email, person.role = details.name, details.email or None, details.role
    person.learner_id = details.learner_id or person.learner_id
    person.left = details.left


def add_roster(tx: Transaction, school_id: str, roster: StaffList) -> list[Person]:
    """Add the people of a list without problems, with their teams, in the transaction of the caller."""
    added: list[Person] = []
    for row in roster.rows:
        person = Person(id=new_id(), school_id=school_id, learner_id=new_id())
        change(person, Details(row.name, row.email, row.staff_id, row.access))
        added.append(person)
    tx.add_all(added)
    tx.flush()
    joining: dict[str, set[str]] = {}
    for row, person in zip(roster.rows, added, strict=True):
        for name in row.teams:
            joining.setdefault(name, set()).add(person.id)
    of_team: dict[str, set[str]] = {}
    for name, persons in joining.items():  # two spellings may name one team
        of_team.setdefault(teams.team_named(tx, school_id, name).id, set()).update(persons)
    for team_id, persons in of_team.items():
        teams.add_members(tx, team_id, persons)
    return added


def checked(tx: Transaction, school_id: str, roster: StaffList) -> StaffList:
    """A school's list with the errors that come from people whom the player knows already."""
    wanted = {row.email for row in roster.rows}
    emails, ids = people.holders(tx, wanted, school_id, {row.staff_id for row in roster.rows})
    return held_against(roster, _names(emails), _names(ids))


def _names(holders: Mapping[str, Person]) -> dict[str, str]:
    return {value: _named(person) for value, person in holders.items()}


def enrol(
    tx: Transaction,
    persons: Iterable[Person],
    courses: Collection[str],
    now: datetime,
    team_id: str | None = None,
) -> tuple[int, int]:
    """Enrol each person on each course; returns how many enrolments are new, and how many there were
    already."""
    known = enrolments.entitled(tx, courses)
    wanted = [(person.id, course) for person in persons for course in courses]
    new = [pair for pair in wanted if pair not in known]
    tx.add_all(
        Enrolment(person_id=person, course_id=course, since=now, team_id=team_id) for person, course in new
    )
    tx.flush()
    return len(new), len(wanted) - len(new)


def withdraw(
    tx: Transaction, school_id: str, persons: Iterable[Person], courses: Collection[str], now: datetime
) -> tuple[int, int]:
    """End enrolments that were made by mistake; returns how many ended, and how many had been begun and
    stay."""
    whom, ended, begun = {person.id for person in persons}, 0, 0
    records = (training.records(tx, school=school_id, course=course) for course in courses)
    for record in chain.from_iterable(records):
        if record.person.id not in whom:
            continue
        if record.is_begun:
            begun += 1
        else:
            record.enrolment.ended = now
            ended += 1
    return ended, begun


def end_enrolment(tx: Transaction, person_id: str, enrolment_id: str, now: datetime) -> Enrolment | None:
    """End one enrolment of a person; what they did stays in the record. None where they have no such one."""
    for record in training.records(tx, person=person_id):
        if record.enrolment.id == enrolment_id:
            record.enrolment.ended = now
            return record.enrolment
    return None
