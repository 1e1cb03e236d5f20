"""People: those of a school, and the provider's own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session as Transaction

from player.records.alphabet import plain
from player.records.tables import (
    Person,
    School,
)


def called(tx: Transaction, learner_id: str, school_id: str | None = None) -> Sequence[Person]:
    """The people with this learner id, by the names of their schools; one at most where a school is named."""
    wanted = select(Person).join(School).where(Person.learner_id == learner_id).order_by(School.name)
    if school_id is not None:
        wanted = wanted.where(Person.school_id == school_id)
    return tx.scalars(wanted).all()


def person_of_email(tx: Transaction, email: str) -> Person | None:
    """The person who signs in with this address, however it is capitalised."""
    return tx.scalar(select(Person).where(Person.email == email.strip().lower()))


def learner(tx: Transaction, learner_id: str, name: str | None, school: School) -> Person:
    """The school's person with this learner id, made where missing; a name that is given replaces the known
    one."""
    person = next(iter(called(tx, learner_id, school.id)), None)
    if person is None:
        person = Person(learner_id=learner_id, name=name or learner_id, school_id=school.id, role="learner")
        tx.add(person)
        tx.flush()
    elif name:
        person.name = name
    return person


def is_here(today: date) -> ColumnElement[bool]:
    """Condition: the person has not left; on the day of leaving they have."""
    return or_(Person.left.is_(None), Person.left > today)


def of_school(tx: Transaction, school_id: str) -> Sequence[Person]:
    """Everybody who is or was at a school, by name."""
    return _by_name(tx.scalars(select(Person).where(Person.school_id == school_id)))


def _by_name(people: Iterable[Person]) -> list[Person]:
    return sorted(people, key=lambda person: (plain(person.name), person.id))


def person(tx: Transaction, person_id: str, school_id: str | None = None) -> Person | None:
    """The person of that id; None where a school is named and they are not of it."""
    known = tx.get(Person, person_id)
    return known if known is not None and school_id in (None, known.school_id) else None


def managers(tx: Transaction, school_id: str, today: date) -> Sequence[Person]:
    """The people who manage training at a school now."""
    wanted = select(Person).where(Person.school_id == school_id, Person.role == "manager", is_here(today))
    return _by_name(tx.scalars(wanted))


def administrators(tx: Transaction) -> Sequence[Person]:
    """The provider's present and former administrators."""
    return _by_name(tx.scalars(select(Person).where(Person.role == "administrator")))


def holders(
    tx: Transaction, emails: Collection[str], school_id: str | None, learner_ids: Collection[str]
) -> tuple[dict[str, Person], dict[str, Person]]:
    """The people who have one of these addresses, at any school, and those who have one of the ids at this
    one."""
    by_email = tx.scalars(select(Person).where(Person.email.in_(emails)))
    by_id = tx.scalars(
        select(Person).where(Person.school_id == school_id, Person.learner_id.in_(learner_ids))
    )
    emails = {person.email: person for person in by_email if person.email}
    return emails, {person.learner_id: person for person in by_id}
