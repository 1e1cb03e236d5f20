"""One person of a school: added, changed, back again, signed out, withdrawn from a course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Response as Download
from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from player.records import due, enrolments, memberships, people, staff_list, teams, training
from player.records.database import Transaction
from player.records.tables import Membership, Team
from player.school import enrolling, notices, staffing
from player.school.staffing import Details
from player.web.context import database, now, settings
from player.web.export import csv_file
from player.web.forms import Page, day_of, refused, text
from player.web.invitations import invitation
from player.web.manager import member, school_day, shown
from player.web.posted import posted
from player.web.signing import actor, has_left, signed_in
from player.web.staff.blueprint import blueprint, may_link
from player.web.watching import saw
from player.web.wording import day

# The fields of a person's form that may be the same as the page showed them.
SHOWN = ("name", "email", "staff_id", "access", "job_title", "until", "on_leave")


@blueprint.route("/new", methods=["GET", "POST"])
def add_person(school: str) -> Page | Response:
    """Add a person; whoever has an account already keeps it, and only the membership is new."""
    with database().reading() as tx:
        known = teams.of_school(tx, school)
    if request.method != "POST":
        return render_template("staff/add_person.html", errors={}, school=shown(), teams=known)
    details, errors = _details()
    with database().writing() as tx:
        errors = staffing.unfit(tx, actor(school), school, details) | errors
        if not errors:
            stay = staffing.add(tx, actor(school), now(), school, details)
            staffing.join_teams(tx, actor(school), now(), stay, _chosen(known))
            has_account = people.is_shared(tx, stay.person, school)
            invited = request.form.get("invite") == "yes" and notices.invite(
                tx, settings(), actor(school), now(), stay
            )
    if errors:
        return refused("staff/add_person.html", errors, school=shown(), teams=known)
    account = f" They sign in as before: {stay.email} has an account already." if has_account else ""
    sent = f" {posted(1, 'invitation')}" if invited else ""
    flash(f"{stay.name} has been added.{account}{sent}")
    return redirect(url_for("staff.person", school=school, person_id=stay.person_id), 303)


@blueprint.route("/people/<person_id>", methods=["GET", "POST"])
def person(school: str, person_id: str) -> Page | Response:
    """The form of a person, and what was changed in it."""
    if request.method != "POST":
        return _page(school, person_id, {})
    details, errors = _details()
    with database().writing() as tx:
        known = member(tx, school, person_id)
        details = _unless_same(known, details)
        errors = staffing.unfit(tx, actor(school), school, details, known) | errors
        errors = _unfit_own(known, details) | errors
        if not errors:
            old = known.email
            staffing.change(tx, actor(school), now(), known, details)
            notices.tell_address_changed(tx, settings(), known.person, old, now())
            staffing.join_teams(tx, actor(school), now(), known, _wanted(tx, known))
    if errors:
        return _page(school, person_id, errors), 422
    went = ""
    if known.until:
        went = f" {known.name} {'left' if has_left(known) else 'leaves'} on {day(known.until)}."
    flash(f"Your changes have been saved.{went}")
    return redirect(url_for("staff.person", school=school, person_id=person_id), 303)


@blueprint.post("/people/<person_id>/back")
def come_back(school: str, person_id: str) -> Page | Response:
    """Somebody who has left is back: a new stay, with the courses and the record of before."""
    since, error = day_of("back")
    with database().writing() as tx:
        known = member(tx, school, person_id)
        if not has_left(known):
            flash(f"{known.name} is at the school already.")
            return redirect(url_for("staff.person", school=school, person_id=person_id), 303)
        if since is None:
            error = error or "Write the day from which they are back."
        elif known.until is not None and since < known.until:
            error = f"They left on {day(known.until)}: choose that day or a later one."
        else:
            staffing.come_back(tx, actor(school), now(), known, since)
    if error:
        return _page(school, person_id, {"back": error}), 422
    flash(f"{known.name} is back.")
    return redirect(url_for("staff.person", school=school, person_id=person_id), 303)


@blueprint.post("/people/<person_id>/sign-out")
def sign_out_person(school: str, person_id: str) -> Response:
    """End all sign-ins and links of a person, who may have lost a telephone."""
    with database().writing() as tx:
        known = member(tx, school, person_id)
        if not may_link(tx, known):
            abort(403)
        staffing.sign_out(tx, actor(school), now(), known)
    flash(f"{known.name} is signed out everywhere, and earlier password links no longer work.")
    return redirect(url_for("staff.person", school=school, person_id=person_id), 303)


@blueprint.post("/people/<person_id>/enrolments/<enrolment>/end")
def end_enrolment(school: str, person_id: str, enrolment: str) -> Response:
    """End an enrolment: the provider's to do."""
    if not signed_in().is_administrator:
        abort(403)
    with database().writing() as tx:
        stay = member(tx, school, person_id)
        known = enrolments.enrolment(tx, enrolment, school, person_id) or abort(404)
        is_required = known.course_id in _required(tx, school, person_id)
        if not is_required:
            enrolling.end(tx, actor(school), now(), stay, known)
    if is_required:
        flash(f"Nothing has changed: the course is required of {stay.name}.")
    else:
        flash("The enrolment has ended. The record is kept.")
    return redirect(url_for("staff.person", school=school, person_id=person_id), 303)


