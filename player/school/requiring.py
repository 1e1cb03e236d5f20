"""A course is required of everybody at a school or of some of its teams; the provider requires it of all."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import NamedTuple

from player.records import courses, requirements, teams
from player.records.database import Transaction
from player.records.tables import Course, Team
from player.school import auditing
from player.school.actor import Actor
from player.school.auditing import Change
from player.school.settling import Settled, settle, settle_everywhere

EVERYBODY = "everybody"


class TrainingRuleError(Exception):
    """A sentence that says what cannot be done, and what to do instead."""


class Required(NamedTuple):
    """What a change of requirements did; the rest of `later` schools is done by jobs."""

    is_new: bool
    enrolled: int
    later: int


def known_course(tx: Transaction, course_id: str) -> Course:
    """The course of that id."""
    course = courses.course(tx, course_id)
    if course is None:
        raise TrainingRuleError(f"There is no course “{course_id}”: `player records` and the site list them.")
    return course


def team_ids(tx: Transaction, school_id: str, names: Iterable[str]) -> list[str]:
    """The ids of a school's teams by their names."""
    found: list[str] = []
    for name in names:
        team = teams.known_team(tx, school_id, name)
        if team is None:
            has = ", ".join(f"“{known.name}”" for known in teams.of_school(tx, school_id)) or "none"
            raise TrainingRuleError(f"The school has no team “{name}”; its teams: {has}.")
        found.append(team.id)
    return found


def require(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    school_id: str | None,
    course_id: str,
    team_ids: Collection[str],
    since: date,
    *,
    optional: bool = False,
) -> Required:
    """Require a course of these teams from a day on, of everybody where none is named; without a school, at
    all schools. With `optional` that is taken back: of these teams, or of all."""
    is_new = write(tx, actor, now, school_id, course_id, team_ids, since, optional=optional)
    return Required(is_new, *_settle(tx, school_id, course_id, now))


def write(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    school_id: str | None,
    course_id: str,
    team_ids: Collection[str],
    since: date,
    *,
    optional: bool = False,
) -> bool:
    """As `require`, where the caller settles; returns whether anything has changed."""
    course = known_course(tx, course_id)
    known = [r for r in requirements.requirements(tx, school_id, since) if r.course_id == course_id]
    before = [row.team_id for row in known]
    if optional:
        _check_optional(tx, school_id, course, since)
        wanted = set(before) - set(team_ids) if team_ids else set[str | None]()
    else:
        _check_required(course)
        wanted = set(team_ids) or {None}
    is_new = requirements.require(tx, school_id, course.id, wanted, since, now, actor.name)
    if is_new:
        auditing.write(tx, actor, now, school_id, _change(course, before, wanted, since))
    return is_new


def _change(
    course: Course, before: Collection[str | None], wanted: Collection[str | None], since: date
) -> Change:
    values = [{"of": sorted(team or EVERYBODY for team in each)} for each in (before, wanted)]
    action = "required" if wanted else "made optional"
    after = values[1] | {"since": since}
    return Change(action, "requirement", course.id, course.title, None, values[0], after)


def of_team(tx: Transaction, team: Team, on: date) -> list[Course]:
    """The courses that are required of a team on a day, or from a later one on."""
    rows = requirements.requirements(tx, team.school_id, on)
    return [
        known_course(tx, course) for course in sorted({r.course_id for r in rows if r.team_id == team.id})
    ]


def end_of_team(tx: Transaction, actor: Actor, now: datetime, team: Team, on: date) -> set[str]:
    """End what is required of a team that is removed; returns the courses."""
    of: dict[str, set[str | None]] = {}
    for row in requirements.requirements(tx, team.school_id, on):
        of.setdefault(row.course_id, set()).add(row.team_id)
    ended = of_team(tx, team, on)
    changes = [_change(course, of[course.id], of[course.id] - {team.id}, on) for course in ended]
    auditing.write(tx, actor, now, team.school_id, *changes)
    return requirements.end_of_team(tx, team.id, on)


def _check_required(course: Course) -> None:
    if course.retired is not None:
        raise TrainingRuleError(f"“{course.title}” is retired: nobody can begin it. Choose another course.")


def _check_optional(tx: Transaction, school_id: str | None, course: Course, since: date) -> None:
    if school_id is not None and is_providers(tx, course.id, since):
        message = (
            f"“{course.title}” is required by the provider at all schools: only the provider can end that."
        )
        raise TrainingRuleError(message)


def is_providers(tx: Transaction, course_id: str, on: date) -> bool:
    """True where the provider requires the course of everybody at all schools on that day."""
    return any(row.course_id == course_id for row in requirements.requirements(tx, None, on))


def retire(tx: Transaction, actor: Actor, now: datetime, course: Course, *, back: bool) -> None:
    """Retire a course, which is then required of nobody; or offer it again. What is so already stays."""
    if back == (course.retired is None):
        return
    courses.set_retired(tx, course, None if back else now)
    action = "offered again" if back else "retired"
    auditing.write(tx, actor, now, None, Change(action, "course", course.id, course.title))
    settle_everywhere(tx, now, courses={course.id})


def _settle(tx: Transaction, school_id: str | None, course_id: str, now: datetime) -> Settled:
    if school_id is None:
        return settle_everywhere(tx, now, courses={course_id})
    return settle(tx, [school_id], now, courses={course_id})
