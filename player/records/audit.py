"""The audit log: who did what, when, and what it changed. Rows are only ever added."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session as Transaction

from player.records.columns import table
from player.records.tables import AuditRow

AUDIT = table(AuditRow)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """A row of the log before it is written."""

    at: datetime
    actor_id: str | None
    actor: str
    school_id: str | None
    action: str
    noun: str
    noun_id: str
    about: str
    person_id: str | None = None
    before: str | None = None
    after: str | None = None


def add(tx: Transaction, entries: Iterable[AuditEntry]) -> None:
    """Add rows to the log."""
    rows = [asdict(entry) for entry in entries]
    if rows:
        tx.execute(insert(AUDIT), rows)
