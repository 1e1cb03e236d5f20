"""A school's records for whoever manages its training: people, courses, each attempt and each answer."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from player.lists.writing import Cells
from player.records import courses, launches, reporting, schools, teams, training
from player.records.database import Transaction
from player.records.people import of_school as people_of
from player.records.people import person as find_person
from player.records.tables import Person, School
from player.school import overview, statuses
from player.school.attempt_progress import attempt_progress
from player.school.history import RegistrationHistory, history
from player.school.overview import Wanted
from player.school.tries import UNLIMITED, Tries, tries
from player.web.context import database, now, registrar, settings
from player.web.export import csv_file
from player.web.forms import Page
from player.web.invitations import DAYS, invitation
from player.web.signing import admit, has_left, signed_in

PER_PAGE = 250  # the staff of nearly every school, so that one print holds them all
WHO = ("Name", "Email")
PEOPLE = (*WHO, "Id", "Teams", "Course", "Status", "Score", "Attempts", "Started", "Completed", "Minutes")
ANSWERS = (*WHO, "Attempt", "Part", "Asked in", "Question", "Answer", "Right answer", "Result", "Answered")
FILTERS = ("course", "status", "team", "q", "left")

blueprint = Blueprint("manager", __name__, url_prefix="/schools/<school>")
blueprint.before_request(admit("manager", "administrator"))


@blueprint.before_request
def find_school() -> None:
    """A manager's own school, or for the provider any: to everybody else there is none."""
    wanted, asking = (request.view_args or {}).get("school", ""), signed_in()
    if asking.role == "manager" and asking.school_id != wanted:
        abort(404)
    with database().reading() as tx:
        found = schools.school(tx, wanted)
    if found is None:
        abort(404)
    g.shown = found


def shown() -> School:
    """The school of this page."""
    school: School = g.shown
    return school


