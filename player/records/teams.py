"""Teams of a school, and their members."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session as Transaction

from player.records.alphabet import alike, plain
from player.records.tables import (
    Enrolment,
    Team,
    TeamMember,
)


def of_school(tx: Transaction, school_id: str) -> Sequence[Team]:
    """A school's teams, by name."""
    teams = tx.scalars(select(Team).where(Team.school_id == school_id))
    return sorted(teams, key=lambda team: plain(team.name))


def team(tx: Transaction, school_id: str, team_id: str) -> Team | None:
    """The team of that id; None where it is not this school's."""
    known = tx.get(Team, team_id)
    return known if known is not None and known.school_id == school_id else None


def known_team(tx: Transaction, school_id: str, name: str) -> Team | None:
    """The school's team of that name, however it is capitalised."""
    return next((team for team in of_school(tx, school_id) if alike(team.name, name)), None)


def team_named(tx: Transaction, school_id: str, name: str) -> Team:
    """The school's team of that name, made where there is none."""
    named = known_team(tx, school_id, name)
    if named is None:
        named = Team(school_id=school_id, name=name)
        tx.add(named)
        tx.flush()
    return named


def members(tx: Transaction, school_id: str) -> dict[str, set[str]]:
    """The ids of the people in each of a school's teams, by the team's id."""
    inside: dict[str, set[str]] = {team.id: set() for team in of_school(tx, school_id)}
    wanted = select(TeamMember.team_id, TeamMember.person_id).join(Team, Team.id == TeamMember.team_id)
    for team_id, person_id in tx.execute(wanted.where(Team.school_id == school_id)):
        inside[team_id].add(person_id)
    return inside


def names_by_person(tx: Transaction, school_id: str) -> dict[str, list[str]]:
    """The names of the teams of a school's people, by the person's id."""
    inside = members(tx, school_id)
    names: dict[str, list[str]] = {}
    for team in of_school(tx, school_id):
        for person_id in inside[team.id]:
            names.setdefault(person_id, []).append(team.name)
    return names


def remove(tx: Transaction, gone: Team) -> None:
    """Delete a team; its people and their enrolments stay."""
    tx.execute(update(Enrolment).where(Enrolment.team_id == gone.id).values(team_id=None))
    tx.execute(delete(TeamMember).where(TeamMember.team_id == gone.id))
    tx.delete(gone)
    tx.flush()


def join(tx: Transaction, person_id: str, school_id: str, wanted: Collection[str]) -> None:
    """Make a person a member of exactly these of the school's teams."""
    for team_id, people in members(tx, school_id).items():
        if team_id in wanted and person_id not in people:
            tx.add(TeamMember(team_id=team_id, person_id=person_id))
        elif team_id not in wanted and person_id in people:
            tx.delete(tx.get_one(TeamMember, (team_id, person_id)))
    tx.flush()


def fill(tx: Transaction, team: Team, joining: Collection[str], leaving: Collection[str]) -> None:
    """Some join a team and some leave it; nobody else changes."""
    inside = members(tx, team.school_id)[team.id]
    tx.execute(delete(TeamMember).where(TeamMember.team_id == team.id, TeamMember.person_id.in_(leaving)))
    add_members(tx, team.id, [person_id for person_id in joining if person_id not in inside])


def add_members(tx: Transaction, team_id: str, persons: Collection[str]) -> None:
    """Add people who are not in the team yet."""
    tx.add_all(TeamMember(team_id=team_id, person_id=person_id) for person_id in persons)
    tx.flush()
