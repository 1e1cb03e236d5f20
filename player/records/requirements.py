"""Requirements, duties and exclusions: the dated rows of who must be trained in what, and how often."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session as Transaction

from player.compliance import Duty, DutySettings
from player.records.due_tables import DutyRow, ExclusionRow, RequirementRow
from player.records.tables import Course, Enrolment


def requirements(tx: Transaction, school_id: str | None, on: date) -> Sequence[RequirementRow]:
    """The requirements that a school, or the provider for all, has on a day or from a later one on."""
    wanted = select(RequirementRow).where(
        RequirementRow.school_id.is_(None) if school_id is None else RequirementRow.school_id == school_id,
        _lasts(RequirementRow, on),
    )
    return tx.scalars(wanted.order_by(RequirementRow.course_id, RequirementRow.since)).all()


def courses_of_school(tx: Transaction, school_id: str, on: date) -> set[str]:
    """The courses that somebody at a school has or had, or that its people must take on a day or later."""
    given = select(Enrolment.id).where(Enrolment.school_id == school_id, Enrolment.course_id == Course.id)
    here = or_(RequirementRow.school_id == school_id, RequirementRow.school_id.is_(None))
    must = select(RequirementRow.id).where(
        RequirementRow.course_id == Course.id, here, _lasts(RequirementRow, on)
    )
    return set(tx.scalars(select(Course.id).where(or_(given.exists(), must.exists()))))


def _lasts(row: type[RequirementRow] | type[ExclusionRow], on: date) -> ColumnElement[bool]:
    """Condition: it applies on the day or on a later one; what ended before it began never does."""
    return or_(row.until.is_(None), and_(row.until > on, row.until > row.since))


def require(
    tx: Transaction,
    school_id: str | None,
    course_id: str,
    teams: Collection[str | None],
    since: date,
    now: datetime,
    by: str,
) -> bool:
    """A course is required of exactly these teams from a day on; None is everybody, and no team is nobody.

    A requirement that goes on is not touched, one of a later day goes. Returns whether anything changed.
    """
    known = [row for row in requirements(tx, school_id, since) if row.course_id == course_id]
    kept: set[str | None] = set()
    changed = False
    for row in known:
        if row.since > since or row.team_id not in teams or row.team_id in kept:
            row.until = max(row.since, since)
            changed = True
        else:
            changed, row.until = changed or row.until is not None, None
            kept.add(row.team_id)
    new = [team for team in teams if team not in kept]
    tx.add_all(
        RequirementRow(
            school_id=school_id, course_id=course_id, team_id=team, since=since, recorded=now, recorded_by=by
        )
        for team in new
    )
    tx.flush()
    return changed or bool(new)


def end_of_team(tx: Transaction, team_id: str, today: date) -> set[str]:
    """End the requirements of a team that is removed; returns the courses."""
    rows = tx.scalars(select(RequirementRow).where(RequirementRow.team_id == team_id)).all()
    for row in rows:
        if row.until is None or row.until > today:
            row.until = max(row.since, today)
    tx.flush()
    return {row.course_id for row in rows}


def add_provider_duty(
    tx: Transaction, course_id: str, duty: Duty, since: date, now: datetime, by: str
) -> None:
    """The provider's duty for a course from a day on."""
    row = DutyRow(
        course_id=course_id,
        since=since,
        kind=duty.kind.value,
        basis=duty.basis,
        months=duty.months or 0,
        **_shared_settings(duty),
        recorded=now,
        recorded_by=by,
    )
    tx.add(row)
    tx.flush()


def add_school_settings(
    tx: Transaction, school_id: str, course_id: str, own: DutySettings, since: date, now: datetime, by: str
) -> None:
    """A school's own settings for a course from a day on."""
    row = DutyRow(
        course_id=course_id,
        school_id=school_id,
        since=since,
        months=0 if own.months == "none" else own.months,
        **_shared_settings(own),
        recorded=now,
        recorded_by=by,
    )
    tx.add(row)
    tx.flush()


def _shared_settings(of: Duty | DutySettings) -> dict[str, object]:
    """The columns that a duty and a school's settings write alike."""
    return {
        "anchor": of.anchor.value if of.anchor else None,
        "window": of.window,
        "first": of.first,
        "fixed": str(of.fixed) if of.fixed else None,
        "least": of.least,
        "renewed_by": of.renewed_by,
        "lapsed": of.lapsed,
    }


def exclusions(tx: Transaction, school_id: str, on: date) -> Sequence[ExclusionRow]:
    """A school's exclusions of a day or a later one, the newest first."""
    wanted = select(ExclusionRow).where(ExclusionRow.school_id == school_id, _lasts(ExclusionRow, on))
    return tx.scalars(wanted.order_by(ExclusionRow.recorded.desc())).all()


def exclusions_of(
    tx: Transaction, school_id: str, course_id: str | None, person_id: str | None, on: date
) -> Sequence[ExclusionRow]:
    """The exclusions of exactly this course, person or both."""
    return [
        row
        for row in exclusions(tx, school_id, on)
        if (row.course_id, row.person_id) == (course_id, person_id)
    ]
