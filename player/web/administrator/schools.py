"""Schools, and the keys of their portals."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from player.alphabet import holds
from player.lists.fields import unfit_name
from player.records import schools as records
from player.school import customers
from player.web.administrator.blueprint import blueprint, school_of
from player.web.context import database, now, today
from player.web.forms import Page, refused, text
from player.web.signing import actor
from player.web.staff.page import school_page

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
        unfit = customers.unfit(tx, name)
        made = None if unfit else customers.add(tx, actor(), now(), name)
    if made is None:
        return refused("administrator/schools.html", {"name": unfit}, few=FEW, **_listed())
    flash(f"{name} has been added. Now add its staff.")
    return redirect(url_for("staff.everybody", school=made.id), 303)


@blueprint.get("/schools/<school>")
def school(school: str) -> Response:
    """The page of a school is that of its staff."""
    with database().reading() as tx:
        school_of(tx, school)
    return redirect(url_for("staff.everybody", school=school, q=request.args.get("q")), 303)


@blueprint.post("/schools/<school>/name")
def rename(school: str) -> Page | Response:
    """Rename a school."""
    name = text("name")
    with database().writing() as tx:
        known_school = school_of(tx, school)
        unfit = customers.unfit(tx, name, known_school)
        if not unfit:
            customers.rename(tx, actor(), now(), known_school, name)
    if unfit:
        return school_page(known_school, {"name": unfit}), 422
    flash(f"The school is now called {name}.")
    return redirect(url_for("staff.everybody", school=school), 303)


@blueprint.post("/schools/<school>/keys")
def add_key(school: str) -> Page:
    """Add a key for a portal; it is shown this once."""
    name = text("key")
    unfit = unfit_name(name)
    with database().writing() as tx:
        known_school = school_of(tx, school)
        key = "" if unfit else customers.add_key(tx, actor(), now(), known_school, name)
    if unfit:
        return school_page(known_school, {"key": f"{unfit}."}), 422
    return render_template("administrator/new_key.html", school=known_school, name=name, key=key)


@blueprint.post("/schools/<school>/keys/<key>/revoke")
def revoke_key(school: str, key: str) -> Response:
    """Revoke a key: its portal can launch nothing more."""
    with database().writing() as tx:
        revoked = customers.revoke_key(tx, actor(), now(), school, key)
    if revoked is None:
        abort(404)
    flash(f"The key “{revoked.name}” no longer works.")
    return redirect(url_for("staff.everybody", school=school), 303)


def _listed() -> dict[str, Any]:
    search = _search()
    with database().reading() as tx:
        rolls = records.rolls(tx, today())
    listed = [roll for roll in rolls if holds(roll.school.name, search)]
    return {"rolls": listed, "search": search}


def _search() -> str:
    return " ".join(request.args.get("q", "").split())
