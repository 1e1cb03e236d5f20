"""The compliance pages: the courses, everybody at the school, and everybody in one course."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, g, render_template

from player.compliance import Duty, Standing
from player.compliance.view import PersonCourse
from player.records import rounds, teams
from player.school import contacts, excluding, refreshers, standings
from player.web.compliance.asking import UNREMINDED, number_of_pages, read_days, read_filters, read_wanted
from player.web.compliance.blueprint import blueprint
from player.web.context import database, now, registrar, settings
from player.web.manager import shown


@blueprint.get("")
def by_course(school: str) -> str:
    """The courses, with the number of people in each standing."""
    with database().reading() as tx:
        today, on = read_days()
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
        **_frame(today, on),
    )


@blueprint.get("/people")
def by_person(school: str) -> str:
    """Everybody at the school, with what is required of them."""
    return people_page(school, {})


def people_page(school: str, errors: dict[str, str]) -> str:
    """The same page, with what is wrong with the form on it."""
    wanted, at = read_wanted()
    with database().reading() as tx:
        today, on = read_days()
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
        errors=errors,
        page=at,
        pages=number_of_pages(counts, wanted, with_all=True),
        **_frame(today, on),
    )


@blueprint.get("/courses/<course>")
def by_course_people(school: str, course: str) -> str:
    """Everybody who must take a course, who is overdue first."""
    return course_page(school, course, {})


def course_page(school: str, course: str, errors: dict[str, str]) -> str:
    wanted, at = read_wanted()
    with database().reading() as tx:
        today, on = read_days()
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
        pages=number_of_pages(counts, wanted, with_all=False),
        **_frame(today, on),
    )


def _frame(today: date, on: date | None) -> dict[str, Any]:
    """The values that each of these pages needs."""
    return {
        "school": shown(),
        "day": on or today,
        "past": on,
        "today_": today,
        "query": read_filters(),
        "day_query": {"on": on.isoformat()} if on else {},
        "computed": now(),
        "unreminded": () if on else UNREMINDED,
        "waits": g.table.is_waiting and on is None,
        "idle": g.table.is_idle,
        "works_elsewhere": settings().works_elsewhere,
    }
