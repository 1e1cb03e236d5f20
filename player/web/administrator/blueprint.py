"""The provider's pages: who may open them, and the school that an address names."""

from __future__ import annotations

from flask import Blueprint, abort

from player.records import schools
from player.records.database import Transaction
from player.records.tables import School
from player.web.signing import admit

blueprint = Blueprint("administrator", __name__, url_prefix="/provider")
blueprint.before_request(admit("administrator"))


def school_of(tx: Transaction, school_id: str) -> School:
    """The school of that id, or 404."""
    return schools.school(tx, school_id) or abort(404)
