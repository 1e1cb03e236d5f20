"""A school's rules: who must take which course, how often, and who is excluded from e-mails."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from player.compliance import Anchor, DutySettings
from player.records import courses, memberships, requirements, teams
from player.records.database import Transaction
from player.records.tables import Course
from player.school import duties, excluding, requiring
from player.school.duties import DutyRefusedError, PersonChange
from player.school.requiring import TrainingRuleError
from player.school.settling import school_today
from player.web import duty_form
from player.web.context import database, now
from player.web.forms import Page, day_of, text
from player.web.manager import find_school, shown
from player.web.signing import actor, admit
from player.web.wording import count

blueprint = Blueprint("rules", __name__, url_prefix="/schools/<school>/rules")
blueprint.before_request(admit("manager", "administrator"))
blueprint.before_request(find_school)


@blueprint.get("")
def rules(school: str) -> str:
    """Every course, with who must take it and how often."""
    with database().reading() as tx:
        today = school_today(tx, school, now())
        of_school = _by_course(tx, school, today)
        of_provider = _by_course(tx, None, today)
        duty_of = duties.all_at(tx, school, today)
        listed = courses.courses(tx)
        names = {team.id: team.name for team in teams.of_school(tx, school)}
    return render_template(
        "manager/rules.html",
        school=shown(),
        courses=listed,
        of_school=of_school,
        of_provider=of_provider,
        duty_of=duty_of,
        teams=names,
        today_=today,
    )


@blueprint.get("/courses/<course>")
def rule(school: str, course: str) -> str:
    """The rules of one course."""
    return _rule_page(school, course, {})


@blueprint.post("/courses/<course>/required")
def require(school: str, course: str) -> Page | Response:
    """Say who must take the course from a day on."""
    who, chosen = request.form.get("who", ""), request.form.getlist("team")
    since, no_day = day_of("since")
    errors = {"since": no_day or "Write the day from which this counts."} if since is None else {}
    with database().writing() as tx:
        title = _course(tx, course).title
        known = {team.id for team in teams.of_school(tx, school)}
        if who not in ("nobody", "everybody", "teams"):
            errors["who"] = "Choose who must take it."
        elif who == "teams" and not (chosen and set(chosen) <= known):
            errors["who"] = "Choose at least one team."
        if since and not errors:
            named, whose = chosen if who == "teams" else [], actor(school)
            try:
                done = requiring.require(
                    tx, whose, now(), school, course, named, since, optional=who == "nobody"
                )
            except TrainingRuleError as error:
                errors["who"] = str(error)
    if errors or since is None:
        return _rule_page(school, course, errors), 422
    state = "is optional" if who == "nobody" else "is required"
    enrolled = f" {count(done.enrolled, 'person was', 'people were')} enrolled." if done.enrolled else ""
    if done.later:
        enrolled = " It is being worked out for everybody now: that takes a minute or two."
    flash(f"{title} {state} from {since.day} {since:%B %Y} on.{enrolled}")
    return redirect(url_for("rules.rules", school=school), 303)


@blueprint.post("/courses/<course>/period")
def period(school: str, course: str) -> Page | Response:
    """Set how often the course is retaken, or show who would change."""
    given, errors = duty_form.read()
    own = DutySettings(**given)
    if errors:
        return _rule_page(school, course, errors), 422
    try:
        with database().reading() as tx:
            title, today = _course(tx, course).title, school_today(tx, school, now())
            changes = duties.changes_at(tx, school, course, own, today)
        if "show" in request.form:
            return _rule_page(school, course, {}, changes)
        with database().writing() as tx:
            duties.set_school_duty(tx, actor(school), now(), school, course, own, today)
    except DutyRefusedError as refused:
        errors = {refusal.setting: refusal.message for refusal in refused.refusals}
        return _rule_page(school, course, errors), 422
    flash(f"Saved. {count(len(changes), 'person has', 'people have')} another due day in {title}.")
    return redirect(url_for("rules.rules", school=school), 303)


def _rule_page(
    school: str, course: str, errors: Mapping[str, str], changes: list[PersonChange] | None = None
) -> str:
    with database().reading() as tx:
        known = _course(tx, course)
        today = school_today(tx, school, now())
        provider = duties.provider_duty(tx, course, today)
        own = duties.school_settings(tx, school, course, today)
        named = {row.team_id for row in _by_course(tx, school, today).get(course, [])}
        return render_template(
            "manager/rule.html",
            school=shown(),
            course=known,
            provider=provider,
            duty=duties.duty_at(tx, school, course, today),
            typed=duty_form.typed(own),
            named=named,
            is_providers=course in _by_course(tx, None, today),
            teams=teams.of_school(tx, school),
            errors=errors,
            changes=changes,
            today_=today,
            anchors=list(Anchor),
        )


@blueprint.get("/exclusions")
def exclusions(school: str) -> str:
    """Who is excluded from e-mails, since when and why."""
    return _exclusions_page(school, {})


@blueprint.post("/exclusions")
def exclude(school: str) -> Page | Response:
    """Exclude a course, a person, or a person in a course."""
    course, person, why = request.form.get("course", ""), text("person"), text("why")
    last, no_day = day_of("last")
    if no_day:
        return _exclusions_page(school, {"last": no_day}), 422
    errors: dict[str, str] = {}
    with database().writing() as tx:
        today = school_today(tx, school, now())
        try:
            whom = excluding.person_of(tx, school, person).person_id if person else None
            excluding.exclude(tx, actor(school), now(), school, course or None, whom, why, today, last)
        except TrainingRuleError as error:
            errors["why" if "reason" in str(error) else "last" if "last" in str(error) else "person"] = str(
                error
            )
    if errors:
        return _exclusions_page(school, errors), 422
    flash("Saved. Nothing is sent; whoever is overdue is still shown as overdue.")
    return redirect(url_for("rules.exclusions", school=school), 303)


@blueprint.post("/exclusions/<exclusion>/end")
def end_exclusion(school: str, exclusion: str) -> Response:
    """End an exclusion."""
    with database().writing() as tx:
        today = school_today(tx, school, now())
        is_ended = excluding.end_one(tx, actor(school), now(), school, exclusion, today)
    flash("The exclusion has ended." if is_ended else "There is no such exclusion any more.")
    return redirect(url_for("rules.exclusions", school=school), 303)


def _exclusions_page(school: str, errors: Mapping[str, str]) -> str:
    with database().reading() as tx:
        today = school_today(tx, school, now())
        rows = requirements.exclusions(tx, school, today)
        titles = {course.id: course.title for course in courses.every(tx)}
        ids = {row.person_id for row in rows if row.person_id}
        names = memberships.names(tx, school, ids)
    return render_template(
        "manager/exclusions.html",
        school=shown(),
        rows=rows,
        titles=titles,
        names=names,
        errors=errors,
        today_=today,
    )


def _by_course(tx: Transaction, school: str | None, today: date) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in requirements.requirements(tx, school, today):
        found.setdefault(row.course_id, []).append(row)
    return found


def _course(tx: Transaction, course_id: str) -> Course:
    return courses.course(tx, course_id) or abort(404)
