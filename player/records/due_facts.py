"""The facts that the due days of a school follow from, read from the tables: a query for each kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session as Transaction

from player.compliance import (
    LONDON,
    Anchor,
    Colleague,
    Dated,
    Duty,
    DutyRows,
    DutySettings,
    Evidence,
    Exclusion,
    Kind,
    Requirement,
    SchoolFacts,
    Span,
    civil_day,
    read_month_day,
    zone_named,
)
from player.records.columns import table
from player.records.due_tables import DutyRow, ExclusionRow, RequirementRow
from player.records.evidence import EVIDENCE, Executes, is_seen
from player.records.tables import Course, Enrolment, Membership, Person, School, Team, TeamMember

SCHOOL, PERSON, COURSE = table(School), table(Person), table(Course)
STAY = table(Membership)
TEAM, MEMBER, ENROLMENT = table(Team), table(TeamMember), table(Enrolment)
REQUIREMENT, DUTY, EXCLUSION = table(RequirementRow), table(DutyRow), table(ExclusionRow)
FEW = 500  # keys in one query; of more, all rows of the school are read
Keys = Collection[str] | None


def load(tx: Executes, school: str, persons: Keys = None, courses: Keys = None) -> SchoolFacts:
    """The facts of a school, of these people and courses where they are named, with the courses that renew
    them."""
    name = tx.execute(select(SCHOOL.c.name).where(SCHOOL.c.id == school)).scalar_one()
    duties = duty_rows(tx, school)
    wanted = None if courses is None else _with_refreshers(duties, courses)
    return SchoolFacts(
        school=school,
        name=name,
        people=_people(tx, school, persons),
        requirements=_requirements(tx, school, courses),
        duties=duties,
        evidence=_evidence(tx, school, persons, wanted),
        exclusions=_exclusions(tx, school),
        retired=retired_days(tx, school),
        enrolled=_enrolled(tx, school, persons, courses),
    )


def _with_refreshers(duties: Mapping[str, DutyRows], courses: Collection[str]) -> set[str]:
    known = [duties[course] for course in courses if course in duties]
    renewing = {dated.value.renewed_by for rows in known for dated in rows.provider}
    renewing |= {dated.value.renewed_by for rows in known for dated in rows.school}
    return {*courses, *filter(None, renewing)}


def renewed(tx: Executes, course: str) -> set[str]:
    """The courses that a refresher may renew, at any school and on any day."""
    wanted = select(DUTY.c.course_id).where(DUTY.c.renewed_by == course)
    return set(tx.execute(wanted).scalars())


def _named(column: ColumnElement[str], keys: Keys) -> ColumnElement[bool] | None:
    return column.in_(keys) if keys is not None and len(keys) <= FEW else None


def _rows(tx: Executes, wanted: Any, *conditions: ColumnElement[bool] | None) -> Sequence[Any]:
    return tx.execute(wanted.where(*(one for one in conditions if one is not None))).all()


def _people(tx: Executes, school: str, persons: Keys) -> list[Colleague]:
    """Everybody who is or was at the school, by name."""
    wanted = (
        select(STAY, PERSON.c.email)
        .join(PERSON, PERSON.c.id == STAY.c.person_id)
        .where(STAY.c.school_id == school)
        .order_by(STAY.c.person_id, STAY.c.since)
    )
    teams = _teams(tx, school, persons)
    stays: dict[str, list[Any]] = defaultdict(list)
    for row in _rows(tx, wanted, _named(STAY.c.person_id, persons)):
        stays[row.person_id].append(row)
    known = [
        Colleague(
            person,
            rows[-1].name,
            rows[-1].staff_id,
            rows[-1].email,
            rows[-1].job_title,
            tuple(Span(row.since, row.until) for row in rows),
            teams.get(person, {}),
            rows[-1].on_leave,
        )
        for person, rows in stays.items()
    ]
    return sorted(known, key=lambda colleague: (colleague.name.casefold(), colleague.person))


def _teams(tx: Executes, school: str, persons: Keys) -> dict[str, dict[str, tuple[Span, ...]]]:
    """The days of each person in each of the school's teams."""
    columns = (MEMBER.c.person_id, MEMBER.c.team_id, MEMBER.c.since, MEMBER.c.until)
    wanted = select(*columns).join(TEAM, TEAM.c.id == MEMBER.c.team_id)
    found: dict[str, dict[str, tuple[Span, ...]]] = defaultdict(dict)
    for person, team, since, until in _rows(
        tx, wanted.where(TEAM.c.school_id == school), _named(MEMBER.c.person_id, persons)
    ):
        found[person][team] = (*found[person].get(team, ()), Span(since, until))
    return found


def _requirements(tx: Executes, school: str, courses: Keys) -> dict[str, list[Requirement]]:
    at = or_(REQUIREMENT.c.school_id == school, REQUIREMENT.c.school_id.is_(None))
    found: dict[str, list[Requirement]] = defaultdict(list)
    for row in _rows(tx, select(REQUIREMENT).where(at), _named(REQUIREMENT.c.course_id, courses)):
        requirement = Requirement(row.course_id, row.team_id, Span(row.since, row.until))
        found[row.course_id].append(requirement)
    return found


