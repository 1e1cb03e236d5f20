"""The provider's pages: who may open them, and the school that an address names."""

from __future__ import annotations

from flask import Blueprint, abort

from player.records import memberships, schools
from player.records.database import Transaction
from player.records.tables import Membership, School
from player.web.signing import admit, has_left

blueprint = Blueprint("administrator", __name__, url_prefix="/provider")
blueprint.before_request(admit("administrator"))


def school_of(tx: Transaction, school_id: str) -> School:
    """The school of that id, or 404."""
    return schools.school(tx, school_id) or abort(404)


def people_here(tx: Transaction, school_id: str) -> list[Membership]:
    """A school's people without those who have left, by name."""
    return [stay for stay in memberships.of_school(tx, school_id) if not has_left(stay)]
