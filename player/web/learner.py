"""A learner's own pages: their courses, one course with its attempts, and starting it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from player.records import evidence, memberships, training
from player.records.database import Transaction
from player.records.training import TrainingRecord
from player.school import refreshers, standings, statuses
from player.school.actor import own
from player.school.attempts import listed
from player.school.history import history
from player.school.showing import others, show
from player.web import own_training
from player.web.context import database, now, registrar, settings, today
from player.web.course_words import course_words
from player.web.forms import Page
from player.web.own_course import OwnCourse, own_course, own_courses
from player.web.own_training import arranged
from player.web.row_words import panel_words, row_words
from player.web.signing import admit, has_left, own_memberships, signed_in

blueprint = Blueprint("learner", __name__, url_prefix="/training")
blueprint.before_request(admit("learner"))


@blueprint.get("")
def courses() -> str:
    """The learner's courses: the one opened last, those to do, those that are done."""
    _bring_up_to_date()
    with database().reading() as tx:
        records = _records(tx)
        rows = [row for row in own_courses(tx, records) if row.record.is_offered and _counts(row.record)]
        managers = _managers(tx)
        external = [one for one in evidence.external_of_person(tx, signed_in().id) if not one.is_voided]
    training_ = arranged(rows)
    return render_template(
        "learner/training.html",
        training=training_,
        external=external,
        heading=own_training.heading(training_),
        lede=own_training.lede(training_),
        words=lambda row: row_words(row, managers.get(row.record.membership.school_id, ()), now()),
        panel=panel_words(training_.latest, now()) if training_.latest else None,
        foot=own_training.foot([(stay.school.name, managers[stay.school_id]) for stay in own_memberships()]),
    )


@blueprint.get("/<course>")
def course(course: str) -> str:
    """One course with all attempts."""
    _bring_up_to_date()
    with database().reading() as tx:
        record = _own(tx, course)
        row = replace(_row(tx, record), school=request.args.get("school"))
        found = history(tx, registrar().versions, record, settings().packages)
        managers = _managers(tx)
        at, whose = record.membership.school_id, record.membership.person_id
        is_open = record.enrolment.ended is None
        showing = others(tx, whose, record.course.id, at, now()) if is_open else ()
    return render_template(
        "learner/course.html",
        showing=showing,
        row=row,
        words=course_words(row, managers.get(record.membership.school_id, ()), now()),
        registration=record.registration,
        attempts=listed(found) if found else (),
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
        if record.enrolment.ended is not None:
            flash(f"You no longer have {record.course.title}, so you cannot start it.")
            return redirect(back, 303)
        if not record.is_offered:
            flash(f"{record.course.title} is no longer offered, so you cannot start it.")
            return redirect(url_for("learner.courses"), 303)
        again = request.form.get("again") == "yes"
        link = registrar().launch(tx, record.enrolment, now(), return_url=back, again=again)
    return redirect(link, 303)


@blueprint.post("/<course>/refresher")
def start_refresher(course: str) -> Page | Response:
    """Launch the refresher that renews a course; whoever begins it is enrolled on it."""
    with database().writing() as tx:
        record = _own(tx, course)
        person, school = record.membership.person_id, record.membership.school_id
        known = refreshers.at_school(tx, school, today(record.membership.school))
        enrolment = None
        if not has_left(record.membership) and record.enrolment.ended is None:
            enrolment = refreshers.begin(tx, own(signed_in()), now(), record, known)
        if enrolment is None:
            flash(f"No refresher renews {record.course.title} now: take the course itself.")
            return redirect(url_for("learner.course", course=course, school=request.args.get("school")), 303)
        refresher = enrolment.course_id
        [taken] = training.records(tx, person=person, course=refresher, school=school, on=known.on)
        row = _row(tx, taken)
        back = url_for("learner.course", course=refresher, school=request.args.get("school"), _external=True)
        if row.tries.used_up:
            return redirect(back, 303)
        link = registrar().launch(tx, enrolment, now(), return_url=back, again=row.starts_anew)
    return redirect(link, 303)


@blueprint.post("/<course>/show")
def show_completion(course: str) -> Page | Response:
    """Show what is completed in a course at one school to another school of the learner's, or end that."""
    target, ends = request.form.get("to", ""), request.form.get("ends") == "yes"
    with database().writing() as tx:
        record = _own(tx, course)
        if record.enrolment.ended is not None:
            abort(404)
        person, at = record.membership.person_id, record.membership.school_id
        known = {each.school.id: each.school for each in others(tx, person, course, at, now())}
        school = known.get(target) or abort(404)
        show(tx, own(signed_in()), now(), person, record.course, at, target, ends=ends)
    told = "no longer sees" if ends else "now sees"
    flash(f"{school.name} {told} that you have completed {record.course.title}.")
    return redirect(url_for("learner.course", course=course, school=at), 303)


def _bring_up_to_date() -> None:
    """Compute the due days of the learner's schools where a new day may have changed them."""
    for stay in own_memberships():
        standings.bring_due_days_up_to_date(database(), stay.school_id, today(stay.school), now())


def _counts(record: TrainingRecord) -> bool:
    """True where a course is listed: of a school that somebody has left, only what they completed there."""
    is_done = statuses.status_of_record(record) in statuses.DONE
    return is_done or not has_left(record.membership)


def _own(tx: Transaction, course: str) -> TrainingRecord:
    """The record of one's own course, of one that was taken back where there is no other; where two schools
    have given it, the address names the school."""
    school = request.args.get("school")
    found = partial(_records, tx, course=course, school=school)
    records = found() or found(ended=True)
    here = [record for record in records if not has_left(record.membership)]
    if not records:
        abort(404)
    return (here or records)[-1]


def _records(tx: Transaction, **wanted: Any) -> list[TrainingRecord]:
    """One's own records, those of each school with the standing of the day that it is there."""
    days = {stay.school_id: today(stay.school) for stay in own_memberships()}
    return [
        record
        for day in sorted({today(), *days.values()})
        for record in training.records(tx, person=signed_in().id, on=day, **wanted)
        if days.get(record.membership.school_id, today()) == day
    ]


def _row(tx: Transaction, record: TrainingRecord) -> OwnCourse:
    """The course of a record, among all that the person takes at its school."""
    school = record.membership.school_id
    known = refreshers.at_school(tx, school, today(record.membership.school))
    records = training.records(tx, person=record.membership.person_id, school=school, on=known.on)
    return own_course(tx, record, training.minutes(tx), records, known, several=False)


def _managers(tx: Transaction) -> dict[str, list[str]]:
    """The names of the managers whom a learner can ask, by school."""
    return {
        stay.school_id: [
            one.name
            for one in memberships.managers(tx, stay.school_id, today(stay.school))
            if one.person_id != signed_in().id
        ]
        for stay in own_memberships()
    }
