"""Memberships: the stays of people at schools. Of several at one school the latest counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select
from sqlalchemy.orm import Session as Transaction

from player.alphabet import plain
from player.records.columns import table
from player.records.tables import Membership, Person, School

STAY = table(Membership)


def is_latest() -> ColumnElement[bool]:
    """Condition: no later stay of the same person at the same school. None is later than an open one, which
    saves looking for it."""
    later = STAY.alias()
    same = and_(later.c.person_id == STAY.c.person_id, later.c.school_id == STAY.c.school_id)
    has_later = select(later.c.id).where(same, later.c.since > STAY.c.since).exists()
    return or_(STAY.c.until.is_(None), not_(has_later))


def is_here(today: date) -> ColumnElement[bool]:
    """Condition: the stay is not over; on the day of leaving it is."""
    return or_(STAY.c.until.is_(None), STAY.c.until > today)


def is_there(day: date) -> ColumnElement[bool]:
    """Condition: the person was at the school on that day."""
    return and_(STAY.c.since <= day, is_here(day))


def _latest() -> Select[Membership]:
    return select(Membership).where(is_latest())


def by_name(stays: Iterable[Membership]) -> list[Membership]:
    """Stays in the order of names."""
    return sorted(stays, key=lambda stay: (plain(stay.name), stay.person_id))


def of_school(tx: Transaction, school_id: str, persons: Collection[str] | None = None) -> list[Membership]:
    """Everybody who is or was at a school, by name; of these people where they are named."""
    wanted = _latest().where(Membership.school_id == school_id)
    return by_name(tx.scalars(wanted if persons is None else wanted.where(Membership.person_id.in_(persons))))


def on_day(
    tx: Transaction, school_id: str, day: date, persons: Collection[str] | None = None
) -> list[Membership]:
    """Everybody who was at a school on that day, by name; of these people where they are named."""
    wanted = select(Membership).where(Membership.school_id == school_id, is_there(day))
    return by_name(tx.scalars(wanted if persons is None else wanted.where(Membership.person_id.in_(persons))))


def numbers(tx: Transaction, school_ids: Collection[str]) -> dict[str, int]:
    """The numbers of stays at these schools, past ones included."""
    wanted = select(Membership.school_id, func.count()).where(Membership.school_id.in_(school_ids))
    return dict(tx.execute(wanted.group_by(Membership.school_id)).all())


def next_persons(tx: Transaction, school_id: str, after: str, number: int) -> Sequence[str]:
    """The ids of the next people who are or were at a school, in the order of their ids."""
    wanted = select(Membership.person_id).distinct().where(Membership.school_id == school_id)
    wanted = wanted.where(Membership.person_id > after).order_by(Membership.person_id).limit(number)
    return tx.scalars(wanted).all()


def at_school(tx: Transaction, school_id: str, person_id: str) -> Membership | None:
    """A person's membership of a school, present or past."""
    wanted = _latest().where(Membership.school_id == school_id, Membership.person_id == person_id)
    return tx.scalar(wanted)


def stays(tx: Transaction, school_id: str, person_id: str) -> Sequence[Membership]:
    """All stays of a person at a school, the first one first."""
    wanted = select(Membership).where(Membership.school_id == school_id, Membership.person_id == person_id)
    return tx.scalars(wanted.order_by(Membership.since)).all()


def of_person(tx: Transaction, person_id: str) -> list[Membership]:
    """A person's membership of each of their schools, present and past, by the school's name."""
    known = tx.scalars(_latest().where(Membership.person_id == person_id))
    return sorted(known, key=lambda stay: plain(stay.school.name))


def called(tx: Transaction, staff_id: str, school_id: str | None = None) -> Sequence[Membership]:
    """The memberships with this staff id, by the names of schools; one at most where a school is named."""
    wanted = _latest().where(Membership.staff_id == staff_id).join(School).order_by(School.name)
    if school_id is not None:
        wanted = wanted.where(Membership.school_id == school_id)
    return tx.scalars(wanted).all()


def managers(tx: Transaction, school_id: str, today: date) -> list[Membership]:
    """The people who manage training at a school now."""
    wanted = _latest().where(Membership.school_id == school_id, Membership.access == "manager")
    return by_name(tx.scalars(wanted.where(is_here(today))))


def with_addresses(tx: Transaction, school_id: str, emails: Collection[str]) -> dict[str, Membership]:
    """The school's people, present and past, who sign in with one of these addresses."""
    wanted = _latest().where(Membership.school_id == school_id, Person.email.in_(emails))
    return {stay.email: stay for stay in tx.scalars(wanted.join(Membership.person)) if stay.email}


def with_staff_ids(tx: Transaction, school_id: str, staff_ids: Collection[str]) -> dict[str, Membership]:
    """The school's people, present and past, who have one of these staff ids."""
    wanted = _latest().where(Membership.school_id == school_id, Membership.staff_id.in_(staff_ids))
    return {stay.staff_id: stay for stay in tx.scalars(wanted)}


def names(tx: Transaction, school_id: str, person_ids: Collection[str]) -> dict[str, str]:
    """The names that a school has for these people, by their ids."""
    wanted = select(Membership.person_id, Membership.name).where(
        is_latest(), Membership.school_id == school_id, Membership.person_id.in_(person_ids)
    )
    return dict(tx.execute(wanted).all())
