"""The provider's pages: who may open them, and the school, team or person that an address names."""

from __future__ import annotations

from flask import Blueprint, abort

from player.records import people, schools, teams
from player.records.database import Transaction
from player.records.tables import Person, School, Team
from player.web.signing import admit, has_left

blueprint = Blueprint("administrator", __name__, url_prefix="/provider")
blueprint.before_request(admit("administrator"))


def school_of(tx: Transaction, school_id: str) -> School:
    """The school of that id, or 404."""
    return schools.school(tx, school_id) or abort(404)


def team_of(tx: Transaction, school_id: str, team_id: str) -> Team:
    """The school's team of that id, or 404."""
    return teams.team(tx, school_id, team_id) or abort(404)


def people_here(tx: Transaction, school_id: str) -> list[Person]:
    """A school's people without those who have left, by name."""
    return [person for person in people.of_school(tx, school_id) if not has_left(person)]


def person_of(tx: Transaction, person_id: str) -> Person:
    """The person of that id, if they belong to a school, or 404."""
    known = people.person(tx, person_id)
    return known if known is not None and known.school_id is not None else abort(404)
