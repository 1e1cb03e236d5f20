"""Schools, and the keys of their portals."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from player.lists.fields import unfit_name
from player.records import memberships, school_keys, teams
from player.records import schools as records
from player.records.alphabet import holds
from player.records.tables import School
from player.school import contacts
from player.web.administrator.blueprint import blueprint, school_of
from player.web.context import database, now, registrar, today
from player.web.forms import Page, refused, text
from player.web.signing import has_left

PER_PAGE = 100
FEW = 12  # schools that are seen at a glance, without a search


@blueprint.get("/schools")
def schools() -> str:
    """All schools, or those whose name is searched for."""
    return render_template("administrator/schools.html", errors={}, few=FEW, **_listed())


@blueprint.post("/schools")
def add_school() -> Page | Response:
    """Add a school."""
    name = text("name")
    with database().writing() as tx:
        unfit = unfit_name(name) or (
            f"There is already a school called “{name}”" if records.named(tx, name) else ""
        )
        if not unfit:
            made = School(name=name)
            tx.add(made)
            tx.flush()
    if unfit:
        return refused("administrator/schools.html", {"name": f"{unfit}."}, few=FEW, **_listed())
    flash(f"{name} has been added. Now add its staff.")
    return redirect(url_for("administrator.school", school=made.id), 303)


@blueprint.get("/schools/<school>")
def school(school: str) -> str:
    """One school: its people, its teams, its keys."""
    return school_page(school, {})


@blueprint.post("/schools/<school>/name")
def rename(school: str) -> Page | Response:
    """Rename a school."""
    name = text("name")
    with database().writing() as tx:
        known_school = school_of(tx, school)
        other = records.named(tx, name)
        unfit = unfit_name(name)
        if other is not None and other.id != known_school.id:
            unfit = f"There is already a school called “{name}”"
        if not unfit:
            known_school.name = name
    if unfit:
        return school_page(school, {"name": f"{unfit}."}), 422
    flash(f"The school is now called {name}.")
    return redirect(url_for("administrator.school", school=school), 303)


@blueprint.post("/schools/<school>/keys")
def add_key(school: str) -> Page:
    """Add a key for a portal; it is shown this once."""
    name = text("key")
    if unfit := unfit_name(name):
        return school_page(school, {"key": f"{unfit}."}), 422
    with database().writing() as tx:
        known_school = school_of(tx, school)
        key = school_keys.add(tx, school, name, now())
    return render_template("administrator/new_key.html", school=known_school, name=name, key=key)


@blueprint.post("/schools/<school>/keys/<key>/revoke")
def revoke_key(school: str, key: str) -> Response:
    """Revoke a key: its portal can launch nothing more."""
    with database().writing() as tx:
        revoked = school_keys.revoke(tx, school, key, now())
    if revoked is None:
        abort(404)
    flash(f"The key “{revoked.name}” no longer works.")
    return redirect(url_for("administrator.school", school=school), 303)


def _listed() -> dict[str, Any]:
    search = _search()
    with database().reading() as tx:
        rolls = records.rolls(tx, today())
    listed = [roll for roll in rolls if holds(roll.school.name, search)]
    return {"rolls": listed, "search": search}


def _search() -> str:
    return " ".join(request.args.get("q", "").split())


def school_page(school_id: str, errors: dict[str, str]) -> str:
    """The page of a school, with the errors of one of its forms."""
    search, at = _search(), max(request.args.get("page", 1, int), 1)
    with database().reading() as tx:
        known_school = school_of(tx, school_id)
        everybody = memberships.of_school(tx, school_id)
        members, known_teams = teams.members(tx, school_id), teams.of_school(tx, school_id)
        keys = school_keys.of_school(tx, school_id)
        missing = contacts.missing(tx, registrar().versions, school_id, now())
    listed = [stay for stay in everybody if holds(f"{stay.name} {stay.email or ''}", search)]
    here = [stay for stay in listed if not has_left(stay)]
    known = {stay.person_id for stay in everybody if not has_left(stay)}
    return render_template(
        "administrator/school.html",
        school=known_school,
        people=here[(at - 1) * PER_PAGE : at * PER_PAGE],
        matching=len(here),
        page=at,
        pages=-(-len(here) // PER_PAGE),
        leavers=[stay for stay in listed if has_left(stay)],
        waiting=sum(not stay.has_password and bool(stay.email) and not has_left(stay) for stay in everybody),
        teams=[(team, len(members[team.id] & known)) for team in known_teams],
        keys=keys,
        missing=missing,
        errors=errors,
        search=search,
    )
