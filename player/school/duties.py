"""Duties: how often a course is retaken, and why. The provider gives the default, a school sets its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from itertools import chain
from typing import Any, NamedTuple

from player.compliance import (
    Colleague,
    Dated,
    Duty,
    DutyRows,
    DutySettings,
    SchoolFacts,
    Standing,
    duty_on,
    in_force,
    positions,
    provider_refusals,
    school_refusals,
)
from player.compliance.limits import SettingRefusal
from player.records import courses, due_facts, requirements, schools
from player.records.database import Transaction
from player.school import auditing
from player.school.actor import Actor
from player.school.auditing import Change
from player.school.requiring import known_course
from player.school.settling import settle, settle_everywhere

NONE = DutyRows()


class DutyRefusedError(Exception):
    """Settings that cannot be saved, each with its reason."""

    def __init__(self, refusals: Sequence[SettingRefusal]) -> None:
        super().__init__(" ".join(refusal.message for refusal in refusals))
        self.refusals = refusals


class PersonChange(NamedTuple):
    """Somebody whose due day or standing changes with the settings."""

    school: str
    colleague: Colleague
    was: date | None
    due: date | None
    standing: Standing
    days_overdue: int


def provider_duty(tx: Transaction, course_id: str, on: date) -> Duty:
    """The provider's default on a day; a completion holds for ever where there is none."""
    rows = due_facts.duty_rows(tx, None).get(course_id, NONE)
    return in_force(rows.provider, on) or Duty()


def school_settings(tx: Transaction, school_id: str, course_id: str, on: date) -> DutySettings:
    """A school's own settings on a day."""
    rows = due_facts.duty_rows(tx, school_id).get(course_id, NONE)
    return in_force(rows.school, on) or DutySettings()


def duty_at(tx: Transaction, school_id: str, course_id: str, on: date) -> Duty:
    """The duty of a course at a school on a day."""
    duties = due_facts.duty_rows(tx, school_id)
    return duty_on(SchoolFacts(school_id, "", (), {}, duties, {}), course_id, on)


def all_at(tx: Transaction, school_id: str, on: date) -> dict[str, Duty]:
    """The duty of each course that has one, at a school on a day."""
    return on_day(school_id, due_facts.duty_rows(tx, school_id), on)


def on_day(school_id: str, rows: Mapping[str, DutyRows], on: date) -> dict[str, Duty]:
    """The duties of these dated settings on a day."""
    facts = SchoolFacts(school_id, "", (), {}, rows, {})
    return {course: duty_on(facts, course, on) for course in rows}


def changed(known: Duty | DutySettings, given: Mapping[str, Any]) -> Any:
    """The settings with those that are given in place of the known ones."""
    if isinstance(known, Duty):
        given = {name: None if value == "none" else value for name, value in given.items()}
        kept = {field.name: getattr(known, field.name) for field in fields(known)} | {"statutory": None}
        return Duty(**{**kept, **given})
    return replace(known, **given)


def changes_everywhere(tx: Transaction, course_id: str, duty: Duty, since: date) -> list[PersonChange]:
    """Who would stand elsewhere on that day by another default of the provider."""
    _check(tx, course_id, provider_refusals(duty, course_id), duty.renewed_by)
    new = DutyRows(provider=[Dated(since, duty)])
    schools_changed = (_changes(tx, school_id, course_id, new, since) for school_id in schools.ids(tx))
    return list(chain.from_iterable(schools_changed))


def set_provider_duty(
    tx: Transaction, actor: Actor, now: datetime, course_id: str, duty: Duty, since: date
) -> None:
    """Set the provider's default from a day on."""
    write_provider_duty(tx, actor, now, course_id, duty, since)
    settle_everywhere(tx, now, courses={course_id})


def write_provider_duty(
    tx: Transaction, actor: Actor, now: datetime, course_id: str, duty: Duty, since: date
) -> None:
    """As `set_provider_duty`, where the caller settles."""
    _check(tx, course_id, provider_refusals(duty, course_id), duty.renewed_by)
    before = provider_duty(tx, course_id, since)
    requirements.add_provider_duty(tx, course_id, duty, since, now, actor.name)
    _write(tx, actor, now, None, course_id, since, before, duty)


def changes_at(
    tx: Transaction, school_id: str, course_id: str, own: DutySettings, since: date
) -> list[PersonChange]:
    """Who would stand elsewhere on that day by other settings of a school."""
    _check_own(tx, course_id, own, since)
    return list(_changes(tx, school_id, course_id, DutyRows(school=[Dated(since, own)]), since))


def set_school_duty(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    school_id: str,
    course_id: str,
    own: DutySettings,
    since: date,
) -> None:
    """Set a school's own settings from a day on; a refusal quotes the basis of the duty."""
    _check_own(tx, course_id, own, since)
    before = school_settings(tx, school_id, course_id, since)
    requirements.add_school_settings(tx, school_id, course_id, own, since, now, actor.name)
    _write(tx, actor, now, school_id, course_id, since, before, own)
    settle(tx, [school_id], now, courses={course_id})


def _check_own(tx: Transaction, course_id: str, own: DutySettings, since: date) -> None:
    provider = provider_duty(tx, course_id, since)
    _check(tx, course_id, school_refusals(provider, own, course_id), own.renewed_by)


def _write(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    school_id: str | None,
    course_id: str,
    since: date,
    before: Duty | DutySettings,
    after: Duty | DutySettings,
) -> None:
    values = [{field.name: getattr(each, field.name) for field in fields(each)} for each in (before, after)]
    title = known_course(tx, course_id).title
    change = Change("set", "duty", course_id, title, None, values[0], values[1] | {"since": since})
    auditing.write_difference(tx, actor, now, school_id, change)


def _check(
    tx: Transaction, course_id: str, refusals: Sequence[SettingRefusal], renewed_by: str | None
) -> None:
    known_course(tx, course_id)
    if renewed_by and courses.course(tx, renewed_by) is None:
        unknown = SettingRefusal(
            "renewed_by", f"There is no course “{renewed_by}” that could renew this one."
        )
        refusals = (*refusals, unknown)
    if refusals:
        raise DutyRefusedError(refusals)


def _changes(
    tx: Transaction, school_id: str, course_id: str, new: DutyRows, on: date
) -> Iterator[PersonChange]:
    """The people of a school whose due day or standing on a day is another with these rows added."""
    refreshers = {dated.value.renewed_by for dated in new.provider}
    refreshers |= {dated.value.renewed_by for dated in new.school}
    facts = due_facts.load(tx, school_id, None, {course_id, *filter(None, refreshers)})
    known = facts.duties.get(course_id, NONE)
    rows = DutyRows([*known.provider, *new.provider], [*known.school, *new.school])
    after = replace(facts, duties={**facts.duties, course_id: rows})
    for was, now in zip(positions(facts, on), positions(after, on), strict=True):
        told, tells = was.position, now.position
        if was.course == course_id and (told.due, told.standing) != (tells.due, tells.standing):
            yield PersonChange(
                facts.name, now.colleague, told.due, tells.due, tells.standing, tells.days_overdue(on)
            )
