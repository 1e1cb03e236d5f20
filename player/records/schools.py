"""Schools, and how many people each has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session as Transaction

from player.alphabet import alike, plain
from player.records.memberships import is_here, is_latest
from player.records.tables import Membership, School


def school_of_name(tx: Transaction, name: str) -> School | None:
    """The school of exactly that name."""
    return tx.scalar(select(School).where(School.name == name))


def school_named(tx: Transaction, name: str) -> School:
    """The school of that name, made where there is none."""
    known = school_of_name(tx, name)
    if known is None:
        known = School(name=name)
        tx.add(known)
        tx.flush()
    return known


@dataclass(frozen=True, slots=True)
class Roll:
    """A school and the number of its people, without those who have left."""

    school: School
    people: int


def rolls(tx: Transaction, today: date) -> list[Roll]:
    """All schools, by name."""
    here = (Membership.school_id == School.id) & is_here(today) & is_latest()
    wanted = select(School, func.count(Membership.id)).outerjoin(Membership, here).group_by(School.id)
    return sorted((Roll(*row) for row in tx.execute(wanted)), key=lambda roll: plain(roll.school.name))


def school(tx: Transaction, school_id: str) -> School | None:
    """The school of that id."""
    return tx.get(School, school_id)


def names(tx: Transaction) -> dict[str, str]:
    """The names of all schools, by their ids."""
    return dict(tx.execute(select(School.id, School.name)).all())


def ids(tx: Transaction) -> Sequence[str]:
    """The ids of all schools."""
    return tx.scalars(select(School.id).order_by(School.id)).all()


def named(tx: Transaction, name: str) -> School | None:
    """The school of that name, however it is capitalised."""
    return next((school for school in tx.scalars(select(School)) if alike(school.name, name)), None)
