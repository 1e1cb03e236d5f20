"""People and their accounts, whichever schools they are at."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction

from player.alphabet import plain
from player.records.tables import Membership, Person


def person(tx: Transaction, person_id: str) -> Person | None:
    """The person of that id."""
    return tx.get(Person, person_id)


def person_of_email(tx: Transaction, email: str) -> Person | None:
    """The person who signs in with this address, however it is capitalised."""
    return tx.scalar(select(Person).where(Person.email == email.strip().lower()))


def of_emails(tx: Transaction, emails: Collection[str]) -> dict[str, Person]:
    """The people who sign in with one of these addresses."""
    return {one.email: one for one in tx.scalars(select(Person).where(Person.email.in_(emails))) if one.email}


def may_sign_in(tx: Transaction, known: Person, now: datetime) -> bool:
    """True where a person is an administrator, or at a school now, by the day that it is there."""
    stays = tx.scalars(select(Membership).where(Membership.person_id == known.id))
    return known.is_administrator or any(not stay.has_left(stay.school.day(now)) for stay in stays)


def is_shared(tx: Transaction, known: Person, school_id: str) -> bool:
    """True where the account belongs also to an administrator, or to somebody who is or was at another
    school."""
    elsewhere = select(Membership.id).where(
        Membership.person_id == known.id, Membership.school_id != school_id
    )
    return known.is_administrator or tx.scalar(elsewhere.limit(1)) is not None


def shared_at(tx: Transaction, school_id: str) -> set[str]:
    """The people of a school whose account is not its own alone."""
    here = select(Membership.person_id).where(Membership.school_id == school_id)
    elsewhere = select(Membership.person_id).where(
        Membership.person_id.in_(here), Membership.school_id != school_id
    )
    administrators = select(Person.id).where(Person.id.in_(here), Person.is_administrator)
    return {*tx.scalars(elsewhere), *tx.scalars(administrators)}


def administrators(tx: Transaction) -> Sequence[Person]:
    """The provider's administrators, by name."""
    known = tx.scalars(select(Person).where(Person.is_administrator))
    return sorted(known, key=lambda one: (plain(one.name), one.id))
