"""A school's staff, for its managers and the provider: who may open the pages, and what an address names."""

from __future__ import annotations

from collections.abc import Collection

from flask import Blueprint, abort

from player.records import memberships, teams
from player.records.database import Transaction
from player.records.people import is_shared
from player.records.tables import Membership, Team
from player.web.manager import find_school
from player.web.signing import admit, has_left, signed_in

blueprint = Blueprint("staff", __name__, url_prefix="/schools/<school>/staff")
blueprint.before_request(admit("manager", "administrator"))
blueprint.before_request(find_school)


def team_of(tx: Transaction, school_id: str, team_id: str) -> Team:
    """The school's team of that id, or 404."""
    return teams.team(tx, school_id, team_id) or abort(404)


def people_here(tx: Transaction, school_id: str, persons: Collection[str] | None = None) -> list[Membership]:
    """A school's people without those who have left, by name; of these people where they are named."""
    return [stay for stay in memberships.of_school(tx, school_id, persons) if not has_left(stay)]


def may_link(tx: Transaction, stay: Membership) -> bool:
    """True where the person of this request may make a password link for somebody, or sign them out.

    Whoever has the link has the account: managers make links for their learners, and only for accounts that
    no other school has a part in.
    """
    if signed_in().is_administrator:
        return True
    return stay.access == "learner" and not is_shared(tx, stay.person, stay.school_id)
