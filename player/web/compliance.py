"""A school's compliance pages: who is in date, by course and by person, today or on a past day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from player.compliance import Duty, Standing, civil_day, zone_named
from player.compliance.view import BY_REMINDER, SORTS, URGENCY, Counts, PersonCourse, Wanted
from player.records import courses, rounds, teams
from player.records.database import Transaction
from player.records.due import TableState
from player.records.tables import Course
from player.school import asked_reminders, contacts, excluding, refreshers, standings
from player.school.planned_round import NotSent
from player.school.refreshers import Refreshers
from player.school.reminding import BATCH
from player.school.requiring import TrainingRuleError
from player.web.context import database, now, registrar, settings
from player.web.export import csv_file
from player.web.forms import text
from player.web.manager import find_school, shown
from player.web.signing import actor, admit
from player.web.watching import saw
from player.web.wording import count

blueprint = Blueprint("compliance", __name__, url_prefix="/schools/<school>/compliance")
blueprint.before_request(admit("manager", "administrator"))
blueprint.before_request(find_school)
PER_PAGE = 250
FILTERS = ("standing", "team", "q", "sort", "order", "on", "reminded")
MOST_TOLD = 5  # people who get no reminder, by name
UNREMINDED = (7, 14, 30)  # days without a reminder that can be chosen
HEADING = (
    "Name",
    "E-mail",
    "Staff id",
    "Job title",
    "Course",
    "Standing",
    "Completed",
    "Due",
    "Days overdue",
    "To take",
)


@blueprint.before_request
def bring_up_to_date() -> None:
    """Compute the school's due days where a new day may have changed them."""
    g.table = standings.bring_up_to_date(database(), shown().id, _today(), now())


@blueprint.get("")
def by_course(school: str) -> str:
    """The courses, with the number of people in each standing."""
    with database().reading() as tx:
        today, on = _days()
        view = standings.view(tx, school, today, on, g.table)
        counted, people = view.by_course(), view.of_people()
        rules = refreshers.at_school(tx, school, on or today)
        missing = contacts.missing(tx, registrar().versions, school, now())
    listed = [(rules.courses[course], counts) for course, counts in counted.items()]
    required = [row for row in listed if row[1].required]
    required.sort(key=lambda row: (-row[1][Standing.OVERDUE], row[0].title.casefold()))
    return render_template(
        "manager/compliance.html",
        required=required,
        optional=sorted((row for row in listed if not row[1].required), key=lambda row: row[0].title),
        people=people,
        duty_of=rules.duties,
        missing=missing,
        **_shown(today, on),
    )


@blueprint.get("/people")
def by_person(school: str) -> str:
    """Everybody at the school, with what is required of them."""
    wanted, at = _wanted()
    with database().reading() as tx:
        today, on = _days()
        view = standings.view(tx, school, today, on, g.table)
        counts, rows = view.people_counts(wanted), view.people_rows(wanted)
        lines = view.lines([row.person for row in rows])
        reminded = rounds.last_reminders(tx, school, [row.person for row in rows])
        known = refreshers.at_school(tx, school, on or today)
        known_teams = teams.of_school(tx, school)
    open_of: dict[str, list[PersonCourse]] = {}
    for line in lines:
        if line.standing is not Standing.IN_DATE:
            open_of.setdefault(line.person, []).append(line)
    return render_template(
        "manager/compliance_people.html",
        counts=counts,
        rows=rows,
        open_of=open_of,
        reminded=reminded,
        titles={course.id: course.title for course in known.courses.values()},
        refreshers=known,
        teams=known_teams,
        wanted=wanted,
        page=at,
        pages=_pages(counts, wanted, with_all=True),
        **_shown(today, on),
    )


@blueprint.get("/courses/<course>")
def by_course_people(school: str, course: str) -> str:
    """Everybody who must take a course, who is overdue first."""
    return _course_page(school, course, {})