@blueprint.get("/people")
def people(school: str) -> str:
    """Who has done what: of one course, or of all."""
    wanted = _wanted()
    with database().reading() as tx:
        rows, records = _rows(tx, school, wanted)
        known_teams = teams.of_school(tx, school)
    found = overview.of_status(rows, wanted.status)
    at = max(request.args.get("page", 1, int), 1)
    return render_template(
        "manager/people.html",
        school=shown(),
        wanted=wanted,
        titles={each.course.id: each.course.title for each in overview.by_course(records)},
        teams=known_teams,
        rows=found[(at - 1) * PER_PAGE : at * PER_PAGE],
        counts=overview.counted(rows),
        statuses=statuses.ALL,
        people=len(rows),
        matching=len(found),
        page=at,
        pages=-(-len(found) // PER_PAGE),
        query={key: value for key, value in request.args.items() if key in FILTERS},
    )


@blueprint.get("/people/<person_id>")
def person(school: str, person_id: str) -> str:
    """One person's record, with courses that have ended for them."""
    with database().reading() as tx:
        found = _person(tx, school, person_id)
        records = training.records(tx, person=found.id, ended=True)
        team_names = teams.names_by_person(tx, school).get(found.id, [])
        minutes = training.minutes(tx)
        far = {each.enrolment.id: _how_far(tx, each, minutes.get(each.course.id)) for each in records}
        used_up = {each.enrolment.id for each in records if _tries(tx, each).used_up}
    return render_template(
        "manager/person.html",
        school=shown(),
        shown=found,
        records=records,
        far=far,
        used_up=used_up,
        teams=team_names,
        left=has_left(found),
    )


def _how_far(tx: Transaction, record: training.TrainingRecord, minutes: int | None) -> str:
    """In words, while a course is under way."""
    registration = record.registration
    if registration is None or statuses.status_of(registration) is not statuses.UNDER_WAY:
        return ""
    tries = reporting.attempts(tx, registration.id)
    version = registrar().versions.get(registration.version_id)
    return attempt_progress(tx, version, registration, tries[0], minutes).words if tries else ""


@blueprint.post("/people/<person_id>/password-link")
def password_link(school: str, person_id: str) -> Page | Answer:
    """A link to choose a password with, to be passed on by hand; managers make them for learners."""
    with database().reading() as tx:
        found = _person(tx, school, person_id)
    if found.role != "learner" and signed_in().role != "administrator":
        abort(403)
    if found.email is None or has_left(found):
        flash(f"{found.name} cannot sign in: there is no e-mail address, or the date of leaving has come.")
        return redirect(url_for("manager.person", school=school, person_id=person_id), 303)
    return render_template(
        "manager/password_link.html", school=shown(), shown=found, link=invitation(found), days=DAYS
    )


@blueprint.get("/records/<registration>")
def record(school: str, registration: str) -> str:
    """Each attempt, activity and answer of one registration, and what came too late to count."""
    with database().reading() as tx:
        found = training.records(tx, school=school, registration=registration, ended=True)
        if not found:
            abort(404)
        told = history(tx, registrar().versions, found[0], settings().packages)
        return render_template(
            "manager/record.html",
            school=shown(),
            record=found[0],
            history=told,
            tries=_tries(tx, found[0]),
            fresh_starts=reporting.fresh_starts(tx, registration),
        )


@blueprint.post("/records/<registration>/fresh-start")
def fresh_start(school: str, registration: str) -> Answer:
    """Every try again, for whoever has used them up: who gave it, and when, stays on record."""
    with database().writing() as tx:
        found = training.records(tx, school=school, registration=registration)
        if not found:
            abort(404)
        counted, name = _tries(tx, found[0]), found[0].person.name
        if counted.limited and not counted.given:
            launches.give_fresh_start(tx.connection(), registration, signed_in().id, now())
            flash(f"{name} has every try again, from the next time the course is opened.")
        else:
            flash(f"Nothing was changed: {name} needs no fresh start.")
    return redirect(url_for("manager.record", school=school, registration=registration), 303)


def _tries(tx: Transaction, record: training.TrainingRecord) -> Tries:
    registration = record.registration
    if registration is None or record.enrolment.ended is not None:
        return UNLIMITED
    return tries(tx, registrar().versions.get(registration.version_id), registration)


@blueprint.get("/courses")
def course_list(school: str) -> str:
    """Each course of the school, with how many have completed it."""
    with database().reading() as tx:
        records = [each for each in training.records(tx, school=school) if not has_left(each.person)]
    return render_template("manager/courses.html", school=shown(), rows=overview.by_course(records))


@blueprint.get("/people.csv")
def people_csv(school: str) -> Response:
    """A row for each person and course, as the filters of the page have it."""
    wanted = _wanted()
    with database().reading() as tx:
        rows, _ = _rows(tx, school, wanted)
        team_names = teams.names_by_person(tx, school)
    kept = [each for row in overview.of_status(rows, wanted.status) for each in row.records]
    told = (_exported(each, "; ".join(team_names.get(each.person.id, ()))) for each in kept)
    return csv_file(f"{shown().name} training", PEOPLE, told)


@blueprint.get("/courses/<course>/answers.csv")
def answers_csv(school: str, course: str) -> Response:
    """A row for each answer to each question of one course, of every attempt."""
    with database().reading() as tx:
        if courses.course(tx, course) is None:
            abort(404)
        records = training.records(tx, school=school, course=course, ended=True)
        histories = [(each, history(tx, registrar().versions, each, settings().packages)) for each in records]
    rows = (row for record, told in histories if told for row in _answered(record.person, told))
    return csv_file(f"{shown().name} answers {course}", ANSWERS, rows)


def _answered(person: Person, told: RegistrationHistory) -> Iterator[Cells]:
    for attempt in told.attempts:
        for part in attempt.parts:
            for group in part.groups:
                for answer in group.answers:
                    yield (
                        *(person.name, person.email, attempt.attempt.number),
                        *(part.activity.title, group.title, answer.question),
                        *(answer.given, answer.right, answer.word, answer.at),
                    )


def _exported(record: training.TrainingRecord, teams: str) -> Cells:
    registration = record.registration
    return (
        record.person.name,
        record.person.email,
        record.person.learner_id,
        teams,
        record.course.title,
        statuses.status_of(registration).word,
        statuses.score_text(registration.result.score) if registration else "",
        registration.attempts if registration else 0,
        registration.started if registration else None,
        registration.completed if registration else None,
        round(registration.total_time / 60, 1) if registration else None,
    )


def _rows(
    tx: Transaction, school: str, wanted: Wanted
) -> tuple[list[overview.PersonOverview], list[training.TrainingRecord]]:
    """Those who are at the school now, or those who have left: never both in one count."""
    records = training.records(tx, school=school)
    leavers = request.args.get("left") == "yes"
    here = [each for each in people_of(tx, school) if has_left(each) is leavers]
    return overview.rows(here, records, wanted, teams.members(tx, school)), records


def _wanted() -> Wanted:
    given = request.args
    return Wanted(
        course=given.get("course", ""),
        status=given.get("status", ""),
        team=given.get("team", ""),
        search=" ".join(given.get("q", "").split()),
    )


def _person(tx: Transaction, school: str, person_id: str) -> Person:
    found = find_person(tx, person_id, school)
    if found is None:
        abort(404)
    return found
