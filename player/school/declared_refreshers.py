"""Refreshers as their packages declare them: `refresher of` in the provenance names the course.

A declaration sets nothing. The provider says with one click, or with one option of the import, that the
refresher renews the course; the days after which it is too late are the provider's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from player.records import courses
from player.records.database import Transaction
from player.records.tables import Course, VersionRow
from player.records.versions import package_from_json
from player.school.actor import Actor
from player.school.duties import changed, provider_duty, set_provider_duty

LAPSED = 90  # days after the due day in which a refresher renews, where the provider says no other number


class DeclaredRefresher(NamedTuple):
    """A refresher and its parent; `renews` says that the provider's duty of the parent names it already, and
    `lapsed` for how many days after the due day. `other` renews the parent at present instead."""

    refresher: Course
    parent: Course
    renews: bool
    lapsed: int
    other: Course | None = None


def declared(tx: Transaction, course_id: str, on: date) -> list[DeclaredRefresher]:
    """Those in which the course is the refresher or the parent."""
    return [one for one in _all(tx, on) if course_id in (one.refresher.id, one.parent.id)]


def let_renew(
    tx: Transaction, actor: Actor, now: datetime, one: DeclaredRefresher, lapsed: int, since: date
) -> None:
    """The refresher renews its parent from that day on, at every school whose own rules do not say otherwise.
    Raises DutyRefusedError."""
    duty = changed(
        provider_duty(tx, one.parent.id, since), {"renewed_by": one.refresher.id, "lapsed": lapsed}
    )
    set_provider_duty(tx, actor, now, one.parent.id, duty, since)


def _all(tx: Transaction, on: date) -> Iterator[DeclaredRefresher]:
    for version in courses.newest_of_ours(tx):
        parent_id = _parent_of(version)
        refresher = courses.course(tx, version.course_id) if parent_id else None
        parent = courses.course(tx, parent_id) if parent_id else None
        if refresher is not None and parent is not None and refresher.retired is None:
            duty = provider_duty(tx, parent_id, on)
            renews = duty.renewed_by == refresher.id
            other = courses.course(tx, duty.renewed_by) if duty.renewed_by and not renews else None
            yield DeclaredRefresher(refresher, parent, renews, duty.lapsed, other)


def _parent_of(version: VersionRow) -> str:
    """The parent for the same readers: a refresher's variants are those of its parent. Empty where it is no
    refresher."""
    provenance = package_from_json(version.package).provenance
    if provenance is None or not provenance.refresher_of:
        return ""
    return provenance.refresher_of + version.course_id.removeprefix(provenance.course)