def _required(tx: Transaction, school: str, person_id: str) -> set[str]:
    pairs = due.required_pairs(tx, school, school_day(), person_id)
    return {course for _, course in pairs}


@blueprint.post("/password-links.csv")
def password_links(school: str) -> Download:
    """A download with a link for everybody who has no password yet, for the school to pass on."""
    with database().reading() as tx:
        waiting = staff_list.waiting(tx, school, school_day(), own_only=not signed_in().is_administrator)
    saw("downloaded", "list", "password links", "Password links")
    rows = [(stay.name, stay.email, invitation(stay.person)) for stay in waiting]
    return csv_file(
        f"{shown().name} password links", ("Name", "E-mail", "Password link (works for a week)"), rows
    )


def _unfit_own(stay: Membership, details: Details) -> dict[str, str]:
    """A manager changes neither their own access nor their own last day: somebody else does."""
    if stay.person_id != signed_in().id or signed_in().is_administrator:
        return {}
    errors = {}
    if details.access != stay.access:
        errors["access"] = "Ask another manager or the provider to change your own access."
    if details.until != stay.until:
        errors["until"] = "Ask another manager or the provider to enter the day on which you leave."
    return errors


def _page(school: str, person_id: str, errors: dict[str, str]) -> str:
    with database().reading() as tx:
        known = member(tx, school, person_id)
        return render_template(
            "staff/person.html",
            shown=known,
            school=known.school,
            teams=teams.of_school(tx, school),
            joined={team.id for team in teams.of_person(tx, school, person_id)},
            records=training.records(tx, school=school, person=person_id, on=school_day()),
            required=_required(tx, school, person_id),
            stays=memberships.stays(tx, school, person_id),
            left=has_left(known),
            may_link=bool(known.email) and not has_left(known) and may_link(tx, known),
            today_iso=school_day().isoformat(),
            errors=errors,
        )


def _details() -> tuple[Details, dict[str, str]]:
    access = request.form.get("access", "learner")
    errors = {} if access in ("learner", "manager") else {"access": "Choose learner or training manager."}
    until, error = day_of("until")
    if error:
        errors["until"] = error
    on_leave = "on_leave" in request.form if "asks_leave" in request.form else None
    told = (text("name"), text("email").lower(), text("staff_id"), access, text("job_title"))
    details = Details(*told, until, on_leave)
    return details, errors


def _unless_same(stay: Membership, details: Details) -> Details:
    """The details without the fields that the form sends as it showed them: somebody else may have changed
    these since."""
    same = {name for name in SHOWN if request.form.get(f"was.{name}") == request.form.get(name, "")}
    kept: dict[str, Any] = {name: getattr(stay, name) for name in same}
    if "email" in kept:
        kept["email"] = stay.email or ""
    return replace(details, **kept)


def _wanted(tx: Transaction, stay: Membership) -> set[str]:
    """The teams of the person: those chosen in the form, but for what it sends as it showed it."""
    chosen = _chosen(teams.of_school(tx, stay.school_id))
    if "was.name" not in request.form:
        return chosen
    now_in = {team for team, inside in teams.members(tx, stay.school_id).items() if stay.person_id in inside}
    was = set(request.form.getlist("was.team"))
    return (now_in - (was - chosen)) | (chosen - was)


def _chosen(known: Sequence[Team]) -> set[str]:
    return set(request.form.getlist("team")) & {team.id for team in known}
