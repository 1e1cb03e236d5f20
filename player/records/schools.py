"""Schools, their people, teams and keys, as the pages of managers and administrators need them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.orm import Session as Transaction

from player.records.alphabet import plain
from player.records.tables import Enrolment, Person, School, SchoolKey, Team, TeamMember


@dataclass(frozen=True, slots=True)
class Roll:
    """A school and how many people it has now, without those who have left."""

    school: School
    people: int


def _is_here(today: date) -> ColumnElement[bool]:
    """On the day itself somebody has left."""
    return or_(Person.left.is_(None), Person.left > today)


def schools(tx: Transaction, today: date) -> list[Roll]:
    """All schools, by name."""
    here = (Person.school_id == School.id) & _is_here(today)
    wanted = select(School, func.count(Person.id)).outerjoin(Person, here).group_by(School.id)
    return sorted((Roll(*row) for row in tx.execute(wanted)), key=lambda roll: plain(roll.school.name))


def school(tx: Transaction, school_id: str) -> School | None:
    """The school of that id."""
    return tx.get(School, school_id)


def named(tx: Transaction, name: str) -> School | None:
    """The school of that name, however it is capitalised."""
    return next((each for each in tx.scalars(select(School)) if _alike(each.name, name)), None)


def people_of(tx: Transaction, school_id: str) -> Sequence[Person]:
    """Everybody who belongs or belonged to a school, by name."""
    return _by_name(tx.scalars(select(Person).where(Person.school_id == school_id)))


def _by_name(found: Iterable[Person]) -> list[Person]:
    return sorted(found, key=lambda person: (plain(person.name), person.id))


def person(tx: Transaction, person_id: str, school_id: str | None = None) -> Person | None:
    """The person of that id; of one school only, where it is named."""
    found = tx.get(Person, person_id)
    return found if found is not None and school_id in (None, found.school_id) else None


def managers(tx: Transaction, school_id: str, today: date) -> Sequence[Person]:
    """Who manages training at a school now."""
    wanted = select(Person).where(Person.school_id == school_id, Person.role == "manager", _is_here(today))
    return _by_name(tx.scalars(wanted))


def administrators(tx: Transaction) -> Sequence[Person]:
    """Who works for the provider, or did."""
    return _by_name(tx.scalars(select(Person).where(Person.role == "administrator")))


def holders(
    tx: Transaction, emails: Collection[str], school_id: str | None, learner_ids: Collection[str]
) -> tuple[dict[str, Person], dict[str, Person]]:
    """Who has which of these addresses already, at any school, and of the ids at this one."""
    by_email = tx.scalars(select(Person).where(Person.email.in_(emails)))
    by_id = tx.scalars(
        select(Person).where(Person.school_id == school_id, Person.learner_id.in_(learner_ids))
    )
    return {each.email: each for each in by_email if each.email}, {each.learner_id: each for each in by_id}


def teams(tx: Transaction, school_id: str) -> Sequence[Team]:
    """A school's groups, by name."""
    found = tx.scalars(select(Team).where(Team.school_id == school_id))
    return sorted(found, key=lambda team: plain(team.name))


def team(tx: Transaction, school_id: str, team_id: str) -> Team | None:
    """A group, if it is this school's."""
    found = tx.get(Team, team_id)
    return found if found is not None and found.school_id == school_id else None


def known_team(tx: Transaction, school_id: str, name: str) -> Team | None:
    """The school's group of that name, however it is capitalised."""
    return next((each for each in teams(tx, school_id) if _alike(each.name, name)), None)


def _alike(one: str, other: str) -> bool:
    """Not asked of the database: SQLite knows the capitals of English only."""
    return one.casefold() == other.casefold()


def team_named(tx: Transaction, school_id: str, name: str) -> Team:
    """The school's group of that name, made where there is none."""
    found = known_team(tx, school_id, name)
    if found is None:
        found = Team(school_id=school_id, name=name)
        tx.add(found)
        tx.flush()
    return found


def members(tx: Transaction, school_id: str) -> dict[str, set[str]]:
    """The ids of the people in each of a school's groups, by the group's id."""
    found: dict[str, set[str]] = {each.id: set() for each in teams(tx, school_id)}
    wanted = select(TeamMember.team_id, TeamMember.person_id).join(Team, Team.id == TeamMember.team_id)
    for team_id, person_id in tx.execute(wanted.where(Team.school_id == school_id)):
        found[team_id].add(person_id)
    return found


def teams_of(tx: Transaction, school_id: str) -> dict[str, list[str]]:
    """The names of the groups of a school's people, by the person's id."""
    inside = members(tx, school_id)
    found: dict[str, list[str]] = {}
    for each in teams(tx, school_id):
        for person_id in inside[each.id]:
            found.setdefault(person_id, []).append(each.name)
    return found


def remove_team(tx: Transaction, gone: Team) -> None:
    """A group says nothing of what anybody learned: it goes, its people and their enrolments stay."""
    tx.execute(update(Enrolment).where(Enrolment.team_id == gone.id).values(team_id=None))
    tx.execute(delete(TeamMember).where(TeamMember.team_id == gone.id))
    tx.delete(gone)
    tx.flush()


def join_teams(tx: Transaction, person_id: str, school_id: str, wanted: Collection[str]) -> None:
    """Make a person a member of exactly these of the school's groups."""
    for team_id, people in members(tx, school_id).items():
        if team_id in wanted and person_id not in people:
            tx.add(TeamMember(team_id=team_id, person_id=person_id))
        elif team_id not in wanted and person_id in people:
            tx.delete(tx.get_one(TeamMember, (team_id, person_id)))
    tx.flush()


def fill_team(tx: Transaction, team: Team, joining: Collection[str], leaving: Collection[str]) -> None:
    """Some join a group and some leave it; everybody else stays as they are."""
    inside = members(tx, team.school_id)[team.id]
    tx.execute(delete(TeamMember).where(TeamMember.team_id == team.id, TeamMember.person_id.in_(leaving)))
    add_members(tx, team.id, [each for each in joining if each not in inside])


def add_members(tx: Transaction, team_id: str, persons: Collection[str]) -> None:
    """People who are new to a group."""
    tx.add_all(TeamMember(team_id=team_id, person_id=person_id) for person_id in persons)
    tx.flush()


def keys(tx: Transaction, school_id: str) -> Sequence[SchoolKey]:
    """The keys of a school's portals, newest first; their text is known to nobody here."""
    wanted = select(SchoolKey).where(SchoolKey.school_id == school_id).order_by(SchoolKey.created.desc())
    return tx.scalars(wanted).all()


def revoke_key(tx: Transaction, school_id: str, key_hash: str, now: datetime) -> SchoolKey | None:
    """From now on the key opens nothing."""
    found = tx.get(SchoolKey, key_hash)
    if found is None or found.school_id != school_id:
        return None
    found.revoked = found.revoked or now
    return found
