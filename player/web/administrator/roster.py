"""A list of people from a file: shown first, then written in one transaction."""

from __future__ import annotations

import base64
import binascii

from flask import Response as Download
from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from player.lists.reading import LARGEST
from player.lists.staff import StaffList, read_staff
from player.records import courses
from player.school import enrolling
from player.school.roster import add_roster, checked
from player.web.administrator.blueprint import blueprint, school_of
from player.web.context import database, now
from player.web.export import csv_file
from player.web.forms import Page, refused
from player.web.signing import actor
from player.web.wording import count

SHOWN = 200
EXAMPLE = ("Sam Example", "sam@school.example", "", "learner", "Office; Year 4")


@blueprint.get("/schools/<school>/people/list")
def roster(school: str) -> str:
    """The form to choose a file."""
    with database().reading() as tx:
        return render_template("administrator/roster.html", errors={}, school=school_of(tx, school))


@blueprint.get("/schools/<school>/people/example.csv")
def roster_example(school: str) -> Download:
    """A download to fill in, with an invented person."""
    with database().reading() as tx:
        known_school = school_of(tx, school)
    return csv_file(
        f"{known_school.name} people", ("Name", "E-mail", "Staff id", "Access", "Team"), [EXAMPLE]
    )


@blueprint.post("/schools/<school>/people/list")
def preview(school: str) -> Page:
    """Show what the file would write; nothing is written."""
    with database().reading() as tx:
        known_school = school_of(tx, school)
    file = request.files.get("file")
    if file is None or not file.filename:
        return refused("administrator/roster.html", {"file": "Choose a file first."}, school=known_school)
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        return refused(
            "administrator/roster.html", {"file": "Choose a file of 2 MB or less."}, school=known_school
        )
    return _preview(school, data, _read(data))


@blueprint.post("/schools/<school>/people/list/write")
def write_roster(school: str) -> Page | Response:
    """Write the list. The page sends the file back, which is read and checked again, and written whole or not
    at all."""
    try:
        data = base64.b64decode(request.form.get("data", ""), validate=True)
    except (binascii.Error, ValueError):
        abort(400)
    roster = _read(data)
    with database().writing() as tx:
        school_of(tx, school)
        read = checked(tx, school, roster)
        added = [] if read.problems else add_roster(tx, actor(school), now(), school, read)
        known = {course.id for course in courses.courses(tx)}
        wanted = [course for course in request.form.getlist("course") if course in known]
        enrolling.enrol(tx, actor(school), now(), added, wanted)
    if read.problems:
        return _preview(school, data, read)
    enrolled = f" and enrolled on {count(len(wanted), 'course')}" if wanted else ""
    flash(f"{count(len(added), 'person', 'people')} added{enrolled}.")
    return redirect(url_for("administrator.school", school=school), 303)


def _read(data: bytes) -> StaffList:
    """People sign in with their address."""
    return read_staff(data, needs_address=True)


def _preview(school: str, data: bytes, read: StaffList) -> Page:
    with database().reading() as tx:
        known_school, offered = school_of(tx, school), courses.courses(tx)
        roster = checked(tx, school, read)
    page = render_template(
        "administrator/roster_preview.html",
        school=known_school,
        roster=roster,
        wrong={problem.row for problem in roster.problems},
        shown=roster.rows[:SHOWN],
        courses=offered,
        data=base64.b64encode(data).decode("ascii"),
    )
    return (page, 422) if roster.problems else page
