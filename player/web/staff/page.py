"""The page of a school's staff: people and teams, for the provider its portals' keys and its name too."""

from __future__ import annotations

from flask import render_template, request

from player.records import school_keys, staff_list
from player.records.tables import School
from player.school import contacts
from player.web.context import database, now, registrar, today
from player.web.manager import shown
from player.web.signing import signed_in
from player.web.staff.blueprint import blueprint

PER_PAGE = 100


@blueprint.get("")
def everybody(**_: str) -> str:
    """The people of the school and its teams."""
    return school_page(shown(), {})


def school_page(school: School, errors: dict[str, str]) -> str:
    """The page of a school, with the errors of one of its forms."""
    search, at = " ".join(request.args.get("q", "").split()), max(request.args.get("page", 1, int), 1)
    is_provider = signed_in().is_administrator
    with database().reading() as tx:
        day = today(school)
        these = staff_list.searched(tx, school.id, search)
        numbers = staff_list.numbers(tx, day, these, own_only=not is_provider)
        people = staff_list.page(tx, day, these, (at - 1) * PER_PAGE, PER_PAGE)
        leavers = staff_list.page(tx, day, these, 0, PER_PAGE, gone=True)
        teams = staff_list.teams_with_sizes(tx, school.id, day)
        keys = school_keys.of_school(tx, school.id) if is_provider else ()
        missing = contacts.missing(tx, registrar().versions, school.id, now())
    return render_template(
        "staff/school.html",
        school=school,
        people=people,
        numbers=numbers,
        page=at,
        pages=-(-numbers.here // PER_PAGE),
        leavers=leavers,
        teams=teams,
        keys=keys,
        missing=missing,
        errors=errors,
        search=search,
    )
