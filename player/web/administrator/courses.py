"""Courses, their versions, and uploading a package."""

from __future__ import annotations

import tempfile
from pathlib import Path, PurePath

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from player.importing import Imported, ImportRefusedError, import_package
from player.records import courses as records
from player.records import enrolments
from player.records.tables import Course
from player.school import requiring
from player.unfinished import UPLOAD, importing
from player.web.administrator.blueprint import blueprint
from player.web.context import database, now, settings
from player.web.forms import Page, refused
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
    with database().reading() as tx:
        return render_template(
            "administrator/course.html",
            course=_course(records.course(tx, course)),
            versions=records.versions(tx, course),
            on=records.registrations_on(tx, course),
            enrolled=enrolments.enrolled(tx).get(course, 0),
        )


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
        is_newest = len(records.versions(tx, done.course)) == done.version
    before = {course.id: course.title for course in known}.get(done.course, imported.title)
    about = {"done": done, "course": imported, "before": before, "is_newest": is_newest}
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
