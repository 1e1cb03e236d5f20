"""A staff list that was looked at, written at once: who is new, back, changed, in a team, and leaves."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from player.lists.repeats import StaffRow
from player.records import people
from player.records.columns import new_id
from player.records.database import Transaction
from player.records.tables import Membership, Person
from player.school import auditing, grouping, notices, staffing
from player.school.actor import Actor
from player.school.notices import AddressChange
from player.school.roster import RosterPlan
from player.school.settling import settle
from player.school.staffing import Details


def write(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    school_id: str,
    planned: RosterPlan,
    on: date,
    leaving: Collection[str] = (),
) -> list[Membership]:
    """Write a plan from a day on; those of the gone who are named leave. A job tells both addresses of a new
    one. Returns who is new or back."""
    accounts = people.of_emails(tx, {row.email for row in planned.new if row.email})
    added = [_stay(row, school_id, accounts, on) for row in planned.new]
    tx.add_all(added)
    tx.flush()
    auditing.write(tx, actor, now, school_id, *map(staffing.added, added))
    joining = list(zip((row.teams for row in planned.new), added, strict=True))
    shared = people.shared_at(tx, school_id)
    returned = [staffing.return_to(tx, actor, now, differs.stay, on) for differs in planned.back]
    added += returned
    known = [*zip(planned.back, returned, strict=True), *((each, each.stay) for each in planned.changed)]
    _revise(tx, actor, now, school_id, [(differs.details, stay) for differs, stay in known], shared)
    joining += [(differs.joins, stay) for differs, stay in known]
    for stay in planned.gone:
        if stay.person_id in leaving:
            staffing.end(tx, actor, now, stay, on)
    _join_teams(tx, actor, now, school_id, joining, on)
    settle(tx, [school_id], now)
    return added


def _revise(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    school_id: str,
    known: Sequence[tuple[Details, Membership]],
    shared: Collection[str],
) -> None:
    """Change people in one go: no list gives somebody what another of them has, an address or a staff id."""
    old = {stay.person_id: stay.email for _, stay in known}
    changes = [
        staffing.revise(actor, stay, details, own=stay.person_id not in shared) for details, stay in known
    ]
    tx.flush()
    auditing.write_differences(tx, actor, now, school_id, changes)
    moved = [AddressChange(stay.person_id, old[stay.person_id], stay.email) for _, stay in known]
    notices.tell_later(tx, moved, now)


def _stay(row: StaffRow, school_id: str, accounts: Mapping[str, Person], on: date) -> Membership:
    person = accounts.get(row.email) if row.email else None
    return Membership(
        id=new_id(),
        person=person or Person(id=new_id(), name=row.name, email=row.email or None),
        school_id=school_id,
        staff_id=row.staff_id or new_id(),
        name=row.name,
        access=row.new_access,
        job_title=row.job_title,
        since=on,
    )


def _join_teams(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    school_id: str,
    joining: list[tuple[tuple[str, ...], Membership]],
    on: date,
) -> None:
    persons: dict[str, set[str]] = {}
    for names, stay in joining:
        for name in names:
            persons.setdefault(name, set()).add(stay.person_id)
    for name, inside in persons.items():
        team = grouping.open_team(tx, actor, now, school_id, name)
        grouping.move(tx, actor, now, team, inside, (), on)
