"""The groups of a school: added, renamed, removed."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from player.lists.fields import unfit_name
from player.records import teams
from player.web.administrator.blueprint import blueprint, people_here, school_of, team_of
from player.web.administrator.schools import school_page
from player.web.context import database
from player.web.forms import Page, text
from player.web.wording import count


@blueprint.post("/schools/<school>/teams")
def add_team(school: str) -> Page | Response:
    """A group that people can be enrolled by."""
    name = text("team")
    if unfit := unfit_name(name):
        return school_page(school, {"team": f"{unfit}."}), 422
    with database().writing() as tx:
        school_of(tx, school)
        made = teams.team_named(tx, school, name)
    flash(f"The team {made.name} is there. Choose its people.")
    return redirect(url_for("administrator.team", school=school, team=made.id), 303)


@blueprint.get("/schools/<school>/teams/<team>")
def team(school: str, team: str) -> str:
    """Who is in a group, and what may be done with it."""
    return _page(school, team, {})


@blueprint.post("/schools/<school>/teams/<team>/people")
def fill_team(school: str, team: str) -> Response:
    """What was changed on the page, where `was` are those whom it showed inside: somebody else may have
    changed the team since. Those who have left the school are not asked about."""
    was, wanted = (set(request.form.getlist(name)) for name in ("was", "person"))
    with database().writing() as tx:
        found = team_of(tx, school, team)
        here = {each.id for each in people_here(tx, school)}
        teams.fill(tx, found, (wanted - was) & here, (was - wanted) & here)
        inside = teams.members(tx, school)[team] & here
    flash(f"The team {found.name} has {count(len(inside), 'person', 'people')} now.")
    return redirect(url_for("administrator.team", school=school, team=team), 303)


@blueprint.post("/schools/<school>/teams/<team>/name")
def rename_team(school: str, team: str) -> Page | Response:
    """Year 4 becomes Year 5; its people stay in it."""
    name = text("name")
    with database().writing() as tx:
        found, unfit = team_of(tx, school, team), unfit_name(name)
        other = teams.known_team(tx, school, name)
        if other is not None and other.id != found.id:
            unfit = f"There is a team “{other.name}” already"
        if not unfit:
            found.name = name
    if unfit:
        return _page(school, team, {"name": f"{unfit}."}), 422
    flash(f"The team is called {name} now.")
    return redirect(url_for("administrator.team", school=school, team=team), 303)


@blueprint.post("/schools/<school>/teams/<team>/remove")
def remove_team(school: str, team: str) -> Response:
    """Only the group goes."""
    with database().writing() as tx:
        found = team_of(tx, school, team)
        teams.remove(tx, found)
    flash(f"The team {found.name} is removed. Its people and their enrolments stay.")
    return redirect(url_for("administrator.school", school=school), 303)


def _page(school: str, team: str, errors: dict[str, str]) -> str:
    with database().reading() as tx:
        found, inside = team_of(tx, school, team), teams.members(tx, school)[team]
        here = people_here(tx, school)
        return render_template(
            "administrator/team.html",
            school=school_of(tx, school),
            team=found,
            people=[each for each in here if each.id in inside],
            here=here,
            inside=inside,
            errors=errors,
        )
