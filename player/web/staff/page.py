"""The page of a school's staff: people and teams, for the provider its portals' keys and its name too."""

from __future__ import annotations

from flask import render_template, request

from player.alphabet import holds
from player.records import memberships, school_keys, teams
from player.school import contacts
from player.web.context import database, now, registrar
from player.web.signing import has_left, signed_in
from player.web.staff.blueprint import blueprint, may_link, school_of

PER_PAGE = 100


@blueprint.get("")
def everybody(school: str) -> str:
    """The people of the school and its teams."""
    return school_page(school, {})


def school_page(school_id: str, errors: dict[str, str]) -> str:
    """The page of a school, with the errors of one of its forms."""
    search, at = " ".join(request.args.get("q", "").split()), max(request.args.get("page", 1, int), 1)
    with database().reading() as tx:
        school = school_of(tx, school_id)
        everybody = memberships.of_school(tx, school_id)
        with_members = teams.with_members(tx, school_id)
        keys = school_keys.of_school(tx, school_id) if signed_in().is_administrator else ()
        missing = contacts.missing(tx, registrar().versions, school_id, now())
        waiting = [stay for stay in everybody if stay.email and not stay.has_password and not has_left(stay)]
        waiting = [stay for stay in waiting if may_link(tx, stay)]
    listed = [stay for stay in everybody if holds(f"{stay.name} {stay.email or ''} {stay.job_title}", search)]
    here = [stay for stay in listed if not has_left(stay)]
    known = {stay.person_id for stay in everybody if not has_left(stay)}
    return render_template(
        "staff/school.html",
        school=school,
        people=here[(at - 1) * PER_PAGE : at * PER_PAGE],
        matching=len(here),
        page=at,
        pages=-(-len(here) // PER_PAGE),
        leavers=[stay for stay in listed if has_left(stay)],
        waiting=len(waiting),
        teams=[(team, len(inside & known)) for team, inside in with_members],
        keys=keys,
        missing=missing,
        errors=errors,
        search=search,
    )
