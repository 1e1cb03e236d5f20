"""The days on which a school's reminders go out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from player.compliance.zones import london_today
from player.reminders import FARTHEST, read_steps, step_days
from player.school import reminder_steps
from player.web.context import database, now
from player.web.forms import Page, text
from player.web.manager import find_school, shown
from player.web.signing import actor, admit

blueprint = Blueprint("reminders", __name__, url_prefix="/schools/<school>/reminders")
blueprint.before_request(admit("manager", "administrator"))
blueprint.before_request(find_school)
EXAMPLE = timedelta(100)  # from today to the due day of the example: no step of it is past


@blueprint.get("")
def form(school: str) -> str:
    """The days of the school."""
    return _page(school, {})


@blueprint.post("")
def save(school: str) -> Page:
    """Take the provider's days, or the school's own."""
    chosen, errors = (None, {}) if request.form.get("whose") == "provider" else read()
    if errors:
        return _page(school, errors), 422
    with database().writing() as tx:
        reminder_steps.save(tx, actor(school), now(), school, chosen)
    flash("Saved. The next reminders go out on these days.")
    return redirect(url_for("reminders.form", school=school), 303)


def _page(school: str, errors: Mapping[str, str]) -> str:
    with database().reading() as tx:
        steps = reminder_steps.of_school(tx, school)
    whose = request.form.get("whose") or ("own" if steps.own else "provider")
    return render_template(
        "reminder_days.html",
        school=shown(),
        whose=whose,
        provider=reminder_steps.in_words(steps.provider),
        **fields(steps.in_force),
        errors=errors,
    )


def fields(steps: Sequence[int]) -> dict[str, Any]:
    """What the form shows: the fields as they were typed or are kept, and an example of the days."""
    due = london_today(now()) + EXAMPLE
    sent = request.form if request.method == "POST" else None
    return {
        "before": sent.get("before", "") if sent else _numbers(-step for step in steps if step < 0),
        "on_the_day": "on_the_day" in sent if sent else 0 in steps,
        "after": sent.get("after", "") if sent else _numbers(step for step in steps if step > 0),
        "words": reminder_steps.in_words(steps),
        "due": due,
        "days": step_days(due, steps),
    }


def _numbers(days: Any) -> str:
    return ", ".join(str(day) for day in days)


def read() -> tuple[tuple[int, ...] | None, dict[str, str]]:
    """The days in the form, or the reason why they are none."""
    errors: dict[str, str] = {}
    steps: set[int] = {0} if request.form.get("on_the_day") else set()
    for name, sign in (("before", -1), ("after", 1)):
        written = text(name).replace(",", " ").replace(";", " ").replace(" and ", " ").split()
        if not all(word.isdecimal() and 1 <= int(word[:9]) <= FARTHEST for word in written):
            errors[name] = f"Write numbers from 1 to {FARTHEST} with commas between them, such as 60, 30, 7."
        else:
            steps |= {sign * int(word) for word in written}
    if not errors and not steps:
        errors["before"] = "Choose at least one day: people must hear of what is due."
    if errors:
        return None, errors
    try:
        return read_steps(" ".join(map(str, sorted(steps)))), {}
    except ValueError as too_many:
        return None, {"before": str(too_many)}
