"""The provider's default of a course's duty: its kind and basis, and how often it is retaken."""

from __future__ import annotations

from collections.abc import Mapping

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from player.compliance import Anchor, Kind
from player.records import courses
from player.school import duties
from player.school.duties import DutyRefusedError, PersonChange
from player.school.settling import school_today
from player.web import duty_form
from player.web.administrator.blueprint import blueprint
from player.web.context import database, now
from player.web.forms import Page, text
from player.web.signing import actor
from player.web.wording import count

KINDS = {
    Kind.NUMBER: "Law or a statutory framework names the period",
    Kind.REGULAR: "Law or guidance asks for it without a number",
    Kind.CUSTOM: "The school’s own wish",
}


@blueprint.get("/courses/<course>/duty")
def duty(course: str) -> str:
    """The form of a course's duty."""
    return _page(course, {})


@blueprint.post("/courses/<course>/duty")
def save_duty(course: str) -> Page | Response:
    """Set the default for all schools, or show who would change."""
    given, errors = duty_form.read()
    if text("kind") in list(Kind):
        given["kind"] = Kind(text("kind"))
    given["basis"] = text("basis")
    given.setdefault("months", None)
    if errors:
        return _page(course, errors), 422
    try:
        with database().reading() as tx:
            known, today = courses.course(tx, course) or abort(404), school_today(tx, None, now())
            wanted = duties.changed(duties.provider_duty(tx, course, today), given)
            changes = duties.changes_everywhere(tx, course, wanted, today)
        if "show" in request.form:
            return _page(course, {}, changes)
        with database().writing() as tx:
            duties.set_provider_duty(tx, actor(), now(), course, wanted, today)
    except DutyRefusedError as refused:
        return _page(course, {refusal.setting: refusal.message for refusal in refused.refusals}), 422
    flash(f"Saved. {count(len(changes), 'person has', 'people have')} another due day in {known.title}.")
    return redirect(url_for("administrator.course", course=course), 303)


def _page(course: str, errors: Mapping[str, str], changes: list[PersonChange] | None = None) -> str:
    with database().reading() as tx:
        known = courses.course(tx, course) or abort(404)
        default = duties.provider_duty(tx, course, school_today(tx, None, now()))
    return render_template(
        "administrator/duty.html",
        course=known,
        duty=default,
        typed=duty_form.typed(default),
        kinds=KINDS,
        anchors=list(Anchor),
        errors=errors,
        changes=changes,
    )
