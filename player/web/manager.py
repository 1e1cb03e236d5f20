"""A school's records for its managers: people, courses, each attempt and each answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from player.records import courses, evidence, memberships, reporting, schools, teams, training
from player.records.database import Transaction
from player.records.people import is_shared
from player.records.people_status import WantedPeople
from player.records.tables import Membership, School
from player.records.training import TrainingRecord
from player.school import overview, standings, statuses, training_list
from player.school.attempt_progress import attempt_progress
from player.school.history import RegistrationHistory, answered, history
from player.school.training_list import AnswerLine, answer_lines
from player.school.tries import UNLIMITED, Tries, give_fresh_start, tries
from player.web.context import database, now, registrar, settings, today
from player.web.export import table_file
from player.web.forms import Page
from player.web.invitations import DAYS, invitation
from player.web.signing import actor, admit, has_left, managed, signed_in
from player.web.watching import saw

PER_PAGE = 250  # the staff of nearly every school, so that one print holds them all
SLICE = 100  # records whose answers a download reads at a time
FILTERS = ("course", "status", "team", "q", "left")

blueprint = Blueprint("manager", __name__, url_prefix="/schools/<school>")
blueprint.before_request(admit("manager", "administrator"))


@blueprint.before_request
def find_school() -> None:
    """Find the school of the address: a manager's own, or any for the provider; else 404."""
    wanted = (request.view_args or {}).get("school", "")
    known = next((stay.school for stay in managed() if stay.school_id == wanted), None)
    if known is None and not signed_in().is_administrator:
        abort(404)
    if known is None:
        with database().reading() as tx:
            known = schools.school(tx, wanted) or abort(404)
    g.shown = known


def shown() -> School:
    """The school of this page."""
    school: School = g.shown
    return school


def school_day() -> date:
    """The day of this request at the school of this page."""
    return today(shown())


def bring_due_days_up_to_date() -> None:
    """Compute the school's due days where a new day may have changed them."""
    standings.bring_due_days_up_to_date(database(), shown().id, school_day(), now())


def bring_up_to_date() -> bool:
    """Compute the due days in the same way and count the statuses; returns True where both are of today."""
    return standings.bring_up_to_date(database(), shown().id, school_day(), now()).is_counted


