"""The days on which reminders go out at every school that has not chosen its own."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, url_for

from player.school import reminder_steps
from player.web.administrator.blueprint import blueprint
from player.web.context import database, now
from player.web.forms import Page
from player.web.reminders import fields, read
from player.web.signing import actor


@blueprint.get("/reminders")
def reminders() -> str:
    """The provider's days."""
    return _page({})


@blueprint.post("/reminders")
def save_reminders() -> Page:
    """Set the provider's days."""
    chosen, errors = read()
    if errors:
        return _page(errors), 422
    with database().writing() as tx:
        reminder_steps.save(tx, actor(), now(), None, chosen)
    flash("Saved. The next reminders go out on these days.")
    return redirect(url_for("administrator.reminders"), 303)


def _page(errors: Mapping[str, str]) -> str:
    with database().reading() as tx:
        steps = reminder_steps.of_provider(tx)
    return render_template("reminder_days.html", errors=errors, **fields(steps))
