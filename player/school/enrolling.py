"""Enrolments of a school's people: made, taken back, ended. They are written here alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from itertools import chain
from typing import NamedTuple

from player.records import due, enrolments, memberships, training
from player.records.database import Transaction
from player.records.tables import Enrolment, Membership
from player.school import auditing
from player.school.actor import Actor
from player.school.auditing import Change


def enrol(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    stays: Iterable[Membership],
    courses: Collection[str],
    team_id: str | None = None,
) -> tuple[int, int]:
    """Enrol people of one school on each course; returns how many enrolments are new, and how many there
    were already."""
    members = list(stays)
    if not members:
        return 0, 0
    school_id = members[0].school_id
    known = enrolments.open_pairs(tx, school_id, courses)
    wanted = [(stay.person_id, course) for stay in members for course in courses]
    new = [pair for pair in wanted if pair not in known]
    enrol_pairs(tx, actor, now, school_id, new, team_id)
    return len(new), len(wanted) - len(new)


def enrol_pairs(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    school_id: str,
    pairs: Collection[tuple[str, str]],
    team_id: str | None = None,
) -> int:
    """Enrol people on courses for which none of them has an open enrolment at the school; returns how many
    there are."""
    made = enrolments.add(tx, school_id, pairs, now, team_id)
    names = memberships.names(tx, school_id, {person for person, _ in pairs}) if pairs else {}
    auditing.write(tx, actor, now, school_id, *(_change("added", each, names) for each in made))
    return len(made)


def _change(action: str, enrolment: Enrolment, names: Mapping[str, str]) -> Change:
    about = f"{names[enrolment.person_id]}: {enrolment.course_id}"
    after = {"course": enrolment.course_id}
    return Change(action, "enrolment", enrolment.id, about, enrolment.person_id, None, after)


def enrolled(tx: Transaction, actor: Actor, now: datetime, stay: Membership, course: str) -> Enrolment:
    """The open enrolment of a person on a course at that school, made where there is none."""
    known = enrolments.open_enrolment(tx, stay.person_id, stay.school_id, course)
    if known is not None:
        return known
    enrol(tx, actor, now, [stay], [course])
    return enrolled(tx, actor, now, stay, course)


class Withdrawn(NamedTuple):
    """How many enrolments ended, how many had been begun and stay, and how many stay as they are required."""

    ended: int
    begun: int
    required: int


def withdraw(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    stays: Iterable[Membership],
    courses: Collection[str],
    today: date,
) -> Withdrawn:
    """End enrolments that were made by mistake. What is required stays: the next day would make it again."""
    members = list(stays)
    whom, ended, begun, kept = {stay.person_id for stay in members}, 0, 0, 0
    schools = {stay.school_id for stay in members}
    records = (training.records(tx, school=school, course=course) for school in schools for course in courses)
    ending: dict[str, list[tuple[Membership, Enrolment]]] = {school: [] for school in schools}
    required = {school: due.required_pairs(tx, school, today) for school in schools}
    for record in chain.from_iterable(records):
        person, school = record.membership.person_id, record.membership.school_id
        if person not in whom:
            continue
        if (person, record.course.id) in required[school]:
            kept += 1
        elif record.is_begun:
            begun += 1
        else:
            ending[school].append((record.membership, record.enrolment))
    for school, pairs in ending.items():
        _end(tx, actor, now, school, pairs)
        ended += len(pairs)
    return Withdrawn(ended, begun, kept)


def end(tx: Transaction, actor: Actor, now: datetime, stay: Membership, enrolment: Enrolment) -> None:
    """End an enrolment; what was done stays in the record."""
    _end(tx, actor, now, stay.school_id, [(stay, enrolment)])


def _end(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    school_id: str,
    ending: Collection[tuple[Membership, Enrolment]],
) -> None:
    if not ending:
        return
    enrolments.end(tx, school_id, [enrolment for _, enrolment in ending], now)
    changes = (_change("ended", enrolment, {stay.person_id: stay.name}) for stay, enrolment in ending)
    auditing.write(tx, actor, now, school_id, *changes)
