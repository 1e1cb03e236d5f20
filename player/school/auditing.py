"""What the audit log keeps of a change, in the transaction of the change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from player.records import audit
from player.records.audit import AuditEntry
from player.records.database import Transaction
from player.school.actor import Actor

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one thing: what it is about by name, and the values before and after where it has any."""

    action: str
    noun: str
    noun_id: str
    about: str
    person_id: str | None = None
    before: Values | None = None
    after: Values | None = None


def write(tx: Transaction, actor: Actor, now: datetime, school_id: str | None, *changes: Change) -> None:
    """Write changes of one school, or with None of no school, to the log."""
    audit.add(tx, (entry(actor, now, school_id, change) for change in changes))


def write_difference(
    tx: Transaction, actor: Actor, now: datetime, school_id: str | None, change: Change
) -> None:
    """Write a change with only those values that differ; nothing where none does."""
    write_differences(tx, actor, now, school_id, [change])


def write_differences(
    tx: Transaction, actor: Actor, now: datetime, school_id: str | None, changes: Iterable[Change]
) -> None:
    """As `write_difference`, for many."""
    differing = [only for only in map(_difference, changes) if only.after]
    if differing:
        write(tx, actor, now, school_id, *differing)


def _difference(change: Change) -> Change:
    before, after = change.before or {}, change.after or {}
    differing = [key for key in after if before.get(key) != after[key]]
    return replace(
        change,
        before={key: before.get(key) for key in differing},
        after={key: after[key] for key in differing},
    )


def entry(actor: Actor, now: datetime, school_id: str | None, change: Change) -> AuditEntry:
    """The row of a change."""
    return AuditEntry(
        now,
        actor.person_id,
        actor.name,
        school_id,
        change.action,
        change.noun,
        change.noun_id,
        change.about,
        change.person_id,
        _text(change.before),
        _text(change.after),
    )


def _text(values: Values | None) -> str | None:
    """JSON in ASCII; days as ISO 8601 writes them."""
    return None if values is None else json.dumps(dict(values), default=str)
