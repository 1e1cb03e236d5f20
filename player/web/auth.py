"""Signing in and out, passwords, and a person's own account."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from player import demo
from player.records import schools
from player.school.accounts import SHORTEST_PASSWORD, hashed, keep_password
from player.web.context import database, settings
from player.web.forms import Page, refused
from player.web.invitations import invited
from player.web.signing import HASHING, admit, checked, home, matches, safe_address, signed_in
from player.web.signing import sign_in as begin
from player.web.signing import sign_out as end

NO_MATCH = "The address and the password do not match. Check both, and try again."
LONGEST_PASSWORD = 1000  # hashing more would only keep the server busy

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
    password = request.form.get("password", "")
    person = checked(request.form.get("email", ""), password) if len(password) <= LONGEST_PASSWORD else None
    if person is None:
        return refused("auth/sign_in.html", {"email": NO_MATCH}, after=after, demo=_demo())
    begin(person)
    return redirect(after or home(person), 303)


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """A POST, so that no page elsewhere can do it."""
    end()
    flash("You are signed out.")
    return redirect(url_for("auth.sign_in"), 303)


@blueprint.get("/account")
def account() -> Page | Response:
    """A person's own account."""
    return admit()() or render_template("auth/account.html", errors={})


@blueprint.post("/account/password")
def password() -> Page | Response:
    """A new password signs out every other browser."""
    if turned_away := admit()():
        return turned_away
    person, errors = signed_in(), {}
    if not matches(person.password_hash, request.form.get("current", "")[:LONGEST_PASSWORD]):
        errors["current"] = "That is not your password now."
    if unfit := unfit_password():
        errors["password"] = unfit
    if errors:
        return refused("auth/account.html", errors)
    _choose(person.id)
    flash("Your password is changed. Every other browser is signed out.")
    return redirect(url_for("auth.account"), 303)


@blueprint.post("/account/sign-out-everywhere")
def sign_out_everywhere() -> Response:
    """A new epoch: no cookie of this person is good any more."""
    if turned_away := admit()():
        return turned_away
    with database().writing() as tx:
        found = schools.person(tx, signed_in().id)
        if found is not None:
            found.sign_in_epoch += 1
    end()
    flash("You are signed out everywhere.")
    return redirect(url_for("auth.sign_in"), 303)


@blueprint.route("/welcome/<token>", methods=["GET", "POST"])
def welcome(token: str) -> Page | Response:
    """Choose a password with a link; opening it changes nothing."""
    person = invited(token)
    if person is None:
        return render_template("auth/link_ended.html"), 410
    if request.method != "POST":
        return render_template("auth/welcome.html", invited=person, errors={})
    if unfit := unfit_password():
        return refused("auth/welcome.html", {"password": unfit}, invited=person)
    _choose(person.id)
    return redirect(url_for("auth.start"), 303)


def _demo() -> tuple[tuple[str, str], ...]:
    """Who can sign in to try it out, and how; nobody, unless the server was started for that."""
    if not settings().demo:
        return ()
    return (*((role, email) for role, email, _, _ in demo.PEOPLE), ("password", demo.PASSWORD))


def _choose(person_id: str) -> None:
    with HASHING:
        new = hashed(request.form["password"])
    with database().writing() as tx:
        found = schools.person(tx, person_id)
        if found is None:
            raise LookupError("a person cannot vanish")
        keep_password(found, new)
    begin(found)


def unfit_password() -> str:
    """Why the new password on the form cannot be taken; empty where it can."""
    new = request.form.get("password", "")
    if len(new) < SHORTEST_PASSWORD:
        return f"Use at least {SHORTEST_PASSWORD} characters. Three or four words are easy to remember."
    if len(new) > LONGEST_PASSWORD:
        return f"Use at most {LONGEST_PASSWORD} characters."
    return "" if new == request.form.get("again") else "The two are not the same. Write it twice."
