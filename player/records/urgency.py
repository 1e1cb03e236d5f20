"""The standing of a row of the table of due days, in SQL; `compliance.stand` says the same."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, or_

from player.compliance import Standing
from player.compliance.view import URGENCY
from player.records.columns import table
from player.records.due_tables import DueRow

DUE = table(DueRow)
OVERDUE, NEVER_DONE, DUE_SOON, IN_DATE, NOT_REQUIRED = map(
    URGENCY.index,
    (Standing.OVERDUE, Standing.NEVER_DONE, Standing.DUE_SOON, Standing.IN_DATE, Standing.NOT_REQUIRED),
)


def urgency(on: date) -> ColumnElement[int]:
    """The standing of a row on a day as its place in `URGENCY`."""
    is_late = and_(DUE.c.due.is_not(None), DUE.c.due < on)
    return case(
        (or_(DUE.c.required_since.is_(None), DUE.c.required_since > on), NOT_REQUIRED),
        (is_late, OVERDUE),
        (DUE.c.done.is_(None), NEVER_DONE),
        (and_(DUE.c.opens.is_not(None), DUE.c.opens <= on), DUE_SOON),
        else_=IN_DATE,
    )


def summed(on: date) -> tuple[ColumnElement[int], ...]:
    """A person in all their rows: the most urgent standing, how many courses are required and how many of
    them in date, and the first due day of what is to be done, else of anything that is required."""
    place = urgency(on)
    is_required = place < NOT_REQUIRED
    to_do_due = func.min(case((place < IN_DATE, DUE.c.due), else_=None))
    any_due = func.min(case((is_required, DUE.c.due), else_=None))
    return (
        func.min(place).label("urgency"),
        func.sum(case((is_required, 1), else_=0)).label("required"),
        func.sum(case((and_(is_required, place >= DUE_SOON), 1), else_=0)).label("in_date"),
        func.coalesce(to_do_due, any_due).label("due"),
    )
