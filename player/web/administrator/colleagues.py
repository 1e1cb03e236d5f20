"""The provider's own administrators: listed, added, dismissed."""

from __future__ import annotations

from flask import abort, current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from player.records import people
from player.school import accounts
from player.web.administrator.blueprint import blueprint
from player.web.auth import right_password
from player.web.context import database, now
from player.web.forms import Page, refused, text
from player.web.invitations import DAYS, invitation
from player.web.signing import actor, present, signed_in
from player.web.throttling import tried_password


@blueprint.get("/administrators")
def administrators() -> str:
    """The list of administrators."""
    return render_template("administrator/administrators.html", errors={}, **_listed())


@blueprint.post("/administrators")
def add_administrator() -> Page:
    """Add an administrator, or bring a former one back, or make another link. It takes the password of the
    person who adds, so that nobody can do it at a browser that was left open."""
    name, email = text("name"), text("email").lower()
    errors = {}
    with tried_password(signed_in().id, present().id) as tried:
        tried.counts = not right_password(signed_in())
    if tried.counts:
        errors["current"] = "This is not your password."
    with database().writing() as tx:
        errors = accounts.unfit_administrator(tx, name, email) | errors
        if not errors:
            made = accounts.add_administrator(tx, actor(), now(), email, name)
    if errors:
        return refused("administrator/administrators.html", errors, **_listed())
    current_app.logger.warning("%s made %s an administrator", signed_in().email, made.email)
    return render_template(
        "administrator/new_administrator.html", shown=made, link=invitation(made), days=DAYS
    )


@blueprint.post("/administrators/<person_id>/leave")
def dismiss(person_id: str) -> Response:
    """End an administrator's account at once; nobody can end their own, so that somebody is left."""
    with database().writing() as tx:
        person = people.person(tx, person_id)
        if person is None or not person.is_administrator:
            abort(404)
        if person.id != signed_in().id:
            accounts.dismiss(tx, actor(), now(), person)
    if person.id == signed_in().id:
        flash("Nothing was changed: only another administrator can close your account.")
    else:
        flash(f"{person.name} is no longer an administrator.")
        current_app.logger.warning("%s ended the account of %s", signed_in().email, person.email)
    return redirect(url_for("administrator.administrators"), 303)


def _listed() -> dict[str, object]:
    with database().reading() as tx:
        return {"administrators": people.administrators(tx)}
