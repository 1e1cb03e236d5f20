"""The audit log: who did what, when, and what it changed. Rows are only ever added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, insert, or_, select
from sqlalchemy.orm import Session as Transaction

from player.records.columns import table
from player.records.work_tables import AuditRow

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


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """The rows that somebody wants to see; what is empty lets everything through."""

    school_id: str | None = None
    who: str = ""
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None


def listed(
    tx: Transaction, wanted: AuditFilter, skip: int = 0, most: int | None = None
) -> Sequence[AuditRow]:
    """The rows, the newest first."""
    rows = (
        select(AuditRow).where(*_fits(wanted)).order_by(AuditRow.at.desc(), AuditRow.id.desc()).offset(skip)
    )
    return tx.scalars(rows if most is None else rows.limit(most)).all()


def number(tx: Transaction, wanted: AuditFilter) -> int:
    """The number of rows."""
    return tx.scalar(select(func.count(AuditRow.id)).where(*_fits(wanted))) or 0


def _fits(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    fits: list[ColumnElement[bool]] = []
    if wanted.school_id is not None:
        fits.append(AuditRow.school_id == wanted.school_id)
    if wanted.who:
        term = wanted.who.lower()
        named = (
            func.lower(column).contains(term, autoescape=True) for column in (AuditRow.actor, AuditRow.about)
        )
        fits.append(or_(*named))
    if wanted.action:
        action, _, noun = wanted.action.partition(":")
        fits += [AuditRow.action == action, AuditRow.noun == noun]
    if wanted.since is not None:
        fits.append(AuditRow.at >= wanted.since)
    if wanted.until is not None:
        fits.append(AuditRow.at < wanted.until)
    return fits
