"""The position of everybody at a school in each course that is required of them or that they have done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from .dated import in_force
from .due import cycles
from .duty import Duty, school_duty
from .evidence import Evidence, counted_days
from .facts import Colleague, DutyRows, Requirement, SchoolFacts, whole
from .reach import Ground, required_since
from .refresher import days_with_refreshers
from .standing import Position, stand

NO_DUTY = Duty()
NO_ROWS = DutyRows()


class Line(NamedTuple):
    """One person in one course on one day."""

    school: str
    colleague: Colleague
    course: str
    duty: Duty
    required_since: date | None
    position: Position
    days: Sequence[date]
    evidence: Sequence[Evidence]
    exclusion: str | None

    def cycles(self, number: int) -> list[date]:
        """The due days after this one if the course is never done again."""
        return cycles(self.duty, self.days, number)


def duty_on(facts: SchoolFacts, course: str, on: date) -> Duty:
    """The duty of a course at the school on a day; without any row a completion holds for ever."""
    rows = facts.duties.get(course, NO_ROWS)
    return school_duty(in_force(rows.provider, on) or NO_DUTY, in_force(rows.school, on))


def positions(facts: SchoolFacts, on: date, *, enrolled: bool = False) -> Iterator[Line]:
    """The lines of all who are at the school on the day, by person and course; with `enrolled` also of those
    who may take a course and have not done it."""
    courses = _courses(facts)
    duties = {course: duty_on(facts, course, on) for course in courses}
    for colleague in facts.people:
        if not colleague.is_here(on):
            continue
        for course in courses:
            since = _since(facts, colleague, course, on)
            evidence = _evidence(facts, colleague.person, course, on)
            may_take = enrolled and (colleague.person, course) in facts.enrolled
            if since is None and not evidence and not may_take:
                continue
            yield _line(facts, colleague, course, duties[course], since, evidence, on)


def _courses(facts: SchoolFacts) -> list[str]:
    known = {course for _, course in facts.evidence} | facts.requirements.keys()
    return sorted(known | {course for _, course in facts.enrolled})


def _evidence(facts: SchoolFacts, person: str, course: str, on: date) -> Sequence[Evidence]:
    known = facts.evidence.get((person, course), ())
    if all(one.day <= on for one in known):
        return known
    return [one for one in known if one.day <= on]


def _since(facts: SchoolFacts, colleague: Colleague, course: str, on: date) -> date | None:
    requirements = facts.requirements.get(course)
    if not requirements or facts.retired.get(course, date.max) <= on:
        return None
    return required_since(list(_grounds(requirements, colleague, on)), on)


def _grounds(requirements: Iterable[Requirement], colleague: Colleague, on: date) -> Iterator[Ground]:
    for requirement in requirements:
        if requirement.team is None:
            yield Ground(requirement.span, colleague.whole_stay, is_member=True)
        elif spans := colleague.teams.get(requirement.team):
            yield Ground(requirement.span, whole(spans), any(span.has(on) for span in spans))


def _line(
    facts: SchoolFacts,
    colleague: Colleague,
    course: str,
    duty: Duty,
    since: date | None,
    evidence: Sequence[Evidence],
    on: date,
) -> Line:
    days = counted_days(evidence)
    if duty.renewed_by is not None:
        refreshers = _evidence(facts, colleague.person, duty.renewed_by, on)
        own = set(days)
        days = days_with_refreshers(duty, days, counted_days(refreshers))
        counted = [one for one in refreshers if one.day in days and one.day not in own and not one.voided]
        evidence = sorted([*evidence, *counted], key=lambda one: one.day)
    why = next((e.why for e in facts.exclusions if e.covers(colleague.person, course, on)), None)
    position = stand(duty, since, days, on)
    return Line(facts.school, colleague, course, duty, since, position, days, evidence, why)
