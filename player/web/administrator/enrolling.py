"""Enrolling people on courses and withdrawing them: everybody, a team, or chosen people."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from player.records import courses, teams
from player.records.database import Transaction
from player.records.tables import Membership
from player.school import enrolling
from player.school.enrolling import Withdrawn
from player.school.settling import school_today
from player.web.administrator.blueprint import blueprint, people_here, school_of
from player.web.context import database, now
from player.web.forms import Page
from player.web.signing import actor
from player.web.wording import count

NOBODY = "Nothing has changed: these people are not enrolled on these courses."

REQUIRED = (
    "the course is required of them. Change who must take it under Training rules, or exclude them from"
    " e-mails there."
)


@blueprint.route("/schools/<school>/enrol", methods=["GET", "POST"])
def enrol(school: str) -> Page | Response:
    """Enrol or withdraw the chosen people on the chosen courses."""
    if request.method != "POST":
        return _page(school, {})
    withdrawing = bool(request.form.get("withdraw"))
    with database().writing() as tx:
        school_of(tx, school)
        offered = {course.id: course.title for course in courses.courses(tx)}
        named = set(request.form.getlist("course"))
        chosen = [course for course in offered if course in named]
        whom, team_id = _whom(tx, school)
        errors = {}
        if not chosen:
            errors["course"] = "Choose a course first."
        if not whom:
            errors["whom"] = (
                "Choose people first: everybody, a team with people in it, or people from the list."
            )
        if errors:
            told = ""
        elif withdrawing:
            today = school_today(tx, school, now())
            done = enrolling.withdraw(tx, actor(school), now(), whom, chosen, today)
            told = _withdrawn(done, [offered[course] for course in chosen])
        else:
            counts = enrolling.enrol(tx, actor(school), now(), whom, chosen, team_id)
            told = _enrolled(*counts, [offered[course] for course in chosen])
    if errors:
        return _page(school, errors), 422
    flash(told)
    return redirect(url_for("manager.people", school=school), 303)


def _enrolled(new: int, already: int, titles: list[str]) -> str:
    before = f" {count(already, 'enrolment')} already existed." if already else ""
    return f"{count(new, 'new enrolment')} on {_listed(titles)}.{before}"


def _withdrawn(done: Withdrawn, titles: list[str]) -> str:
    ended, begun, required = done
    one, more = "has been started, and stays", "have been started, and stay"
    stay = f" {count(begun, one, more)}." if begun else ""
    if required:
        stay += f" {count(required, 'enrolment')} {'stays' if required == 1 else 'stay'}: {REQUIRED}"
    told = ended or begun or required
    return f"{count(ended, 'enrolment')} ended on {_listed(titles)}.{stay}" if told else NOBODY


def _listed(titles: list[str]) -> str:
    return ", ".join(titles) if len(titles) < 4 else count(len(titles), "course")


def _whom(tx: Transaction, school: str) -> tuple[list[Membership], str | None]:
    here = people_here(tx, school)
    whom = request.form.get("whom", "")
    if whom == "everybody":
        return here, None
    if whom == "chosen":
        wanted = set(request.form.getlist("person"))
        return [stay for stay in here if stay.person_id in wanted], None
    inside = teams.members(tx, school).get(whom, set())
    return [stay for stay in here if stay.person_id in inside], whom if inside else None


def _page(school: str, errors: dict[str, str]) -> str:
    with database().reading() as tx:
        members = teams.members(tx, school)
        here = people_here(tx, school)
        known = {stay.person_id for stay in here}
        return render_template(
            "administrator/enrol.html",
            school=school_of(tx, school),
            courses=courses.courses(tx),
            people=here,
            teams=[(team, len(members[team.id] & known)) for team in teams.of_school(tx, school)],
            errors=errors,
        )