@blueprint.get("/people")
def people(school: str) -> str:
    """The overview of the school's people, in one course or in all."""
    is_counted = bring_up_to_date()
    at = max(request.args.get("page", 1, int), 1)
    wanted = _wanted(first=(at - 1) * PER_PAGE, limit=PER_PAGE)
    with database().reading() as tx:
        shown_people = overview.people(tx, school, school_day(), wanted, is_counted=is_counted)
        known_teams = teams.of_school(tx, school)
    return render_template(
        "manager/people.html",
        school=shown(),
        wanted=wanted,
        overview=shown_people,
        teams=known_teams,
        statuses=statuses.ALL,
        columns=training_list.ON_PAGE,
        page=at,
        pages=-(-shown_people.matching(wanted.status) // PER_PAGE),
        query={key: value for key, value in request.args.items() if key in FILTERS},
    )


@blueprint.get("/people/<person_id>")
def person(school: str, person_id: str) -> str:
    """One person's training records, also of enrolments that have ended."""
    bring_due_days_up_to_date()
    with database().reading() as tx:
        known = member(tx, school, person_id)
        records = training.records(tx, school=school, person=person_id, ended=True, on=school_day())
        team_names = [team.name for team in teams.of_person(tx, school, person_id)]
        may_link = not _no_link(tx, known) and not has_left(known) and known.email is not None
        minutes = training.minutes(tx)
        far = {
            record.enrolment.id: _progress(tx, record, minutes.get(record.course.id)) for record in records
        }
        every = courses.every(tx)
        shown_here = evidence.shown_at(tx, school, person_id)
        external = evidence.external_of_person(tx, person_id, school)
        used_up = {record.enrolment.id for record in records if _tries(tx, record).used_up}
    saw("viewed", "person", person_id, known.name, person_id)
    return render_template(
        "manager/person.html",
        school=shown(),
        shown=known,
        records=records,
        far=far,
        used_up=used_up,
        shown_here=shown_here,
        external=external,
        titles={course.id: course.title for course in every},
        teams=team_names,
        left=has_left(known),
        may_link=may_link,
    )


def _no_link(tx: Transaction, known: Membership) -> bool:
    if signed_in().is_administrator:
        return False
    return known.access != "learner" or is_shared(tx, known.person, known.school_id)


def _progress(tx: Transaction, record: TrainingRecord, minutes: int | None) -> str:
    """The progress in words, while a course is under way."""
    registration = record.registration
    if registration is None or statuses.status_of(registration) is not statuses.UNDER_WAY:
        return ""
    attempts = reporting.attempts(tx, registration.id)
    version = registrar().versions.get(registration.version_id)
    return attempt_progress(tx, version, registration, attempts[0], minutes).words if attempts else ""


@blueprint.post("/people/<person_id>/password-link")
def password_link(school: str, person_id: str) -> Page | Answer:
    """A link to choose a password with, to be passed on by hand. Managers make links for their learners, and
    only for accounts that no other school has a part in: whoever has the link has the account."""
    with database().reading() as tx:
        known = member(tx, school, person_id)
        refused = _no_link(tx, known)
    if refused:
        abort(403)
    if known.email is None or has_left(known):
        flash(f"{known.name} cannot sign in: there is no e-mail address, or they have left.")
        return redirect(url_for("manager.person", school=school, person_id=person_id), 303)
    saw("made a password link", "account", person_id, known.name, person_id)
    return render_template(
        "manager/password_link.html", school=shown(), shown=known, link=invitation(known.person), days=DAYS
    )


@blueprint.get("/records/<registration>")
def record(school: str, registration: str) -> str:
    """The history of one registration: each attempt, activity and answer, and what came too late to count."""
    with database().reading() as tx:
        records = training.records(tx, school=school, registration=registration, ended=True)
        if not records:
            abort(404)
        stay = records[0].membership
        about = f"{stay.name}: {records[0].course.title}"
        saw("viewed", "record", registration, about, stay.person_id)
        return render_template(
            "manager/record.html",
            school=shown(),
            record=records[0],
            history=_history(tx, records[0]),
            tries=_tries(tx, records[0]),
            fresh_starts=reporting.fresh_starts(tx, registration),
        )


@blueprint.post("/records/<registration>/fresh-start")
def fresh_start(school: str, registration: str) -> Answer:
    """Give a learner all tries again; who gave them, and when, stays on record."""
    with database().writing() as tx:
        records = training.records(tx, school=school, registration=registration)
        if not records:
            abort(404)
        counted, name = _tries(tx, records[0]), records[0].membership.name
        if counted.limited and not counted.given:
            give_fresh_start(tx, actor(school), now(), records[0])
            flash(f"{name} has all attempts again when the course is next opened.")
        else:
            flash(f"Nothing was changed: {name} needs no fresh start.")
    return redirect(url_for("manager.record", school=school, registration=registration), 303)


def _tries(tx: Transaction, record: TrainingRecord) -> Tries:
    registration = record.registration
    if registration is None or record.enrolment.ended is not None:
        return UNLIMITED
    return tries(tx, registrar().versions.get(registration.version_id), registration)


@blueprint.get("/courses")
def course_list(school: str) -> str:
    """The courses of the school, with the number of people in each status."""
    is_counted = bring_up_to_date()
    with database().reading() as tx:
        rows = overview.by_course(tx, school, school_day(), is_counted=is_counted)
    return render_template("manager/courses.html", school=shown(), rows=rows)


@blueprint.get("/people.csv")
def people_csv(school: str) -> Response:
    """A download of the overview, as its filters are set: a line for each person and course."""
    is_counted = bring_up_to_date()
    saw("downloaded", "list", "people", "People")
    with database().reading() as tx:
        lines = overview.lines(tx, school, school_day(), _wanted(), is_counted=is_counted)
        return table_file(f"{shown().name} training", training_list.TRAINING, lines)


@blueprint.get("/courses/<course>/answers.csv")
def answers_csv(school: str, course: str) -> Response:
    """A download of all answers in a course: a line for each answer in every attempt."""
    with database().reading() as tx:
        known = courses.course(tx, course) or abort(404)
        saw("downloaded", "list", course, f"Answers: {known.title}")
        lines = _answer_lines(tx, school, course)
        return table_file(f"{shown().name} answers {course}", training_list.ANSWERS, lines)


def _answer_lines(tx: Transaction, school: str, course: str) -> Iterator[AnswerLine]:
    records = training.stream(tx, school, course=course, ended=True)
    while some := list(islice(records, SLICE)):
        for record, attempts in answered(tx, registrar().versions, some, settings().packages):
            yield from answer_lines(record.membership, attempts)


def _history(tx: Transaction, record: TrainingRecord) -> RegistrationHistory | None:
    return history(tx, registrar().versions, record, settings().packages)


def _wanted(*, first: int = 0, limit: int | None = None) -> WantedPeople:
    given = request.args
    return WantedPeople(
        course=given.get("course", ""),
        status=given.get("status", ""),
        team=given.get("team", ""),
        search=" ".join(given.get("q", "").split()),
        gone=given.get("left") == "yes",
        first=first,
        limit=limit,
    )


def member(tx: Transaction, school: str, person_id: str) -> Membership:
    """The person's membership of the school, or 404."""
    return memberships.at_school(tx, school, person_id) or abort(404)
