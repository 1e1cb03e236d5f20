"""A learner's own pages: their courses, one course with its attempts, and starting it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from player.records import memberships, reporting, training
from player.records.database import Transaction
from player.records.training import TrainingRecord
from player.school import statuses
from player.school.actor import own
from player.school.attempt_progress import attempt_progress
from player.school.attempts import listed
from player.school.history import history
from player.school.progress import CourseProgress
from player.school.showing import others, show
from player.school.tries import UNLIMITED, Tries, tries
from player.web.context import database, now, registrar, settings, today
from player.web.forms import Page
from player.web.signing import admit, has_left, own_memberships, signed_in

blueprint = Blueprint("learner", __name__, url_prefix="/training")
blueprint.before_request(admit("learner"))
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class OwnCourse:
    """A course of the learner's, with the data of its row and its panel."""

    record: TrainingRecord
    minutes: int | None
    progress: CourseProgress | None = None
    tries: Tries = UNLIMITED
    school: str | None = None  # in its address, for somebody of several schools

    @property
    def status(self) -> statuses.Status:
        return statuses.status_of_record(self.record)

    @property
    def status_here(self) -> statuses.Status:
        """The status in the course itself, whatever was completed elsewhere."""
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
        records = training.records(tx, person=person.id, on=today())
        several = len({record.membership.school_id for record in records}) > 1
        rows = [
            replace(_row(tx, record, minutes), school=record.membership.school_id if several else None)
            for record in records
            if record.is_offered and _counts(record)
        ]
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
        row = replace(_row(tx, record, training.minutes(tx)), school=request.args.get("school"))
        found = history(tx, registrar().versions, record, settings().packages)
        managers = _managers(tx)
        at, whose = record.membership.school_id, record.membership.person_id
        showing = others(tx, whose, record.course.id, at, today())
    return render_template(
        "learner/course.html",
        showing=showing,
        row=row,
        registration=record.registration,
        attempts=listed(found) if found else (),
        managers=managers,
    )


@blueprint.post("/<course>/start")
def start(course: str) -> Page | Response:
    """Launch the course by a link of its own; the play page leads back here."""
    with database().writing() as tx:
        record = _own(tx, course)
        if has_left(record.membership):
            flash(f"You have left {record.membership.school.name}, so this course cannot be started there.")
            return redirect(url_for("learner.courses"), 303)
        back = url_for("learner.course", course=course, school=request.args.get("school"), _external=True)
        if not record.is_offered:
            flash(f"{record.course.title} is no longer offered, so you cannot start it.")
            return redirect(url_for("learner.courses"), 303)
        again = request.form.get("again") == "yes"
        link = registrar().launch(tx, record.enrolment, now(), return_url=back, again=again)
    return redirect(link, 303)


@blueprint.post("/<course>/show")
def show_completion(course: str) -> Page | Response:
    """Show what is completed in a course at one school to another school of the learner's, or end that."""
    target, ends = request.form.get("to", ""), request.form.get("ends") == "yes"
    with database().writing() as tx:
        record = _own(tx, course)
        person, at = record.membership.person_id, record.membership.school_id
        known = {each.school.id: each.school for each in others(tx, person, course, at, today())}
        school = known.get(target) or abort(404)
        show(tx, own(signed_in()), now(), person, record.course, at, target, ends=ends)
    told = "no longer sees" if ends else "now sees"
    flash(f"{school.name} {told} that you have completed {record.course.title}.")
    return redirect(url_for("learner.course", course=course, school=at), 303)


def _counts(record: TrainingRecord) -> bool:
    """Whether a course is listed: of a school that somebody has left, only what they completed there."""
    is_done = statuses.status_of_record(record) is statuses.COMPLETED
    return is_done or not has_left(record.membership)


def _own(tx: Transaction, course: str) -> TrainingRecord:
    """The record of one's own course; where two schools have given it, the address names the school."""
    school = request.args.get("school")
    records = training.records(tx, person=signed_in().id, course=course, school=school, on=today())
    here = [record for record in records if not has_left(record.membership)]
    if not records:
        abort(404)
    return (here or records)[-1]


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
    """The names of the managers whom a learner can ask; with two schools, those of both."""
    managers = [
        one for stay in own_memberships() for one in memberships.managers(tx, stay.school_id, today())
    ]
    others = [one.name for one in managers if one.person_id != signed_in().id]
    return list(dict.fromkeys(others))