def duty_rows(tx: Executes, school: str | None) -> dict[str, DutyRows]:
    """The dated settings of each course: the provider's, and the school's own where one is named."""
    at = or_(DUTY.c.school_id == school, DUTY.c.school_id.is_(None))
    return _settings(tx.execute(select(DUTY).where(at).order_by(DUTY.c.number)))


def courses_with_duties(
    tx: Transaction, school: str, course_id: str | None = None
) -> tuple[dict[str, Course], dict[str, DutyRows]]:
    """All courses, or one and those that may renew it, and the dated settings of their duties at a school."""
    at = or_(DutyRow.school_id == school, DutyRow.school_id.is_(None))
    wanted = select(Course, DutyRow).outerjoin(DutyRow, and_(DutyRow.course_id == Course.id, at))
    if course_id is not None:
        renews = select(DUTY.c.renewed_by).where(DUTY.c.course_id == course_id)
        wanted = wanted.where(or_(Course.id == course_id, Course.id.in_(renews)))
    found: Sequence[Any] = tx.execute(wanted.order_by(DutyRow.number)).all()
    known = {course.id: course for course, _ in found}
    return known, _settings(row for _, row in found if row is not None)


def _settings(rows: Iterable[Any]) -> dict[str, DutyRows]:
    provider: dict[str, list[Dated[Duty]]] = defaultdict(list)
    own: dict[str, list[Dated[DutySettings]]] = defaultdict(list)
    for row in rows:
        if row.school_id is None:
            provider[row.course_id].append(Dated(row.since, provider_duty(row)))
        else:
            own[row.course_id].append(Dated(row.since, school_settings(row)))
    courses = provider.keys() | own.keys()
    return {course: DutyRows(provider.get(course, ()), own.get(course, ())) for course in courses}


def provider_duty(row: Any) -> Duty:
    """The provider's duty of a row."""
    default = Duty()
    return Duty(
        kind=Kind(row.kind),
        basis=row.basis or "",
        months=row.months or None,
        anchor=Anchor(row.anchor) if row.anchor else default.anchor,
        window=default.window if row.window is None else row.window,
        first=default.first if row.first is None else row.first,
        fixed=read_month_day(row.fixed) if row.fixed else None,
        least=default.least if row.least is None else row.least,
        renewed_by=row.renewed_by or None,
        lapsed=row.lapsed or 0,
    )


def school_settings(row: Any) -> DutySettings:
    """A school's own settings of a row."""
    return DutySettings(
        months="none" if row.months == 0 else row.months,
        anchor=Anchor(row.anchor) if row.anchor else None,
        window=row.window,
        first=row.first,
        fixed=read_month_day(row.fixed) if row.fixed else None,
        least=row.least,
        renewed_by=row.renewed_by,
        lapsed=row.lapsed,
    )


def _evidence(
    tx: Executes, school: str, persons: Keys, courses: Keys
) -> dict[tuple[str, str], list[Evidence]]:
    """The evidence that the school sees, by person and course, in the order of its days."""
    columns = (EVIDENCE.c.person_id, EVIDENCE.c.course_id, EVIDENCE.c.id, EVIDENCE.c.kind, EVIDENCE.c.day)
    wanted = (
        select(*columns, EVIDENCE.c.voided.is_not(None))
        .where(is_seen(school), EVIDENCE.c.course_id.is_not(None))
        .order_by(EVIDENCE.c.day, EVIDENCE.c.recorded, EVIDENCE.c.id)
    )
    few = (_named(EVIDENCE.c.person_id, persons), _named(EVIDENCE.c.course_id, courses))
    found: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for person, course, *told in _rows(tx, wanted, *few):
        found[person, course].append(Evidence(*told))
    return dict(found)


def _exclusions(tx: Executes, school: str) -> list[Exclusion]:
    wanted = select(EXCLUSION).where(EXCLUSION.c.school_id == school).order_by(EXCLUSION.c.recorded)
    return [
        Exclusion(row.course_id, row.person_id, Span(row.since, row.until), row.why)
        for row in tx.execute(wanted)
    ]


def retired_days(tx: Executes, school: str) -> dict[str, date]:
    """The days of the school on which courses were retired."""
    zone = select(SCHOOL.c.time_zone).where(SCHOOL.c.id == school).scalar_subquery()
    wanted = select(COURSE.c.id, COURSE.c.retired, zone).where(COURSE.c.retired.is_not(None))
    return {course: civil_day(at, zone_named(name or LONDON)) for course, at, name in tx.execute(wanted)}


def _enrolled(tx: Executes, school: str, persons: Keys, courses: Keys) -> frozenset[tuple[str, str]]:
    wanted = select(ENROLMENT.c.person_id, ENROLMENT.c.course_id).where(
        ENROLMENT.c.school_id == school, ENROLMENT.c.ended.is_(None)
    )
    few = (_named(ENROLMENT.c.person_id, persons), _named(ENROLMENT.c.course_id, courses))
    return frozenset((row.person_id, row.course_id) for row in _rows(tx, wanted, *few))
