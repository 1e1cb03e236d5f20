"""Courses, their versions, and uploading a package."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePath

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from player.importing import Imported, ImportRefusedError, import_package
from player.records import courses as records
from player.records import enrolments
from player.records.tables import Course, VersionRow
from player.records.versions import package_from_json
from player.school import declared_refreshers, requiring
from player.school.duties import DutyRefusedError
from player.school.settling import school_today
from player.unfinished import UPLOAD, importing
from player.web.administrator.blueprint import blueprint
from player.web.context import database, now, settings
from player.web.forms import Page, refused, text
from player.web.signing import actor


@blueprint.get("/courses")
def courses() -> str:
    """All courses, the retired ones last."""
    with database().reading() as tx:
        return render_template(
            "administrator/courses.html",
            courses=records.every(tx),
            versions=records.latest(tx),
            enrolled=enrolments.enrolled(tx),
        )


@blueprint.get("/courses/<course>")
def course(course: str) -> str:
    """One course and its versions."""
    return _course_page(course, {})


def _course_page(course: str, errors: Mapping[str, str]) -> str:
    with database().reading() as tx:
        versions = records.versions(tx, course)
        return render_template(
            "administrator/course.html",
            course=_course(records.course(tx, course)),
            versions=versions,
            editions={version.id: _edition(version) for version in versions},
            on=records.registrations_on(tx, course),
            enrolled=enrolments.enrolled(tx, course).get(course, 0),
            declared=declared_refreshers.declared(tx, course, school_today(tx, None, now())),
            lapsed=request.form.get("lapsed", declared_refreshers.LAPSED),
            errors=errors,
        )


def _edition(version: VersionRow) -> str:
    """The edition that a package of ours says it is."""
    said = package_from_json(version.package).provenance
    return said.edition if said else ""


@blueprint.post("/courses/<course>/renew")
def renew(course: str) -> Page | Response:
    """Let a refresher renew the course of which its package says that it is a refresher."""
    days = text("lapsed")
    if not (days.isascii() and days.isdigit() and len(days) < 5):
        return _course_page(course, {"lapsed": "Write a number of days, such as 90."}), 422
    try:
        with database().writing() as tx:
            today = school_today(tx, None, now())
            found = declared_refreshers.declared(tx, course, today)
            one = next((each for each in found if each.refresher.id == course), None) or abort(404)
            declared_refreshers.let_renew(tx, actor(), now(), one, int(days), today)
    except DutyRefusedError as refusal:
        return _course_page(course, {"lapsed": str(refusal)}), 422
    flash(f"{one.refresher.title} renews {one.parent.title} from today on.")
    return redirect(url_for("administrator.course", course=course), 303)


@blueprint.post("/courses/<course>/retire")
def retire(course: str) -> Response:
    """Retire a course: nobody new can start it, but those who are in it can finish. Or offer it again."""
    back = request.form.get("offer") == "yes"
    with database().writing() as tx:
        row = _course(records.course(tx, course))
        requiring.retire(tx, actor(), now(), row, back=back)
    flash(f"{row.title} is offered again." if back else f"{row.title} is retired: nobody else can start it.")
    return redirect(url_for("administrator.course", course=course), 303)


@blueprint.route("/upload", methods=["GET", "POST"])
def upload() -> Page:
    """Upload a package: it is imported, or refused with every reason, and then nothing has changed."""
    with database().reading() as tx:
        known = records.courses(tx)
    if request.method != "POST":
        chosen = request.args.get("update", "")
        return render_template("administrator/upload.html", errors={}, courses=known, chosen=chosen)
    update = request.form.get("update", "")
    errors = {}
    file = request.files.get("package")
    if file is None or not file.filename:
        errors["package"] = "Choose a package first: a .zip file."
    if update and update not in {course.id for course in known}:
        errors["update"] = "This course is no longer offered. Choose another course."
    if file is None or errors:
        return refused("administrator/upload.html", errors, courses=known, chosen=update)
    try:
        done = _import(file, update or None)
    except ImportRefusedError as refusal:
        context = {"courses": known, "chosen": update, "problems": refusal.problems}
        return refused("administrator/upload.html", {}, **context)
    with database().reading() as tx:
        imported = _course(records.course(tx, done.course))
        found = declared_refreshers.declared(tx, done.course, school_today(tx, None, now()))
        is_newest = len(records.versions(tx, done.course)) == done.version
    before = {course.id: course.title for course in known}.get(done.course, imported.title)
    about = {"done": done, "course": imported, "before": before, "is_newest": is_newest}
    about |= {"declared": found, "lapsed": declared_refreshers.LAPSED}
    return render_template("administrator/uploaded.html", **about)


def _import(file: FileStorage, update: str | None) -> Imported:
    """Import an upload from a temporary file on the disk of the packages, which needs room for its files
    anyway."""
    name = PurePath((file.filename or "").replace("\\", "/")).name[:120] or "package.zip"
    with (
        importing(database(), settings().packages),
        tempfile.TemporaryDirectory(dir=settings().data, prefix=UPLOAD) as folder,
    ):
        path = Path(folder) / "package.zip"
        file.save(path, buffer_size=1024**2)
        return import_package(
            database(), settings().packages, path, now(), update=update, called=name, actor=actor()
        )


def _course(known: Course | None) -> Course:
    return known or abort(404)
