"""Exclusions from e-mails: of a course, a person, or a person in a course. Standings stay as they are."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from player.records import memberships, requirements
from player.records.database import Transaction
from player.records.due_tables import ExclusionRow
from player.records.tables import Membership
from player.school import auditing
from player.school.actor import Actor
from player.school.auditing import Change
from player.school.requiring import TrainingRuleError, known_course


def person_of(tx: Transaction, school_id: str, email: str) -> Membership:
    """Somebody at the school by e-mail address or staff id."""
    address = email.strip().lower()
    known = memberships.with_addresses(tx, school_id, {address}).get(address)
    known = known or next(iter(memberships.called(tx, email, school_id)), None)
    if known is None:
        raise TrainingRuleError(f"Nobody at the school has the e-mail address or staff id “{email}”.")
    return known


def exclude(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    school_id: str,
    course_id: str | None,
    person_id: str | None,
    why: str,
    since: date,
    last: date | None,
) -> ExclusionRow:
    """Send no e-mails from a day on, up to and with the last day where one is given."""
    if course_id is None and person_id is None:
        raise TrainingRuleError("An exclusion names a course, a person, or both.")
    if not why.strip():
        raise TrainingRuleError("An exclusion needs its reason: it is shown beside what was not sent.")
    if last is not None and last < since:
        raise TrainingRuleError(f"The last day, {last}, is before the first, {since}.")
    if course_id is not None:
        known_course(tx, course_id)
    end(tx, actor, now, school_id, course_id, person_id, since)
    row = ExclusionRow(
        school_id=school_id,
        course_id=course_id,
        person_id=person_id,
        why=" ".join(why.split()),
        since=since,
        until=None if last is None else last + timedelta(1),
        recorded=now,
        recorded_by=actor.name,
    )
    tx.add(row)
    tx.flush()
    _write(tx, actor, now, "excluded", row)
    return row


def exclude_people(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    school_id: str,
    course_id: str,
    person_ids: Collection[str],
    why: str,
    today: date,
) -> int:
    """Send these people of the school no e-mails about a course; returns how many they are."""
    chosen = memberships.names(tx, school_id, person_ids)
    if set(person_ids) - chosen.keys():
        raise TrainingRuleError("Somebody of these is not at the school.")
    for person_id in chosen:
        exclude(tx, actor, now, school_id, course_id, person_id, why, today, None)
    return len(chosen)


def reasons(tx: Transaction, school_id: str, course_id: str, on: date) -> dict[str, str]:
    """The reasons for which people get no e-mails about a course on a day, by the person's id; under "" that
    for everybody."""
    rows = [row for row in requirements.exclusions(tx, school_id, on) if row.since <= on]
    return {row.person_id or "": row.why for row in rows if row.course_id in (None, course_id)}


def end(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    school_id: str,
    course_id: str | None,
    person_id: str | None,
    on: date,
) -> int:
    """End the exclusions of exactly this course, person or both; returns how many there were."""
    rows = requirements.exclusions_of(tx, school_id, course_id, person_id, on)
    for row in rows:
        _end(tx, actor, now, row, on)
    return len(rows)


def end_one(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    school_id: str,
    exclusion_id: str,
    on: date,
) -> bool:
    """End one exclusion of the school; False where it has no such one."""
    for row in requirements.exclusions(tx, school_id, on):
        if row.id == exclusion_id:
            _end(tx, actor, now, row, on)
            return True
    return False


def _end(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    row: ExclusionRow,
    on: date,
) -> None:
    row.until, row.ended_by = max(row.since, on), actor.name
    tx.flush()
    _write(tx, actor, now, "ended", row)


def _write(tx: Transaction, actor: Actor, now: datetime, action: str, row: ExclusionRow) -> None:
    after = {"course": row.course_id, "since": row.since, "until": row.until, "why": row.why}
    names = memberships.names(tx, row.school_id, [row.person_id] if row.person_id else [])
    about = names.get(row.person_id or "", row.course_id or "")
    change = Change(action, "exclusion", row.id, about, row.person_id, None, after)
    auditing.write(tx, actor, now, row.school_id, change)
