"""A school's staff, of today or of those who have left: searched, counted and paged in SQL."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, not_, or_, select
from sqlalchemy.orm import Session as Transaction

from player.alphabet import plain
from player.records.memberships import STAY, is_here, is_latest
from player.records.search import MEMBER, PERSON, found_once, in_team
from player.records.tables import Membership, Person, Team

Found = Sequence[ColumnElement[bool]]


def searched(tx: Transaction, school: str, search: str) -> Found:
    """Those whom a search finds in name, address, id or job; everybody where nothing is searched."""
    return found_once(tx, school, search, STAY.c.job_title)


def page(
    tx: Transaction, today: date, these: Found, first: int, limit: int, *, gone: bool = False
) -> Sequence[Membership]:
    """Some of these people who are at the school, or have left, by name."""
    when = STAY.c.until <= today if gone else is_here(today)
    wanted = _stays(select(Membership), *these).where(when)
    return tx.scalars(_by_name(wanted).offset(first).limit(limit)).all()


def number(tx: Transaction, today: date, these: Found) -> int:
    """The number of these people who are at the school."""
    return tx.scalar(_stays(select(func.count()), *these).where(is_here(today))) or 0


class Numbers(NamedTuple):
    """The number of those who are at a school, who have left, and who are there and have no password yet."""

    here: int
    gone: int
    waiting: int


def numbers(tx: Transaction, today: date, these: Found, *, own_only: bool) -> Numbers:
    """The numbers of these people."""
    here = is_here(today)
    asked: Any = select(
        func.count(case((here, 1))).label("here"),
        func.count(case((not_(here), 1))).label("gone"),
        func.count(case((and_(here, _waits(own_only=own_only)), 1))).label("waiting"),
    )
    row = tx.execute(_stays(asked, *these)).one()
    return Numbers(row.here, row.gone, row.waiting)


def number_waiting(tx: Transaction, school: str, today: date) -> int:
    """The number of those who are there and have no password yet."""
    asked = _stays(select(func.count()), STAY.c.school_id == school)
    return tx.scalar(asked.where(is_here(today), _waits(own_only=False))) or 0


def waiting(tx: Transaction, school: str, today: date, *, own_only: bool) -> Sequence[Membership]:
    """Those here who have an address and no password yet, by name. With `own_only` only learners whose
    account no other school and no administrator has a part in."""
    wanted = _stays(select(Membership), STAY.c.school_id == school).where(
        is_here(today), _waits(own_only=own_only)
    )
    return tx.scalars(_by_name(wanted)).all()


def of_team(
    tx: Transaction, school: str, today: date, team: str, first: int, limit: int
) -> tuple[int, Sequence[Membership]]:
    """The number of people in a team who are at the school, and some of them, by name."""
    inside = [STAY.c.school_id == school, *in_team(team)]
    return number(tx, today, inside), page(tx, today, inside, first, limit)


def members(tx: Transaction, team: str, persons: Collection[str]) -> set[str]:
    """Those of these people who are in a team now."""
    wanted = select(MEMBER.c.person_id).where(MEMBER.c.team_id == team, MEMBER.c.until.is_(None))
    return set(tx.scalars(wanted.where(MEMBER.c.person_id.in_(persons))))


def here(tx: Transaction, school: str, today: date, persons: Collection[str]) -> set[str]:
    """Those of these people who are at the school."""
    wanted = _stays(select(STAY.c.person_id), STAY.c.school_id == school).where(is_here(today))
    return set(tx.scalars(wanted.where(STAY.c.person_id.in_(persons))))


def teams_with_sizes(tx: Transaction, school: str, today: date) -> list[tuple[Team, int]]:
    """A school's teams by name, each with the number of its people who are at the school."""
    here = select(STAY.c.person_id).where(STAY.c.school_id == school, is_here(today))
    is_member = and_(MEMBER.c.team_id == Team.id, MEMBER.c.until.is_(None))
    size = func.count(case((MEMBER.c.person_id.in_(here), 1)))
    wanted = select(Team, size).outerjoin(MEMBER, is_member)
    wanted = wanted.where(Team.school_id == school, Team.until.is_(None))
    rows = tx.execute(wanted.group_by(Team.id)).all()
    return sorted(((team, size) for team, size in rows), key=lambda row: plain(row[0].name))


def _stays(asked: Select[Any], *these: ColumnElement[bool]) -> Select[Any]:
    asked = asked.select_from(Membership).join(Person, Person.id == Membership.person_id)
    return asked.where(*these, is_latest())


def _waits(*, own_only: bool) -> ColumnElement[bool]:
    has_none = and_(PERSON.c.email.is_not(None), PERSON.c.password_hash.is_(None))
    return and_(has_none, STAY.c.access == "learner", not_(_is_shared())) if own_only else has_none


def _is_shared() -> ColumnElement[bool]:
    other = STAY.alias()
    elsewhere = select(other.c.id).where(
        other.c.person_id == STAY.c.person_id, other.c.school_id != STAY.c.school_id
    )
    return or_(PERSON.c.is_administrator, elsewhere.exists())


def _by_name(asked: Select[Any]) -> Select[Any]:
    return asked.order_by(STAY.c.plain_name, STAY.c.person_id)
