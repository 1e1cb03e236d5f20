"""Teams of a school, and who is in them since when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session as Transaction

from player.alphabet import alike, plain
from player.records.tables import Team, TeamMember


def of_school(tx: Transaction, school_id: str) -> Sequence[Team]:
    """A school's teams, by name."""
    teams = tx.scalars(select(Team).where(Team.school_id == school_id, Team.until.is_(None)))
    return sorted(teams, key=lambda team: plain(team.name))


def names(tx: Transaction, school_id: str | None) -> dict[str, str]:
    """The names of a school's teams, or of all, by their ids, those that were removed too."""
    wanted = select(Team) if school_id is None else select(Team).where(Team.school_id == school_id)
    return {team.id: team.name for team in tx.scalars(wanted)}


def team(tx: Transaction, school_id: str, team_id: str) -> Team | None:
    """The team of that id; None where it is not this school's, or was removed."""
    known = tx.get(Team, team_id)
    return known if known is not None and known.school_id == school_id and known.until is None else None


def known_team(tx: Transaction, school_id: str, name: str) -> Team | None:
    """The school's team of that name, however it is capitalised, also one that was removed."""
    known = tx.scalars(select(Team).where(Team.school_id == school_id))
    return next((team for team in known if alike(team.name, name)), None)


def team_named(tx: Transaction, school_id: str, name: str) -> Team:
    """The school's team of that name, made where there is none; one that was removed is there again."""
    named = known_team(tx, school_id, name)
    if named is None:
        named = Team(school_id=school_id, name=name)
        tx.add(named)
    named.until = None
    tx.flush()
    return named


def members(tx: Transaction, school_id: str) -> dict[str, set[str]]:
    """The ids of the people in each of a school's teams now, by the team's id."""
    inside: dict[str, set[str]] = {team.id: set() for team in of_school(tx, school_id)}
    wanted = select(TeamMember.team_id, TeamMember.person_id).join(Team, Team.id == TeamMember.team_id)
    for team_id, person_id in tx.execute(
        wanted.where(Team.school_id == school_id, TeamMember.until.is_(None))
    ):
        inside[team_id].add(person_id)
    return inside


def inside(tx: Transaction, school_id: str, team_id: str) -> set[str]:
    """The ids of the people in one of a school's teams now; nobody where it is not a team of theirs."""
    if team(tx, school_id, team_id) is None:
        return set()
    wanted = select(TeamMember.person_id).where(TeamMember.team_id == team_id, TeamMember.until.is_(None))
    return set(tx.scalars(wanted))


def members_on(tx: Transaction, school_id: str, day: date) -> dict[str, set[str]]:
    """As `members`, on a past day, also in teams that were removed since."""
    wanted = select(TeamMember.team_id, TeamMember.person_id).join(Team, Team.id == TeamMember.team_id)
    wanted = wanted.where(
        Team.school_id == school_id,
        TeamMember.since <= day,
        or_(TeamMember.until.is_(None), TeamMember.until > day),
    )
    inside: dict[str, set[str]] = {}
    for team_id, person_id in tx.execute(wanted):
        inside.setdefault(team_id, set()).add(person_id)
    return inside


def names_by_person(tx: Transaction, school_id: str) -> dict[str, list[str]]:
    """The names of the teams of a school's people, by the person's id."""
    inside = members(tx, school_id)
    names: dict[str, list[str]] = {}
    for team in of_school(tx, school_id):
        for person_id in inside[team.id]:
            names.setdefault(person_id, []).append(team.name)
    return names


def of_person(tx: Transaction, school_id: str, person_id: str) -> list[Team]:
    """The teams that one of a school's people is in now, by name."""
    wanted = select(Team).join(TeamMember, TeamMember.team_id == Team.id)
    wanted = wanted.where(Team.school_id == school_id, Team.until.is_(None))
    rows = tx.scalars(wanted.where(TeamMember.person_id == person_id, TeamMember.until.is_(None)))
    return sorted(rows, key=lambda team: plain(team.name))


def end(tx: Transaction, gone: Team, today: date) -> None:
    """Remove a team; that people were in it stays known for past days."""
    tx.execute(
        update(TeamMember)
        .where(TeamMember.team_id == gone.id, TeamMember.until.is_(None))
        .values(until=today)
    )
    gone.until = today
    tx.flush()


def add_members(tx: Transaction, team_id: str, persons: Collection[str], today: date) -> None:
    """Add people who are not in the team yet."""
    tx.add_all(TeamMember(team_id=team_id, person_id=person_id, since=today) for person_id in persons)
    tx.flush()


def end_members(tx: Transaction, team_id: str, persons: Collection[str], today: date) -> None:
    """Some people are no longer in the team."""
    of_them = (TeamMember.team_id == team_id, TeamMember.person_id.in_(persons), TeamMember.until.is_(None))
    tx.execute(update(TeamMember).where(*of_them).values(until=today))
