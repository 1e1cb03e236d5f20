"""Signing in and out, passwords, and a person's own account."""

from __future__ import annotations

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from player import demo
from player.records import memberships, people, sign_ins
from player.records.tables import Person
from player.school import notices
from player.school.accounts import choose_password, hashed
from player.school.accounts import sign_out_everywhere as sign_out_everywhere_of
from player.school.actor import own
from player.school.hashing import matches
from player.school.passwords import LONGEST_PASSWORD, unfit
from player.web.context import database, now, settings
from player.web.forms import Page, refused
from player.web.invitations import invited
from player.web.known_browsers import known
from player.web.signing import (
    admit,
    checked,
    home,
    present,
    safe_address,
    signed_in,
)
from player.web.signing import sign_in as begin
from player.web.signing import sign_out as end
from player.web.throttling import tried_password
from player.web.watching import tell_failure, tell_sign_in

NO_MATCH = "The e-mail address or the password is wrong. Check both, and try again."

blueprint = Blueprint("auth", __name__)


@blueprint.get("/")
def start() -> Response:
    """Wherever a person's work begins."""
    return redirect(home(g.person) if g.person else url_for("auth.sign_in"), 303)


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Page | Response:
    """One sentence for every failure, so that nobody learns which addresses exist."""
    after = safe_address(request.values.get("next", ""))
    if request.method != "POST":
        return render_template("auth/sign_in.html", after=after, errors={}, demo=_demo())
    email, password = request.form.get("email", ""), request.form.get("password", "")
    with tried_password(email, known(email)) as tried:
        person = checked(email, password) if len(password) <= LONGEST_PASSWORD else None
        tried.counts = person is None
    with database().reading() as tx:
        if person is None:
            tell_failure(tx, email, people.person_of_email(tx, email))
        else:
            tell_sign_in(tx, person)
    if person is None:
        return refused("auth/sign_in.html", {"email": NO_MATCH}, after=after, demo=_demo())
    begin(person)
    return redirect(after or home(person), 303)


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """A POST, so that no page elsewhere can do it."""
    end()
    flash("You have signed out.")
    return redirect(url_for("auth.sign_in"), 303)


@blueprint.get("/your-schools")
def choose_school() -> Page | Response:
    """The schools of somebody who manages training at several."""
    return admit("manager")() or render_template("auth/schools.html")


@blueprint.get("/account")
def account() -> Page | Response:
    """A person's own account."""
    return admit()() or render_template("auth/account.html", errors={}, **_signed_in())


@blueprint.post("/account/password")
def password() -> Page | Response:
    """A new password signs out every other browser."""
    if turned_away := admit()():
        return turned_away
    person, errors = signed_in(), {}
    with tried_password(person.id, present().id) as tried:
        tried.counts = not right_password(person)
    if tried.counts:
        errors["current"] = "This is not your current password."
    if unfit := unfit_password(person):
        errors["password"] = unfit
    if errors:
        return refused("auth/account.html", errors, **_signed_in())
    _choose(person.id)
    flash("Your password has been changed. All other browsers are signed out.")
    return redirect(url_for("auth.account"), 303)


@blueprint.post("/account/sign-ins/<sign_in_id>/end")
def end_sign_in(sign_in_id: str) -> Response:
    """One other browser."""
    if turned_away := admit()():
        return turned_away
    with database().writing() as tx:
        if not sign_ins.end(tx, signed_in().id, sign_in_id):
            abort(404)
    flash("That browser has been signed out.")
    return redirect(url_for("auth.account"), 303)


@blueprint.post("/account/sign-out-everywhere")
def sign_out_everywhere() -> Response:
    """A new epoch: no sign-in and no link of this person is good any more."""
    if turned_away := admit()():
        return turned_away
    with database().writing() as tx:
        person = people.person(tx, signed_in().id)
        if person is not None:
            sign_out_everywhere_of(tx, own(person), now(), person)
    end()
    flash("You have signed out everywhere.")
    return redirect(url_for("auth.sign_in"), 303)


def _signed_in() -> dict[str, object]:
    with database().reading() as tx:
        return {
            "sign_ins": sign_ins.of_person(tx, signed_in(), now() - sign_ins.LONGEST_STAY),
            "present": present().id,
        }


@blueprint.route("/welcome/<token>", methods=["GET", "POST"])
def welcome(token: str) -> Page | Response:
    """Choose a password with a link; opening it changes nothing."""
    person = invited(token)
    if person is None:
        return render_template("auth/link_ended.html"), 410
    if request.method != "POST":
        return render_template("auth/welcome.html", invited=person, errors={})
    if unfit := unfit_password(person):
        return refused("auth/welcome.html", {"password": unfit}, invited=person)
    _choose(person.id)
    return redirect(url_for("auth.start"), 303)


def _demo() -> tuple[tuple[str, str], ...]:
    """The demonstration's people and password; none unless the server was started for that."""
    if not settings().demo:
        return ()
    return (*((role, email) for role, email, _, _ in demo.PEOPLE), ("password", demo.PASSWORD))


def _choose(person_id: str) -> None:
    new = hashed(request.form["password"])
    with database().writing() as tx:
        person = people.person(tx, person_id)
        if person is None:
            raise LookupError("a person cannot vanish")
        if person.password_hash is not None:
            notices.tell_password_changed(tx, settings(), person, now())
        choose_password(tx, own(person), now(), person, new)
    begin(person)


def right_password(person: Person) -> bool:
    """True where the form gives the person's present password."""
    return matches(person.password_hash, request.form.get("current", "")[:LONGEST_PASSWORD])


def unfit_password(person: Person) -> str:
    """A sentence where the new password on the form is refused."""
    new = request.form.get("password", "")
    with database().reading() as tx:
        schools = [stay.school.name for stay in memberships.of_person(tx, person.id)]
    if sentence := unfit(new, person.name, person.email or "", *schools):
        return sentence
    return (
        ""
        if new == request.form.get("again")
        else "The two passwords are different. Type the same one twice."
    )
