"""The audit log as pages and downloads: a school's for its managers, everything for the provider."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, render_template, request, url_for

from player.compliance import LONDON
from player.records import audit, schools, teams
from player.records.audit import AuditFilter
from player.records.work_tables import AuditRow
from player.web.context import database
from player.web.export import csv_file
from player.web.manager import find_school, shown
from player.web.signing import admit
from player.web.watching import saw
from player.web.wording import day

PER_PAGE = 100
HEADINGS = ("When", "Who", "School", "What", "About", "Before", "After")
ACTIONS = {
    "added:membership": "Added to the staff",
    "changed:membership": "Details changed",
    "left:membership": "Left",
    "came back:membership": "Came back",
    "signed out everywhere:membership": "Signed out everywhere",
    "signed out everywhere:account": "Signed out everywhere",
    "invited:membership": "Invited",
    "added:enrolment": "Enrolled",
    "ended:enrolment": "Enrolment ended",
    "gave a fresh start:registration": "Fresh start given",
    "added:team": "Team added",
    "changed:team": "Team renamed",
    "removed:team": "Team removed",
    "joined a team:team": "Joined a team",
    "left a team:team": "Left a team",
    "added:key": "Portal key created",
    "revoked:key": "Portal key revoked",
    "added:school": "School added",
    "changed:school": "School renamed",
    "retired:course": "Course retired",
    "offered again:course": "Course offered again",
    "required:requirement": "Course required",
    "made optional:requirement": "Course no longer required",
    "set:duty": "How often a course is retaken",
    "excluded:exclusion": "Excluded from reminders",
    "ended:exclusion": "Exclusion ended",
    "changed:contact": "Contact for Get help changed",
    "added:batch of external records": "External records added",
    "undone:batch of external records": "External records taken back",
    "voided:external record": "External record made void",
    "viewed:record": "Record viewed",
    "viewed:person": "Training record viewed",
    "downloaded:list": "List downloaded",
    "viewed:e-mail": "E-mail viewed",
    "sent again:e-mail": "E-mail sent again",
    "reminded:person": "Reminder sent by hand",
    "changed:reminder days": "Reminder days changed",
    "made a password link:account": "Password link created",
    "sent a password link:account": "Password link sent",
    "changed the password:account": "Password changed",
    "signed in:account": "Signed in",
    "sign-in failed:account": "Sign-in failed",
    "made an administrator:account": "Made an administrator",
    "no longer an administrator:account": "No longer an administrator",
}
FIELDS = {
    "staff_id": "staff id",
    "job_title": "job title",
    "email": "e-mail address",
    "until": "leaves on",
    "of": "who must take it",
    "since": "from",
    "months": "months until it is due again",
    "anchor": "counted from",
    "window": "days in which it is due soon",
    "first": "days for somebody who has never done it",
    "fixed": "day of every year",
    "least": "months at least before that day",
    "renewed_by": "renewed by",
    "lapsed": "days after which a refresher no longer renews it",
}
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
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
    with database().reading() as tx:
        rows = audit.listed(tx, wanted, (at - 1) * PER_PAGE, PER_PAGE)
        total = audit.number(tx, wanted)
        names, in_teams = schools.names(tx), teams.names(tx, school)
    kept: dict[str, Any] = {
        key: value for key, value in request.args.items() if key in ("who", "what", "day") and value
    }
    endpoint = "activity.of_school" if school else "activity.of_all"
    where: dict[str, Any] = {"school": school} if school else {}
    return render_template(
        "activity.html",
        school=shown() if school else None,
        rows=[(row, told(row), changes(row, in_teams), names.get(row.school_id or "", "")) for row in rows],
        total=total,
        actions=ACTIONS,
        asked=kept,
        page=at,
        pages=-(-total // PER_PAGE),
        here=lambda page: url_for(endpoint, **where, **kept, page=page),
        plain=url_for(endpoint, **where),
        download=url_for("activity.school_csv" if school else "activity.all_csv", **where, **kept),
    )


def _download(school: str | None, name: str) -> Response:
    with database().reading() as tx:
        rows, names = audit.listed(tx, _wanted(school)), schools.names(tx)
    lines = (
        (row.at, row.actor, names.get(row.school_id or "", ""), told(row), row.about, row.before, row.after)
        for row in rows
    )
    return csv_file(name, HEADINGS, lines)


def _wanted(school: str | None) -> AuditFilter:
    given = request.args
    since = until = None
    try:
        on = date.fromisoformat(given.get("day", ""))
        since = datetime.combine(on, time(), ZoneInfo(LONDON)).astimezone(UTC)
        until = datetime.combine(on + timedelta(1), time(), ZoneInfo(LONDON)).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    who = " ".join(given.get("who", "").split())
    return AuditFilter(school, who, given.get("what", ""), since, until)


def told(row: AuditRow) -> str:
    """What was done, in words."""
    return ACTIONS.get(f"{row.action}:{row.noun}") or f"{row.action} {row.noun}".capitalize()


def changes(row: AuditRow, in_teams: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Each changed value: its name, what it was and what it became."""
    before: Mapping[str, Any] = json.loads(row.before or "{}")
    after: Mapping[str, Any] = json.loads(row.after or "{}")
    if row.before is None and row.action != "changed":
        return []
    return [
        (FIELDS.get(key, key), _worded(before.get(key), in_teams), _worded(after[key], in_teams))
        for key in after
    ]


def _worded(value: Any, in_teams: Mapping[str, str]) -> str:
    """A value of the log: teams by their names, a day as people write it."""
    if isinstance(value, list):
        return ", ".join(in_teams.get(str(each), str(each)) for each in value)
    if isinstance(value, str) and DAY.fullmatch(value):
        return day(date.fromisoformat(value))
    return "" if value is None else str(value)
