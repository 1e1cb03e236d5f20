"""A school's staff list: what it would change is found first, then written in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from player.compliance.zones import school_day
from player.lists.grid import ListProblem
from player.lists.staff import StaffList
from player.records import memberships, people
from player.records.columns import new_id
from player.records.database import Transaction
from player.records.tables import Membership, Person
from player.school import auditing, grouping, staffing
from player.school.actor import Actor
from player.school.settling import settle
from player.school.staffing import named


def checked(tx: Transaction, school_id: str, read: StaffList) -> StaffList:
    """A list with a problem for each address and each staff id that somebody at the school has already."""
    return read.with_problems(_known(tx, school_id, read))


def _known(tx: Transaction, school_id: str, read: StaffList) -> Iterator[ListProblem]:
    emails = memberships.with_addresses(tx, school_id, {row.email for row in read.rows})
    ids = memberships.with_staff_ids(tx, school_id, {row.staff_id for row in read.rows})
    for row in read.rows:
        if holder := emails.get(row.email):
            text = f"{named(holder)} already has the e-mail address “{row.email}”"
            yield ListProblem(row.row, read.columns.get("email", ""), text)
        if row.staff_id and (holder := ids.get(row.staff_id)):
            text = f"{named(holder)} already has the staff id “{row.staff_id}”"
            yield ListProblem(row.row, read.columns.get("staff id", ""), text)


def add_roster(
    tx: Transaction, actor: Actor, now: datetime, school_id: str, roster: StaffList
) -> list[Membership]:
    """Add the people of a list without problems, with their teams, in the transaction of the caller."""
    accounts = people.of_emails(tx, {row.email for row in roster.rows if row.email})
    added: list[Membership] = []
    for row in roster.rows:
        person = accounts.get(row.email) if row.email else None
        person = person or Person(id=new_id(), name=row.name, email=row.email or None)
        added.append(
            Membership(
                id=new_id(),
                person=person,
                school_id=school_id,
                staff_id=row.staff_id or new_id(),
                name=row.name,
                access=row.access,
                job_title=row.job_title,
                since=school_day(now),
            )
        )
    tx.add_all(added)
    tx.flush()
    auditing.write(tx, actor, now, school_id, *map(staffing.added, added))
    settle(tx, [school_id], now, {stay.person_id for stay in added})
    _join_teams(tx, actor, now, school_id, roster, added)
    return added


def _join_teams(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    school_id: str,
    roster: StaffList,
    added: list[Membership],
) -> None:
    joining: dict[str, set[str]] = {}
    for row, stay in zip(roster.rows, added, strict=True):
        for name in row.teams:
            joining.setdefault(name, set()).add(stay.person_id)
    for name, persons in joining.items():
        team = grouping.add(tx, actor, now, school_id, name)
        grouping.fill(tx, actor, now, team, persons, ())
