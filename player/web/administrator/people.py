"""One person: added, changed, signed out, withdrawn from a course."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import Response as Download
from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from player.records import people, teams, training
from player.records.tables import Team
from player.school import staffing
from player.school.staffing import Details
from player.web.administrator.blueprint import blueprint, person_of, school_of
from player.web.context import database, now
from player.web.export import csv_file
from player.web.forms import Page, refused, text
from player.web.invitations import invitation
from player.web.signing import has_left
from player.web.wording import day


@blueprint.route("/schools/<school>/people/new", methods=["GET", "POST"])
def add_person(school: str) -> Page | Response:
    """Add a person."""
    with database().reading() as tx:
        known_school, known = school_of(tx, school), teams.of_school(tx, school)
    if request.method != "POST":
        return render_template("administrator/add_person.html", errors={}, school=known_school, teams=known)
    details, errors = _details()
    with database().writing() as tx:
        errors = staffing.unfit(tx, school, details) | errors
        if not errors:
            person = staffing.add(tx, school, details)
            teams.join(tx, person.id, school, _chosen(known))
    if errors:
        return refused("administrator/add_person.html", errors, school=known_school, teams=known)
    flash(f"{person.name} has been added.")
    return redirect(url_for("administrator.person", person_id=person.id), 303)


@blueprint.route("/people/<person_id>", methods=["GET", "POST"])
def person(person_id: str) -> Page | Response:
    """The form of a person, and what was changed in it."""
    if request.method != "POST":
        return _page(person_id, {})
    details, errors = _details()
    with database().writing() as tx:
        known = person_of(tx, person_id)
        errors = staffing.unfit(tx, known.school_id, details, known) | errors
        if not errors:
            staffing.change(known, details)
            choices = teams.of_school(tx, known.school_id or "")
            teams.join(tx, person_id, known.school_id or "", _chosen(choices))
    if errors:
        return _page(person_id, errors), 422
    went = f" {known.name} cannot sign in from {day(known.left)}." if known.left else ""
    flash(f"Your changes have been saved.{went}")
    return redirect(url_for("administrator.person", person_id=person_id), 303)


@blueprint.post("/people/<person_id>/sign-out")
def sign_out_person(person_id: str) -> Response:
    """End all sign-ins and links of a person, who may have lost a telephone."""
    with database().writing() as tx:
        known = person_of(tx, person_id)
        known.sign_in_epoch += 1
    flash(f"{known.name} is signed out everywhere, and earlier password links no longer work.")
    return redirect(url_for("administrator.person", person_id=person_id), 303)


@blueprint.post("/people/<person_id>/enrolments/<enrolment>/end")
def end_enrolment(person_id: str, enrolment: str) -> Response:
    """End an enrolment."""
    with database().writing() as tx:
        ended = staffing.end_enrolment(tx, person_id, enrolment, now())
    if ended is None:
        abort(404)
    flash("The enrolment has ended. The record is kept.")
    return redirect(url_for("administrator.person", person_id=person_id), 303)


@blueprint.post("/schools/<school>/password-links.csv")
def password_links(school: str) -> Download:
    """A download with a link for everybody who has no password yet, for the school to pass on."""
    with database().reading() as tx:
        known_school = school_of(tx, school)
        waiting = [
            person
            for person in people.of_school(tx, school)
            if person.password_hash is None and person.email and not has_left(person)
        ]
    rows = [(person.name, person.email, invitation(person)) for person in waiting]
    return csv_file(
        f"{known_school.name} password links", ("Name", "E-mail", "Password link (works for a week)"), rows
    )


def _page(person_id: str, errors: dict[str, str]) -> str:
    with database().reading() as tx:
        known = person_of(tx, person_id)
        school_id = known.school_id or ""
        members = teams.members(tx, school_id)
        return render_template(
            "administrator/person.html",
            shown=known,
            school=school_of(tx, school_id),
            teams=teams.of_school(tx, school_id),
            joined={team for team, inside in members.items() if person_id in inside},
            records=training.records(tx, person=person_id),
            left=has_left(known),
            errors=errors,
        )


def _details() -> tuple[Details, dict[str, str]]:
    role = request.form.get("role", "learner")
    errors = {} if role in ("learner", "manager") else {"role": "Choose learner or training manager."}
    left, written = None, text("left")
    if written:
        try:
            left = date.fromisoformat(written)
        except ValueError:
            errors["left"] = f"“{written[:40]}” is not a date. Write it like this: 2027-03-31."
    return Details(text("name"), text("email").lower(), text("learner_id"), role, left), errors


def _chosen(known: Sequence[Team]) -> set[str]:
    return set(request.form.getlist("team")) & {team.id for team in known}
