"""A staff list from a file: shown as new, changed, gone, unchanged; set right on the page, then written."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from flask import Response as Download
from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from player.lists.headings import Choices
from player.lists.reading import LARGEST
from player.lists.repeats import StaffRow
from player.lists.staff import read_staff
from player.records import courses
from player.records.database import Transaction
from player.records.tables import Membership
from player.school import enrolling, roster, roster_writing
from player.school.roster import RosterPlan
from player.school.settling import school_today
from player.web.context import database, now
from player.web.export import csv_file
from player.web.forms import Page, refused
from player.web.inviting import invite_people
from player.web.manager import shown
from player.web.posted import posted
from player.web.signing import actor, signed_in
from player.web.staff.blueprint import blueprint
from player.web.wording import count

SHOWN = 200
MOST_PROBLEMS = 50
FIELDS = ("name", "first name", "last name", "email", "staff id", "job title", "access", "team")
EXAMPLE = ("Sam Example", "sam@school.example", "", "Teaching assistant", "learner", "Office; Year 4")
HEADINGS = ("Name", "E-mail", "Staff id", "Job title", "Access", "Team")
_MENDED = re.compile(r"mended\.(\d{1,7})\.([a-z ]+)")


@dataclass(frozen=True, slots=True)
class Sent:
    """A list as its page sends it back: the bytes of the file, and what was set right."""

    data: bytes
    choices: Choices


@blueprint.get("/list")
def choose(**_: str) -> str:
    """The form to choose a file."""
    return render_template("staff/roster.html", errors={}, school=shown())


@blueprint.get("/example.csv")
def roster_example(**_: str) -> Download:
    """A download to fill in, with an invented person."""
    return csv_file(f"{shown().name} people", HEADINGS, [EXAMPLE])


@blueprint.post("/list")
def preview(school: str) -> Page:
    """Show what the file would change; nothing is written."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return refused("staff/roster.html", {"file": "Choose a file first."}, school=shown())
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        return refused("staff/roster.html", {"file": "Choose a file of 2 MB or less."}, school=shown())
    return _preview(school, Sent(data, Choices()))


@blueprint.post("/list/write")
def write_roster(school: str) -> Page | Response:
    """Look at the list again as it was set right, or write it. The page sends the file back, which is read
    and compared anew."""
    sent = _sent()
    if request.form.get("look"):
        return _preview(school, sent)
    with database().writing() as tx:
        planned = _planned(tx, school, sent)
        may_write = not planned.read.problems or (request.form.get("good") == "yes" and planned.read.good)
        added, enrolled = [], 0
        if may_write:
            leaving = set(request.form.getlist("leaves"))
            by, at = actor(school), now()
            on = school_today(tx, school, at)
            added = roster_writing.write(tx, by, at, school, planned, on, leaving)
            enrolled = _enrol(tx, school, added)
    if not may_write:
        return _preview(school, sent)
    left = len(leaving & {stay.person_id for stay in planned.gone})
    joined = [stay.person_id for stay in added] if request.form.get("invite") == "yes" else []
    invited = invite_people(school, joined)
    flash(_told(planned, len(added), left, enrolled, invited))
    return redirect(url_for("staff.everybody", school=school), 303)


def _enrol(tx: Transaction, school: str, added: list[Membership]) -> int:
    """Enrol who is new on the chosen courses, which the provider alone is offered."""
    if not signed_in().is_administrator:
        return 0
    known = {course.id for course in courses.courses(tx)}
    wanted = [course for course in request.form.getlist("course") if course in known]
    enrolling.enrol(tx, actor(school), now(), added, wanted)
    return len(wanted)


def _told(planned: RosterPlan, added: int, left: int, enrolled: int, invited: int) -> str:
    new = added - len(planned.back)
    on = f" and enrolled on {count(enrolled, 'course')}" if enrolled and new else ""
    parts = [
        f"{count(new, 'person', 'people')} added{on}" if new else "",
        f"{count(len(planned.back), 'person', 'people')} back again" if planned.back else "",
        f"{count(len(planned.changed), 'person', 'people')} changed" if planned.changed else "",
        f"{count(left, 'person', 'people')} left" if left else "",
    ]
    waiting = len({problem.row for problem in planned.read.problems})
    wait = f" {count(waiting, 'row is', 'rows are')} still to fix." if waiting else ""
    sent = f" {posted(invited, 'invitation')}" if invited else ""
    return f"{', '.join(filter(None, parts)) or 'Nothing has changed'}.{sent}{wait}"


def _sent() -> Sent:
    try:
        data = base64.b64decode(request.form.get("data", ""), validate=True)
    except (binascii.Error, ValueError):
        abort(400)
    form = request.form
    mended = {
        (int(found[1]), found[2]): text
        for name, text in form.items()
        if (found := _MENDED.fullmatch(name)) and found[2] in FIELDS
    }
    columns = {key: form[f"column.{key}"] for key in FIELDS if f"column.{key}" in form}
    left_out = frozenset(int(row) for row in form.getlist("left_out") if row.isdecimal() and len(row) < 8)
    heading = form.get("heading_row", "")
    return Sent(
        data,
        Choices(
            sheet=form.get("sheet", ""),
            heading_row=int(heading) if heading.isdecimal() and len(heading) < 8 else 0,
            columns=columns,
            mended=mended,
            left_out=left_out,
        ),
    )


def _planned(tx: Transaction, school: str, sent: Sent) -> RosterPlan:
    read = read_staff(sent.data, sent.choices)
    return roster.plan(tx, actor(school), school, read, school_today(tx, school, now()))


def _preview(school: str, sent: Sent) -> Page:
    with database().reading() as tx:
        offered = courses.courses(tx) if signed_in().is_administrator else ()
        planned = _planned(tx, school, sent)
        must = roster.required_of_new(tx, school, planned, school_today(tx, school, now()))
    problems = planned.read.problems
    page = render_template(
        "staff/roster_preview.html",
        school=shown(),
        plan=planned,
        roster=planned.read,
        problems=_by_row(planned),
        more=max(0, len({problem.row for problem in problems}) - MOST_PROBLEMS),
        shown=SHOWN,
        courses=offered,
        must=must,
        fields=FIELDS,
        choices=sent.choices,
        data=base64.b64encode(sent.data).decode("ascii"),
    )
    return (page, 422) if problems else page


def _by_row(planned: RosterPlan) -> list[dict[str, object]]:
    """The problems of each row with the cells that can be mended beside them; row 0 is the file's."""
    rows = {row.row: row for row in planned.read.rows}
    found: dict[int, list[str]] = {}
    for problem in planned.read.problems:
        found.setdefault(problem.row, []).append(str(problem))
    return [
        {"row": number, "sentences": sentences, "cells": _cells(planned, rows.get(number))}
        for number, sentences in list(found.items())[:MOST_PROBLEMS]
    ]


def _cells(planned: RosterPlan, row: StaffRow | None) -> list[tuple[str, str, str]]:
    """The cells of a row with a problem: the field, its label and its text."""
    if row is None:
        return []
    values = {"name": row.name, "email": row.email, "staff id": row.staff_id, "access": row.access}
    at = {letter: key for key, letter in planned.read.columns.items()}
    wrong = {at.get(problem.column, "") for problem in planned.read.problems if problem.row == row.row}
    wrong = {"name" if key in ("first name", "last name") else key for key in wrong}
    if wrong - values.keys():
        wrong |= {"email", "staff id"}
    labels = {"name": "Name", "email": "E-mail address", "staff id": "Staff id", "access": "Access"}
    return [(key, labels[key], values[key]) for key in labels if key in wrong]
