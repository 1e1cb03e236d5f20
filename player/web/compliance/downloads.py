"""Downloads of the compliance pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Response, abort, g

from player.compliance import Standing
from player.compliance.view import PersonCourse, Wanted
from player.records.due import TableState
from player.school import refreshers, standings
from player.school.refreshers import Refreshers
from player.web.compliance.asking import read_days, read_wanted
from player.web.compliance.blueprint import blueprint
from player.web.context import database
from player.web.export import csv_file
from player.web.manager import shown
from player.web.watching import saw

HEADING = (
    "Name",
    "E-mail",
    "Staff id",
    "Job title",
    "Course",
    "Status",
    "Completed",
    "Due",
    "Days overdue",
    "To take",
)


@blueprint.get("/courses/<course>.csv")
def course_csv(school: str, course: str) -> Response:
    """A download of a course, as the page is filtered and sorted."""
    wanted, _ = read_wanted(limited=False)
    with database().reading() as tx:
        today, on = read_days()
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
        today, on = read_days()
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
            *(
                row.name,
                row.email,
                row.staff_id,
                row.job_title,
                titles[row.course],
                row.standing.capitalize(),
            ),
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
