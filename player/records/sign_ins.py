"""The browsers in which people are signed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, select, update
from sqlalchemy.orm import Session as Transaction
from sqlalchemy.orm import contains_eager

from player.alphabet import plain
from player.records.memberships import is_latest
from player.records.tables import Membership, Person, School, SignIn

LONGEST_STAY = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A sign-in that has not ended, with its person and their membership of each school, present or past."""

    sign_in: SignIn
    person: Person
    memberships: tuple[Membership, ...]


def load(tx: Transaction, sign_in: str) -> SignedIn | None:
    """A sign-in that has not ended, its person and their schools: all that a page needs, in one query."""
    wanted = (
        select(SignIn, Person, Membership)
        .join(Person, SignIn.person_id == Person.id)
        .outerjoin(Membership, and_(Membership.person_id == Person.id, is_latest()))
        .outerjoin(School, School.id == Membership.school_id)
        .options(contains_eager(Membership.person), contains_eager(Membership.school))
        .where(SignIn.id == sign_in, SignIn.epoch == Person.sign_in_epoch)
    )
    rows = tx.execute(wanted).all()
    if not rows:
        return None
    stays: list[Membership | None] = [row[2] for row in rows]
    known = sorted((stay for stay in stays if stay), key=lambda stay: plain(stay.school.name))
    return SignedIn(rows[0][0], rows[0][1], tuple(known))


def begin(tx: Transaction, person: Person, browser: str, address: str, now: datetime) -> SignIn:
    """One more browser of a person."""
    made = SignIn(
        person_id=person.id, epoch=person.sign_in_epoch, browser=browser, address=address, began=now, seen=now
    )
    tx.add(made)
    tx.flush()
    return made


def of_person(tx: Transaction, person: Person, since: datetime) -> Sequence[SignIn]:
    """A person's sign-ins, the browser that was used last first."""
    wanted = select(SignIn).where(
        SignIn.person_id == person.id, SignIn.epoch == person.sign_in_epoch, SignIn.began > since
    )
    return tx.scalars(wanted.order_by(SignIn.seen.desc(), SignIn.id)).all()


def end(tx: Transaction, person_id: str, sign_in: str) -> bool:
    """Sign one browser of a person out; false where it is none of theirs."""
    ended = tx.execute(delete(SignIn).where(SignIn.id == sign_in, SignIn.person_id == person_id))
    return bool(ended.rowcount)  # type: ignore[attr-defined]


def saw(tx: Transaction, sign_in: str, now: datetime) -> None:
    """Note that it was used."""
    tx.execute(update(SignIn).where(SignIn.id == sign_in).values(seen=now))


def forget(tx: Transaction, before: datetime) -> None:
    """Remove those that are over, and those that a new password or a signing out everywhere has ended."""
    over = select(SignIn.id).join(Person, SignIn.person_id == Person.id)
    over = over.where((SignIn.began < before) | (SignIn.epoch != Person.sign_in_epoch))
    tx.execute(delete(SignIn).where(SignIn.id.in_(over)))
