"""The teams of a school: added, renamed, filled, removed."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from player.lists.fields import unfit_name
from player.records import staff_list, teams
from player.school import grouping, requiring
from player.web.context import database, now
from player.web.forms import Page, text
from player.web.manager import school_day, shown
from player.web.signing import actor
from player.web.staff.blueprint import blueprint, team_of
from player.web.staff.page import school_page
from player.web.wording import count

PER_PAGE = 250


@blueprint.post("/teams")
def add_team(school: str) -> Page | Response:
    """Add a team, by which people can be enrolled."""
    name = text("team")
    if unfit := unfit_name(name):
        return school_page(shown(), {"team": f"{unfit}."}), 422
    with database().writing() as tx:
        made = grouping.open_team(tx, actor(school), now(), school, name)
    flash(f"The team {made.name} has been added. Now choose its people.")
    return redirect(url_for("staff.team", school=school, team=made.id), 303)


@blueprint.get("/teams/<team>")
def team(school: str, team: str) -> str:
    """The page of a team."""
    return _page(school, team, {})


@blueprint.post("/teams/<team>/people")
def fill_team(school: str, team: str) -> Response:
    """Change the members as on the page. `was` are those whom it showed as members: only what differs from
    them is changed, because somebody else may have changed the team since, and of a large school the page
    shows some. Leavers stay as they are."""
    was, wanted = (set(request.form.getlist(name)) for name in ("was", "person"))
    with database().writing() as tx:
        known = team_of(tx, school, team)
        here = staff_list.here(tx, school, school_day(), was ^ wanted)
        grouping.fill(tx, actor(school), now(), known, (wanted - was) & here, (was - wanted) & here)
        number, _ = staff_list.of_team(tx, school, school_day(), team, 0, 0)
    flash(f"The team {known.name} now has {count(number, 'person', 'people')}.")
    return redirect(url_for("staff.team", school=school, team=team, q=request.form.get("q") or None), 303)


@blueprint.post("/teams/<team>/name")
def rename_team(school: str, team: str) -> Page | Response:
    """Rename a team; its people stay in it."""
    name = text("name")
    with database().writing() as tx:
        known, unfit = team_of(tx, school, team), unfit_name(name)
        other = teams.known_team(tx, school, name)
        if other is not None and other.id != known.id:
            unfit = f"There is already a team called “{other.name}”"
        if other is not None and other.until is not None:
            unfit = (
                f"There was a team called “{other.name}”: add it again under Staff, or choose another name"
            )
        if not unfit:
            grouping.rename(tx, actor(school), now(), known, name)
    if unfit:
        return _page(school, team, {"name": f"{unfit}."}), 422
    flash(f"The team is now called {name}.")
    return redirect(url_for("staff.team", school=school, team=team), 303)


@blueprint.post("/teams/<team>/remove")
def remove_team(school: str, team: str) -> Response:
    """Remove a team; its people stay."""
    with database().writing() as tx:
        name = teams.names(tx, school).get(team) or abort(404)
        if known := teams.team(tx, school, team):
            grouping.remove(tx, actor(school), now(), known)
    flash(f"The team {name} has been removed. Its people and their enrolments stay.")
    return redirect(url_for("staff.everybody", school=school), 303)


def _page(school: str, team: str, errors: dict[str, str]) -> str:
    search, at = " ".join(request.args.get("q", "").split()), max(request.args.get("page", 1, int), 1)
    with database().reading() as tx:
        known = team_of(tx, school, team)
        day = school_day()
        size, people = staff_list.of_team(tx, school, day, team, (at - 1) * PER_PAGE, PER_PAGE)
        these = staff_list.searched(tx, school, search)
        matching = staff_list.page(tx, day, these, 0, PER_PAGE)
        found = staff_list.numbers(tx, day, these, own_only=False).here
        return render_template(
            "staff/team.html",
            school=shown(),
            team=known,
            people=people,
            size=size,
            page=at,
            pages=-(-size // PER_PAGE),
            here=matching,
            found=found,
            inside=staff_list.members(tx, team, [stay.person_id for stay in matching]),
            search=search,
            required=requiring.of_team(tx, known, day),
            errors=errors,
        )
