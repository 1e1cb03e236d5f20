"""The filters, the day and the page that an address of the compliance pages asks for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import request

from player.compliance import written_day
from player.compliance.view import BY_REMINDER, SORTS, URGENCY, Counts, Wanted
from player.web.context import now
from player.web.manager import school_day

PER_PAGE = 250
FILTERS = ("standing", "team", "q", "sort", "order", "on", "reminded")
UNREMINDED = (7, 14, 30)  # days without a reminder that can be chosen


def read_days() -> tuple[date, date | None]:
    """Today at the school, and the past day that is asked for."""
    today = school_day()
    try:
        on = written_day(request.args.get("on", ""))
    except ValueError:
        return today, None
    return today, on if on < today else None


def read_wanted(*, limited: bool = True) -> tuple[Wanted, int]:
    """The rows that the address asks for, and its page; without `limited` the rows of all pages."""
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
        unreminded=now() - timedelta(days) if days in UNREMINDED and not read_days()[1] else None,
    )
    return wanted, at


def read_filters() -> dict[str, Any]:
    """The filters in the address of the page."""
    return {key: value for key, value in request.args.items() if key in FILTERS and value}


def number_of_pages(counts: Counts, wanted: Wanted, *, with_all: bool) -> int:
    """The pages of the rows that these counts count; `with_all` also people of whom nothing is required."""
    everybody = sum(counts.of.values()) if with_all or not counts.required else counts.required
    number = counts[wanted.standing] if wanted.standing else everybody
    return -(-number // PER_PAGE)
