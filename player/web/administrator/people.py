"""One person: added, changed, given a new start, or gone."""

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
    """Somebody new, with a link to pass on."""
    with database().reading() as tx:
        found, known = school_of(tx, school), teams.of_school(tx, school)
    if request.method != "POST":
        return render_template("administrator/add_person.html", errors={}, school=found, teams=known)
    details, errors = _details()
    with database().writing() as tx:
        errors = staffing.unfit(tx, school, details) | errors
        if not errors:
            person = staffing.add(tx, school, details)
            teams.join(tx, person.id, school, _chosen(known))
    if errors:
        return refused("administrator/add_person.html", errors, school=found, teams=known)
    flash(f"{person.name} is added.")
    return redirect(url_for("administrator.person", person_id=person.id), 303)


@blueprint.route("/people/<person_id>", methods=["GET", "POST"])
def person(person_id: str) -> Page | Response:
    """What is known of somebody, in a form."""
    if request.method != "POST":
        return _page(person_id, {})
    details, errors = _details()
    with database().writing() as tx:
        found = person_of(tx, person_id)
        errors = staffing.unfit(tx, found.school_id, details, found) | errors
        if not errors:
            staffing.change(found, details)
            known = teams.of_school(tx, found.school_id or "")
            teams.join(tx, person_id, found.school_id or "", _chosen(known))
    if errors:
        return _page(person_id, errors), 422
    went = f" {found.name} cannot sign in from {day(found.left)}." if found.left else ""
    flash(f"The changes are saved.{went}")
    return redirect(url_for("administrator.person", person_id=person_id), 303)


@blueprint.post("/people/<person_id>/sign-out")
def sign_out_person(person_id: str) -> Response:
    """A lost telephone: every browser of theirs, and every link, is signed out."""
    with database().writing() as tx:
        found = person_of(tx, person_id)
        found.sign_in_epoch += 1
    flash(f"{found.name} is signed out everywhere, and links made before have ended.")
    return redirect(url_for("administrator.person", person_id=person_id), 303)


@blueprint.post("/people/<person_id>/enrolments/<enrolment>/end")
def end_enrolment(person_id: str, enrolment: str) -> Response:
    """No longer theirs to take."""
    with database().writing() as tx:
        ended = staffing.end_enrolment(tx, person_id, enrolment, now())
    if ended is None:
        abort(404)
    flash("The enrolment has ended. What was done in it stays in the record.")
    return redirect(url_for("administrator.person", person_id=person_id), 303)


@blueprint.post("/schools/<school>/password-links.csv")
def password_links(school: str) -> Download:
    """For everybody who has no password yet: a link each, for the school to pass on."""
    with database().reading() as tx:
        found = school_of(tx, school)
        waiting = [
            each
            for each in people.of_school(tx, school)
            if each.password_hash is None and each.email and not has_left(each)
        ]
    rows = [(each.name, each.email, invitation(each)) for each in waiting]
    return csv_file(f"{found.name} password links", ("Name", "Email", "Link, good for a week"), rows)


def _page(person_id: str, errors: dict[str, str]) -> str:
    with database().reading() as tx:
        found = person_of(tx, person_id)
        school_id = found.school_id or ""
        members = teams.members(tx, school_id)
        return render_template(
            "administrator/person.html",
            shown=found,
            school=school_of(tx, school_id),
            teams=teams.of_school(tx, school_id),
            joined={each for each, inside in members.items() if person_id in inside},
            records=training.records(tx, person=person_id),
            left=has_left(found),
            errors=errors,
        )


def _details() -> tuple[Details, dict[str, str]]:
    role = request.form.get("role", "learner")
    errors = {} if role in ("learner", "manager") else {"role": "Choose learner or manager."}
    left, told = None, text("left")
    if told:
        try:
            left = date.fromisoformat(told)
        except ValueError:
            errors["left"] = f"“{told[:40]}” is not a date. Write it as 2027-03-31."
    return Details(text("name"), text("email").lower(), text("learner_id"), role, left), errors


def _chosen(known: Sequence[Team]) -> set[str]:
    return set(request.form.getlist("team")) & {each.id for each in known}
