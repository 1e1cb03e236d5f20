"""The audit log as pages and downloads: a school's for its managers, everything for the provider."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from player.compliance import LONDON, zone_named
from player.records import audit, schools
from player.records.audit import AuditFilter
from player.web.activity_words import ACTIONS, ActivityWords
from player.web.context import database
from player.web.export import csv_file
from player.web.manager import find_school, shown
from player.web.signing import admit
from player.web.watching import saw

PER_PAGE = 100
DAY = timedelta(1)
MOST_FURTHER = 6  # steps of a search: more rows than a log has
HEADINGS = ("When", "Who", "School", "What", "About", "Before", "After")
blueprint = Blueprint("activity", __name__)


@blueprint.before_request
def guard() -> Any:
    """A school's log is its managers', the whole one the provider's."""
    if "school" not in (request.view_args or {}):
        return admit("administrator")()
    return admit("manager", "administrator")() or find_school()


@blueprint.get("/schools/<school>/activity")
def of_school(school: str) -> str:
    """What was done and seen at a school."""
    return _page(school)


@blueprint.get("/provider/activity")
def of_all() -> str:
    """What was done and seen at all schools."""
    return _page(None)


@blueprint.get("/schools/<school>/activity.csv")
def school_csv(school: str) -> Response:
    """A download of a school's log, as its filters are set."""
    saw("downloaded", "list", "activity", "Activity log")
    return _download(school, f"{shown().name} activity")


@blueprint.get("/provider/activity.csv")
def all_csv() -> Response:
    """A download of the whole log, as its filters are set."""
    return _download(None, "activity")


def _page(school: str | None) -> str:
    wanted, at = _wanted(school), max(request.args.get("page", 1, int), 1)
    further = min(max(request.args.get("further", 0, int), 0), MOST_FURTHER)
    with database().reading() as tx:
        found = audit.page(tx, wanted, (at - 1) * PER_PAGE, PER_PAGE, further)
        names, words = schools.names(tx), ActivityWords.of(tx, school)
    kept: dict[str, Any] = {
        key: value for key, value in request.args.items() if key in ("who", "what", "day") and value
    }
    where: dict[str, Any] = {"school": school} if school else {}
    filters: dict[str, Any] = {**where, **kept}
    if further:
        kept["further"] = further
    endpoint = "activity.of_school" if school else "activity.of_all"
    return render_template(
        "activity.html",
        school=shown() if school else None,
        rows=[
            (row, words.told(row), words.about(row), words.changes(row), names.get(row.school_id or "", ""))
            for row in found.rows
        ],
        found=found,
        further=url_for(endpoint, **filters, further=further + 1),
        actions=ACTIONS,
        asked=kept,
        page=at,
        pages=None if found.is_more else -(-found.number // PER_PAGE),
        here=lambda page: url_for(endpoint, **where, **kept, page=page),
        plain=url_for(endpoint, **where),
        download=url_for("activity.school_csv" if school else "activity.all_csv", **filters),
    )


def _download(school: str | None, name: str) -> Response:
    with database().reading() as tx:
        rows, names = audit.listed(tx, _wanted(school)), schools.names(tx)
        words = ActivityWords.of(tx, school)
    lines = (
        (
            *(row.at, row.actor, names.get(row.school_id or "", ""), words.told(row), words.about(row)),
            *(row.before, row.after),
        )
        for row in rows
    )
    return csv_file(name, HEADINGS, lines)


def _wanted(school: str | None) -> AuditFilter:
    given = request.args
    since = until = None
    try:
        on = date.fromisoformat(given.get("day", ""))
        zone = zone_named(shown().time_zone if school else LONDON)
        since, until = (datetime.combine(each, time(), zone).astimezone(UTC) for each in (on, on + DAY))
    except (ValueError, OverflowError):
        pass
    who = " ".join(given.get("who", "").split())
    return AuditFilter(school, who, given.get("what", ""), since, until)
