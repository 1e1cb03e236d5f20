"""A school's teams: added, renamed, filled, removed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from player.records import memberships, teams
from player.records.database import Transaction
from player.records.tables import Team
from player.school import auditing, requiring
from player.school.actor import Actor
from player.school.auditing import Change
from player.school.settling import school_today, settle


def open_team(tx: Transaction, actor: Actor, now: datetime, school_id: str, name: str) -> Team:
    """The school's team of that name, made where there is none; one that was removed comes back."""
    known = teams.known_team(tx, school_id, name)
    if known is not None and known.until is None:
        return known
    team = teams.team_named(tx, school_id, name)
    auditing.write(tx, actor, now, school_id, Change("added", "team", team.id, team.name))
    return team


def rename(tx: Transaction, actor: Actor, now: datetime, team: Team, name: str) -> None:
    """Rename a team; its people stay in it."""
    before, team.name = team.name, name
    tx.flush()
    change = Change("changed", "team", team.id, name, None, {"name": before}, {"name": name})
    auditing.write_difference(tx, actor, now, team.school_id, change)


def fill(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    team: Team,
    joining: Collection[str],
    leaving: Collection[str],
) -> None:
    """Some join a team and some leave it; nobody else changes."""
    move(tx, actor, now, team, joining, leaving)
    settle(tx, [team.school_id], now, {*joining, *leaving})


def move(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    team: Team,
    joining: Collection[str],
    leaving: Collection[str],
    day: date | None = None,
) -> None:
    """As `fill`, from another day on where one is given, and where due days come later."""
    inside = teams.members(tx, team.school_id)[team.id]
    today = day or school_today(tx, team.school_id, now)
    out = [person_id for person_id in leaving if person_id in inside]
    new = [person_id for person_id in joining if person_id not in inside]
    teams.end_members(tx, team.id, out, today)
    teams.add_members(tx, team.id, new, today)
    names = memberships.names(tx, team.school_id, {*out, *new})
    changes = [
        Change(action, "team", team.id, f"{names.get(person_id, '')}: {team.name}", person_id)
        for action, persons in (("left a team", out), ("joined a team", new))
        for person_id in persons
    ]
    auditing.write(tx, actor, now, team.school_id, *changes)


def remove(tx: Transaction, actor: Actor, now: datetime, team: Team) -> None:
    """Remove a team; its people, their enrolments and their records stay, what was required of it ends."""
    today = school_today(tx, team.school_id, now)
    teams.end(tx, team, today)
    auditing.write(tx, actor, now, team.school_id, Change("removed", "team", team.id, team.name))
    courses = requiring.end_of_team(tx, actor, now, team, today)
    if courses:
        settle(tx, [team.school_id], now, courses=courses)
