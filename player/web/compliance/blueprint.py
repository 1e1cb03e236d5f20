"""The blueprint of the compliance pages: who may open them, and due days of today."""

from __future__ import annotations

from flask import Blueprint, g

from player.school import standings
from player.web.context import database, now
from player.web.manager import find_school, school_day, shown
from player.web.signing import admit

blueprint = Blueprint("compliance", __name__, url_prefix="/schools/<school>/compliance")
blueprint.before_request(admit("manager", "administrator"))
blueprint.before_request(find_school)


@blueprint.before_request
def bring_up_to_date() -> None:
    """Compute the school's due days where a new day may have changed them."""
    g.table = standings.bring_up_to_date(database(), shown().id, school_day(), now())
