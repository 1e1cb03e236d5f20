"""The search of the lists of people: every word stands somewhere in the name, the address or the staff id."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, or_, select

from player.alphabet import plain
from player.records.columns import table
from player.records.tables import Membership, Person, TeamMember

PERSON, STAY, MEMBER = table(Person), table(Membership), table(TeamMember)


def found(search: str, *more: ColumnElement[str]) -> list[ColumnElement[bool]]:
    """Conditions on a stay and its person; `more` are columns that are searched too."""
    columns = (STAY.c.plain_name, PERSON.c.email, func.lower(STAY.c.staff_id), *map(func.lower, more))
    words = plain(search).split()
    return [or_(*(column.contains(word, autoescape=True) for column in columns)) for word in words]


def in_team(team: str) -> list[ColumnElement[bool]]:
    """The condition that somebody is in this team now; none where no team is named."""
    inside = select(MEMBER.c.person_id).where(MEMBER.c.team_id == team, MEMBER.c.until.is_(None))
    return [STAY.c.person_id.in_(inside)] if team else []
