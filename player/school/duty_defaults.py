"""The provider's defaults for many courses, from one file: a table for each course, by its id."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from player.compliance import Anchor, Duty, Kind, read_month_day
from player.records import courses
from player.records.database import Transaction
from player.school.actor import Actor
from player.school.duties import DutyRefusedError, provider_duty, write_provider_duty
from player.school.requiring import TrainingRuleError
from player.school.settling import settle_everywhere

KEYS = {"kind", "basis", "months", "anchor", "window", "first", "fixed", "least", "renewed-by", "lapsed"}


class DefaultsSet(NamedTuple):
    """The courses whose default is new, those that had it, and those that the player does not have."""

    new: list[str]
    unchanged: list[str]
    unknown: list[str]


def set_defaults(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    data: bytes,
    since: date,
) -> DefaultsSet:
    """Set the duties of a file, all of them or none. A refresher that is not imported yet is left out."""
    done = DefaultsSet([], [], [])
    for course_id, table in _read(data).items():
        if courses.course(tx, course_id) is None:
            done.unknown.append(course_id)
            continue
        duty = _duty(tx, course_id, table)
        if duty == provider_duty(tx, course_id, since):
            done.unchanged.append(course_id)
            continue
        try:
            write_provider_duty(tx, actor, now, course_id, duty, since)
        except DutyRefusedError as refused:
            raise TrainingRuleError(f"[{course_id}]: {refused}") from refused
        done.new.append(course_id)
    if done.new:
        settle_everywhere(tx, now, courses=set(done.new))
    return done


def _read(data: bytes) -> Mapping[str, Any]:
    try:
        return tomllib.loads(data.decode())
    except ValueError as error:
        raise TrainingRuleError(f"The file is no TOML: {error}.") from error


def _duty(tx: Transaction, course_id: str, table: Any) -> Duty:
    if not isinstance(table, dict):
        raise TrainingRuleError(f"“{course_id}” is no table: write [{course_id}] and its keys under it.")
    if unknown := table.keys() - KEYS:
        raise TrainingRuleError(f"[{course_id}]: there is no key “{min(unknown)}”.")
    given = {key.replace("-", "_"): value for key, value in table.items()}
    try:
        given["kind"] = Kind(given.get("kind", "custom"))
        given["anchor"] = Anchor(given.get("anchor", "completion"))
    except ValueError as error:
        raise TrainingRuleError(f"[{course_id}]: {error}.") from error
    if "fixed" in given:
        given["fixed"] = read_month_day(str(given["fixed"]))
    if given.get("renewed_by") and courses.course(tx, given["renewed_by"]) is None:
        given["renewed_by"] = None
    return Duty(**given)
