"""The search of the lists of people: every word stands in the name or the address, or begins the staff id."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session as Transaction

from player.alphabet import plain
from player.records.columns import table
from player.records.tables import Membership, Person, TeamMember

PERSON, STAY, MEMBER = table(Person), table(Membership), table(TeamMember)
NAMED = 1000  # stays that a condition names by their ids
MOST_WORDS = 20  # of a search: the condition for each makes the statement larger


def found_once(
    tx: Transaction, school: str, search: str, *more: ColumnElement[str]
) -> list[ColumnElement[bool]]:
    """Conditions on a stay of the school and its person, for several questions; `more` are columns that are
    searched too. The names are read here, once, unless more than `NAMED` stays match."""
    conditions = _words(search, *more)
    of_school = [STAY.c.school_id == school, *conditions]
    if not conditions:
        return of_school
    stays = select(STAY.c.id).join(PERSON, PERSON.c.id == STAY.c.person_id)
    ids = tx.scalars(stays.where(*of_school).limit(NAMED + 1)).all()
    return [STAY.c.id.in_(ids)] if len(ids) <= NAMED else of_school


def _words(search: str, *more: ColumnElement[str]) -> list[ColumnElement[bool]]:
    columns = (STAY.c.plain_name, PERSON.c.email, *map(func.lower, more))
    staff_id = func.lower(STAY.c.staff_id)  # one that was made up has any letters in its middle
    return [
        or_(
            staff_id.startswith(word, autoescape=True),
            *(column.contains(word, autoescape=True) for column in columns),
        )
        for word in plain(search).split()[:MOST_WORDS]
    ]


def in_team(team: str) -> list[ColumnElement[bool]]:
    """The condition that somebody is in this team now; none where no team is named."""
    inside = select(MEMBER.c.person_id).where(MEMBER.c.team_id == team, MEMBER.c.until.is_(None))
    return [STAY.c.person_id.in_(inside)] if team else []
