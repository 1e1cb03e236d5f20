"""“Forgotten your password?”: the answer is the same for every address, and so is the time that it takes."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from player.lists.fields import unfit_email
from player.records import jobs
from player.records.columns import new_id
from player.resets import RESET
from player.web.context import database, now
from player.web.forms import Page, refused
from player.web.throttling import count_reset

blueprint = Blueprint("resets", __name__)


@blueprint.route("/forgotten", methods=["GET", "POST"])
def forgotten() -> Page:
    """Ask for a link. Whether the address is known is looked up by a job, later and elsewhere."""
    if request.method != "POST":
        return render_template("auth/forgotten.html", errors={}, asked="")
    email = request.form.get("email", "").strip().lower()
    if unfit := unfit_email(email):
        return refused("auth/forgotten.html", {"email": f"{unfit}."}, asked="")
    count_reset(email)
    with database().writing() as tx:
        jobs.add(tx, RESET.name, f"reset:{new_id()}", now(), {"email": email})
    return render_template("auth/forgotten.html", errors={}, asked=email)
