"""Giving courses to people of a school, and taking back what they have not begun."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from player.records import courses, staff_list, teams, training
from player.records.database import Transaction
from player.records.tables import Course, Membership
from player.school import enrolling, giving, refreshers
from player.school.enrolling import Withdrawn
from player.school.giving import Given
from player.web.context import database, now, settings
from player.web.forms import Page, text
from player.web.manager import bring_due_days_up_to_date, find_school, member, school_day, shown
from player.web.posted import posted
from player.web.signing import actor, admit
from player.web.staff.blueprint import people_here
from player.web.wording import count, listed

blueprint = Blueprint("giving", __name__, url_prefix="/schools/<school>")
blueprint.before_request(admit("manager", "administrator"))
blueprint.before_request(find_school)
MOST_NAMES = 3
MOST_SHOWN = 250  # people to choose from; a search finds the others
SHOW_ALL = "show everybody"
SEARCHES = ("find", SHOW_ALL)
BEGUN = " {} started, and {}."
REQUIRED = (
    " {} required, and {}. To change that, change who must take the course under Rules, or exclude people"
    " from e-mails there."
)


@blueprint.route("/give", methods=["GET", "POST"])
def give(school: str) -> Page | Response:
    """Give the chosen people the chosen courses, or take these back. What comes without either is a selection
    of people on another page, with which the form begins. A search shows the form again as it was filled in.
    """
    bring_due_days_up_to_date()
    if request.form.get("do") in (None, *SEARCHES):
        return _page(school, {})
    takes_back = request.form["do"] == "take back"
    with database().writing() as tx:
        day, named = school_day(), set(request.form.getlist("course"))
        known = refreshers.at_school(tx, school, day)
        chosen = [one for one in giving.courses_of(tx, actor(school), school, known) if one.id in named]
        whom, team_id = _whom(tx, school)
        errors = _errors(chosen, whom)
        ids = [course.id for course in chosen]
        if errors:
            told = ""
        elif takes_back:
            told = _taken_back(enrolling.withdraw(tx, actor(school), now(), whom, ids, day), chosen, whom)
        else:
            tells = request.form.get("tell") == "yes"
            done = giving.give(tx, settings(), actor(school), now(), whom, ids, team_id, tells=tells)
            told = _given(done, chosen, whom)
    if errors:
        return _page(school, errors), 422
    flash(told)
    return redirect(_back(school, whom), 303)


@blueprint.post("/people/<person_id>/courses/<course>/take-back")
def take_back(school: str, person_id: str, course: str) -> Response:
    """Take back a course that somebody has not begun."""
    with database().writing() as tx:
        whom, day = [member(tx, school, person_id)], school_day()
        known = courses.course(tx, course)
        done = enrolling.withdraw(tx, actor(school), now(), whom, [course], day)
        flash(_taken_back(done, [known] if known else [], whom))
    return redirect(url_for("manager.person", school=school, person_id=person_id), 303)


def _errors(chosen: Sequence[Course], whom: Sequence[Membership]) -> dict[str, str]:
    errors = {}
    if not chosen:
        errors["course"] = "Choose a course first."
    if not whom:
        errors["whom"] = "Choose people first: everybody, a team with people in it, or people from the list."
    return errors


def _back(school: str, whom: Sequence[Membership]) -> str:
    if len(whom) == 1:
        return url_for("manager.person", school=school, person_id=whom[0].person_id)
    return url_for("manager.people", school=school)


def _given(done: Given, chosen: Sequence[Course], whom: Sequence[Membership]) -> str:
    """The result in words: to whom it was given, who had it, who gets no e-mail, what renews nothing."""
    titles, one = _titles(chosen), len(chosen) == 1
    if done.is_later:
        whose = count(len(whom), "person is", "people are")
        return f"{whose} being given {titles} now. It takes a minute or two; e-mails follow."
    to = whom[0].name if len(whom) == 1 else count(done.people, "person", "people")
    told = [f"{to} can now take {titles}." if done.people else "Nothing has changed."]
    if done.already:
        has = "has" if len(done.already) == 1 else "have"
        told.append(f"{_names(done.already)} {has} {'it' if one else 'one or more of them'} already.")
    if done.mails:
        told.append(posted(done.mails, "e-mail"))
    told += [f"No e-mail to {each.name}: {each.reason}." for each in done.not_told[:MOST_NAMES]]
    if len(done.not_told) > MOST_NAMES:
        told.append(f"Nor to {count(len(done.not_told) - MOST_NAMES, 'other')}.")
    if done.not_renewed:
        told.append(
            f"As a refresher it counts nothing for {_names(done.not_renewed)}: the course that it renews was"
            " never done, or was due too long ago."
        )
    return " ".join(told)


def _taken_back(done: Withdrawn, chosen: Sequence[Course], whom: Sequence[Membership]) -> str:
    if not any(done):
        return "Nothing has changed: these people do not have this."
    ended, begun, required = done
    where = f"from {count(ended, 'person', 'people')}" if len(chosen) == 1 else f"in {count(ended, 'case')}"
    if len(whom) == 1 and ended:
        where = f"from {whom[0].name}"
    told = f"{_titles(chosen)} {'was' if len(chosen) == 1 else 'were'} taken back {where}."
    if not ended:
        told = "Nothing was taken back."
    for number, sentence, one, more in (
        (begun, BEGUN, ("has been", "stays"), ("have been", "stay")),
        (required, REQUIRED, ("is", "stays"), ("are", "stay")),
    ):
        if number:
            has, stays = one if number == 1 else more
            told += sentence.format(f"{number} {has}", stays)
    return told


def _titles(chosen: Sequence[Course]) -> str:
    return listed([course.title for course in chosen]) if len(chosen) < 4 else count(len(chosen), "course")


def _names(stays: Sequence[Membership]) -> str:
    if len(stays) <= MOST_NAMES:
        return listed([stay.name for stay in stays])
    return count(len(stays), "person", "people")


def _whom(tx: Transaction, school: str) -> tuple[list[Membership], str | None]:
    """The people whom the form names, and the team where it names one."""
    whom = request.form.get("whom", "")
    if whom == "everybody":
        return people_here(tx, school), None
    if whom == "chosen":
        return people_here(tx, school, set(request.form.getlist("person"))), None
    inside = teams.inside(tx, school, whom)
    return people_here(tx, school, inside), whom if inside else None


def _page(school: str, errors: dict[str, str]) -> str:
    done = request.form.get("do")
    with database().reading() as tx:
        day = school_day()
        named = set(request.values.getlist("person"))
        chosen = people_here(tx, school, named) if named else []
        whom = request.form.get("whom", "") if done else request.args.get("team", "chosen" if chosen else "")
        is_alone = len(chosen) == 1 and whom == "chosen" and done not in SEARCHES
        alone = chosen[0] if is_alone else None
        known = refreshers.at_school(tx, school, day)
        offered = giving.courses_of(tx, actor(school), school, known)
        records = training.records(tx, school=school, person=alone.person_id, on=day) if alone else []
        has = {record.course.id: record for record in records}
        return render_template(
            "giving/give.html",
            school=shown(),
            alone=alone,
            courses=[course for course in offered if course.id not in has],
            has=[has[course.id] for course in offered if course.id in has],
            renews=known.parents_of({course.id for course in offered}),
            minutes=training.minutes(tx),
            chosen={stay.person_id for stay in chosen},
            whom=whom,
            tells=request.form.get("tell") == "yes" if done else True,
            errors=errors,
            **(_everybody(tx, school, chosen, day) if alone is None else {"everybody": 1}),
        )


def _everybody(tx: Transaction, school: str, chosen: Sequence[Membership], day: date) -> dict[str, object]:
    """The people to choose from: those who are chosen, and the first of those whom a search finds."""
    search = "" if request.form.get("do") == SHOW_ALL else text("q")
    these, all_of_them = (staff_list.searched(tx, school, each) for each in (search, ""))
    matching = staff_list.page(tx, day, these, 0, MOST_SHOWN)
    everybody = staff_list.number(tx, day, all_of_them)
    found = staff_list.number(tx, day, these) if search else everybody
    ids = {stay.person_id for stay in chosen}
    return {
        "everybody": everybody,
        "search": search,
        "matching": matching,
        "found": found,
        "people": [*chosen, *(stay for stay in matching if stay.person_id not in ids)],
        "teams": staff_list.teams_with_sizes(tx, school, day),
    }