def _course_page(school: str, course: str, errors: dict[str, str]) -> str:
    wanted, at = _wanted()
    with database().reading() as tx:
        today, on = _days()
        rules = refreshers.at_school(tx, school, on or today, course)
        known = rules.courses.get(course) or abort(404)
        view = standings.view(tx, school, today, on, g.table)
        counts, rows = view.course_counts(course, wanted), view.course_rows(course, wanted)
        known_teams = teams.of_school(tx, school)
        excluded = excluding.reasons(tx, school, course, on or today)
        reminded = rounds.last_reminders(tx, school, [row.person for row in rows], course)
    return render_template(
        "manager/compliance_course.html",
        course=known,
        counts=counts,
        rows=rows,
        duty=rules.duties.get(course, Duty()),
        refreshers=rules,
        teams=known_teams,
        excluded=excluded,
        reminded=reminded,
        wanted=wanted,
        errors=errors,
        page=at,
        pages=_pages(counts, wanted, with_all=False),
        **_shown(today, on),
    )


@blueprint.post("/courses/<course>/exclude")
def exclude(school: str, course: str) -> str | tuple[str, int] | Answer:
    """Send the chosen people no e-mails about a course."""
    persons, why = request.form.getlist("person"), text("why")
    errors = {}
    if not persons:
        errors["person"] = "Choose people first."
    if not why:
        errors["why"] = "Write the reason: it is shown beside what was not sent."
    if errors:
        return _course_page(school, course, errors), 422
    with database().writing() as tx:
        _course(tx, course)
        today = _today()
        try:
            done = excluding.exclude_people(tx, actor(school), now(), school, course, persons, why, today)
        except TrainingRuleError:
            abort(404)
    flash(f"{count(done, 'person gets', 'people get')} no more e-mails about this course.")
    return redirect(url_for("compliance.by_course_people", school=school, course=course), 303)


@blueprint.post("/courses/<course>/remind")
def remind(school: str, course: str) -> str | tuple[str, int] | Answer:
    """Send the chosen people, or all whom the filters leave, a reminder of a course now."""
    persons, of_all = request.form.getlist("person"), "everybody" in request.form
    with database().reading() as tx:
        _course(tx, course)
        if of_all:
            wanted, _ = _wanted(limited=False)
            view = standings.view(tx, school, _today(), None, g.table)
            persons = [row.person for row in view.course_rows(course, wanted)]
    if not persons and not of_all:
        return _course_page(school, course, {"person": "Choose people first."}), 422
    flash(_reminded(school, course, persons))
    return redirect(url_for("compliance.by_course_people", school=school, course=course, **_query()), 303)


def _reminded(school: str, course: str, persons: Sequence[str]) -> str:
    """Send the reminders, some at a time so that nobody waits long for the writer's turn."""
    sent, not_sent = 0, list[NotSent]()
    for at in range(0, len(persons), BATCH):
        pairs = {(person, course) for person in persons[at : at + BATCH]}
        with database().writing() as tx:
            report = asked_reminders.remind_these(
                tx, settings(), actor(school), now(), school, pairs, _today()
            )
        sent, not_sent = sent + len(report.sent), not_sent + report.not_sent
    told = [f"{count(sent, 'reminder is', 'reminders are')} on the way."] if sent else []
    told += [f"Not to {one.name}: {one.reason}." for one in not_sent[:MOST_TOLD]]
    if more := not_sent[MOST_TOLD:]:
        told.append(f"Nor to {count(len(more), 'other')}.")
    return " ".join(told) or (
        "Nothing was sent: they were reminded today already, or need not take this course now."
    )


@blueprint.get("/courses/<course>.csv")
def course_csv(school: str, course: str) -> Response:
    """A download of a course, as the page is filtered and sorted."""
    wanted, _ = _wanted(limited=False)
    with database().reading() as tx:
        today, on = _days()
        rules = refreshers.at_school(tx, school, on or today, course)
        title = (rules.courses.get(course) or abort(404)).title
        rows = standings.view(tx, school, today, on, _finished()).course_rows(course, wanted)
    lines = _lines(rows, {course: title}, rules)
    saw("downloaded", "list", course, f"Compliance: {title}")
    return csv_file(f"{shown().name} {title} {on or today}", HEADING, lines)


