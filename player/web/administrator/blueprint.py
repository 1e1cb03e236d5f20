"""What all of the provider's pages share: who may ask, and the school that an address names."""

from __future__ import annotations

from flask import Blueprint, abort

from player.records import people, schools, teams
from player.records.database import Transaction
from player.records.tables import Person, School, Team
from player.web.signing import admit, has_left

blueprint = Blueprint("administrator", __name__, url_prefix="/provider")
blueprint.before_request(admit("administrator"))


def school_of(tx: Transaction, school_id: str) -> School:
    """The school, or a page that says there is none."""
    return schools.school(tx, school_id) or abort(404)


def team_of(tx: Transaction, school_id: str, team_id: str) -> Team:
    """A group of this school, or a page that says there is none."""
    return teams.team(tx, school_id, team_id) or abort(404)


def people_here(tx: Transaction, school_id: str) -> list[Person]:
    """A school's people without those who have left, by name."""
    return [each for each in people.of_school(tx, school_id) if not has_left(each)]


def person_of(tx: Transaction, person_id: str) -> Person:
    """Somebody of a school, or a page that says there is nobody."""
    found = people.person(tx, person_id)
    return found if found is not None and found.school_id is not None else abort(404)
