"""A learner's own pages: their courses, one course with its attempts, and starting it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from player.records import people, reporting, training
from player.records.database import Transaction
from player.records.training import TrainingRecord
from player.school import statuses
from player.school.attempt_progress import attempt_progress
from player.school.attempts import listed
from player.school.history import history
from player.school.progress import CourseProgress
from player.school.tries import UNLIMITED, Tries, tries
from player.web.context import database, now, registrar, settings
from player.web.forms import Page
from player.web.signing import admit, signed_in

blueprint = Blueprint("learner", __name__, url_prefix="/training")
blueprint.before_request(admit("learner", "manager"))
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class OwnCourse:
    """A course of the learner's, with the data of its row and its panel."""

    record: TrainingRecord
    minutes: int | None
    progress: CourseProgress | None = None
    tries: Tries = UNLIMITED

    @property
    def status(self) -> statuses.Status:
        return statuses.status_of(self.record.registration)

    @property
    def is_open(self) -> bool:
        """Whether the learner continues an attempt, and does not start one."""
        registration = self.record.registration
        return registration is not None and registration.state in ("running", "suspended")


@blueprint.get("")
def courses() -> str:
    """The learner's courses: the one opened last, those to do, those that are done."""
    person = signed_in()
    with database().reading() as tx:
        minutes = training.minutes(tx)
        records = training.records(tx, person=person.id)
        rows = [_row(tx, record, minutes) for record in records if record.is_offered]
        managers = _managers(tx)
    done = [row for row in rows if row.status is statuses.COMPLETED]
    to_do = [row for row in rows if row not in done]
    under_way = [row for row in to_do if row.is_open and not row.tries.used_up]
    latest = max(under_way, key=lambda row: row.record.saved or LONG_AGO, default=None)
    return render_template(
        "learner/training.html",
        latest=latest,
        to_do=[row for row in to_do if row is not latest],
        under_way=under_way,
        done=done,
        managers=managers,
    )


@blueprint.get("/<course>")
def course(course: str) -> str:
    """One course with all attempts."""
    with database().reading() as tx:
        record = _own(tx, course)
        row = _row(tx, record, training.minutes(tx))
        found = history(tx, registrar().versions, record, settings().packages)
        managers = _managers(tx)
    return render_template(
        "learner/course.html",
        row=row,
        registration=record.registration,
        attempts=listed(found) if found else (),
        managers=managers,
    )


@blueprint.post("/<course>/start")
def start(course: str) -> Page | Response:
    """Launch the course by a link of its own; the play page leads back here."""
    back = url_for("learner.course", course=course, _external=True)
    with database().writing() as tx:
        record = _own(tx, course)
        if not record.is_offered:
            flash(f"{record.course.title} is no longer offered, so you cannot start it.")
            return redirect(url_for("learner.courses"), 303)
        again = request.form.get("again") == "yes"
        link = registrar().launch(tx, signed_in().id, course, now(), return_url=back, again=again)
    return redirect(link, 303)


def _own(tx: Transaction, course: str) -> TrainingRecord:
    records = training.records(tx, person=signed_in().id, course=course)
    if not records:
        abort(404)
    return records[-1]


def _row(tx: Transaction, record: TrainingRecord, minutes: dict[str, int]) -> OwnCourse:
    registration, length = record.registration, minutes.get(record.course.id)
    if registration is None:
        return OwnCourse(record, length)
    version = registrar().versions.get(registration.version_id)
    counted = tries(tx, version, registration)
    if registration.state not in ("running", "suspended"):
        return OwnCourse(record, length, tries=counted)
    latest = reporting.attempts(tx, registration.id)[0]
    return OwnCourse(record, length, attempt_progress(tx, version, registration, latest, length), counted)


def _managers(tx: Transaction) -> list[str]:
    """The names of the managers whom a learner can ask."""
    person = signed_in()
    managers = people.managers(tx, person.school_id, now().date()) if person.school_id else ()
    return [manager.name for manager in managers if manager.id != person.id]