@blueprint.get("/people.csv")
def people_csv(school: str) -> Response:
    """A download of everybody in each course that is required of them, and of who must take nothing."""
    with database().reading() as tx:
        today, on = _days()
        view = standings.view(tx, school, today, on, _finished())
        lines = view.lines(None)
        nothing = view.people_rows(Wanted(standing=Standing.NOT_REQUIRED.value))
        known = refreshers.at_school(tx, school, on or today)
        titles = {course.id: course.title for course in known.courses.values()}
    rest = [
        (one.name, one.email, one.staff_id, one.job_title, "", "nothing required", None, None, None, "")
        for one in nothing
    ]
    saw("downloaded", "list", "compliance", "Compliance: people")
    return csv_file(
        f"{shown().name} compliance {on or today}", HEADING, [*_lines(lines, titles, known), *rest]
    )


def _lines(
    rows: Iterable[PersonCourse], titles: Mapping[str, str], known: Refreshers
) -> list[tuple[Any, ...]]:
    return [
        (
            *(row.name, row.email, row.staff_id, row.job_title, titles[row.course], row.standing.value),
            *(row.done, row.due, row.days(known.on) if row.standing is Standing.OVERDUE else None),
            _to_take(row, titles, known),
        )
        for row in rows
    ]


def _to_take(row: PersonCourse, titles: Mapping[str, str], known: Refreshers) -> str:
    """The title of what somebody is to take now: the refresher where it still renews the course."""
    if row.standing in (Standing.IN_DATE, Standing.NOT_REQUIRED):
        return ""
    offer = known.offer(row.course, row.done, row.due)
    return offer.refresher.title if offer and offer.is_open else titles[row.course]


def _finished() -> TableState:
    """For a download: a table that is still being brought up to date tells nothing."""
    known: TableState = g.table
    return known._replace(is_waiting=False)


def _course(tx: Transaction, course_id: str) -> Course:
    return courses.course(tx, course_id) or abort(404)


def _today() -> date:
    """The day at the school of this page."""
    return civil_day(now(), zone_named(shown().time_zone))


def _days() -> tuple[date, date | None]:
    """Today at the school, and the past day that is asked for."""
    today = _today()
    try:
        on = date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        return today, None
    return today, on if on < today else None


def _wanted(*, limited: bool = True) -> tuple[Wanted, int]:
    given, at = request.args, max(request.args.get("page", 1, int), 1)
    standing, sort = given.get("standing", ""), given.get("sort", "")
    days = given.get("reminded", 0, int)
    wanted = Wanted(
        standing=standing if standing in [one.value for one in URGENCY] else "",
        search=" ".join(given.get("q", "").split()),
        team=given.get("team", ""),
        sort=sort if sort in (*SORTS, BY_REMINDER) else "status",
        descends=given.get("order") == "down",
        first=(at - 1) * PER_PAGE,
        limit=PER_PAGE if limited else None,
        unreminded=now() - timedelta(days) if days in UNREMINDED and not _days()[1] else None,
    )
    return wanted, at


def _pages(counts: Counts, wanted: Wanted, *, with_all: bool) -> int:
    everybody = sum(counts.of.values()) if with_all or not counts.required else counts.required
    number = counts[wanted.standing] if wanted.standing else everybody
    return -(-number // PER_PAGE)


def _query() -> dict[str, Any]:
    """The filters in the address of the page."""
    return {key: value for key, value in request.args.items() if key in FILTERS and value}


def _shown(today: date, on: date | None) -> dict[str, Any]:
    return {
        "school": shown(),
        "day": on or today,
        "past": on,
        "today_": today,
        "query": _query(),
        "day_query": {"on": on.isoformat()} if on else {},
        "computed": now(),
        "unreminded": () if on else UNREMINDED,
        "waits": g.table.is_waiting and on is None,
        "idle": g.table.is_idle,
        "works_elsewhere": settings().works_elsewhere,
    }
