"""The audit log: who did what, when, and what it changed. Rows are only ever added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, insert, or_, select
from sqlalchemy.orm import Session as Transaction

from player.records.columns import table
from player.records.work_tables import AuditRow

AUDIT = table(AuditRow)
COUNTED = 1000  # rows that a page counts: the log may have millions


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


def listed(tx: Transaction, wanted: AuditFilter) -> Sequence[AuditRow]:
    """All rows, the newest first."""
    rows = select(AuditRow).where(*_fits(wanted)).order_by(AuditRow.at.desc(), AuditRow.id.desc())
    return tx.scalars(rows).all()


class AuditPage(NamedTuple):
    """A page of rows, the newest first. `number` of them match, or more than that where `is_more`."""

    rows: Sequence[AuditRow]
    number: int
    is_more: bool
    has_next: bool


def page(tx: Transaction, wanted: AuditFilter, skip: int, most: int) -> AuditPage:
    """Read a page. The log is read as far as the page needs and as `COUNTED` rows need, and once."""
    counted = _ids(tx, wanted, 0, COUNTED + 1)
    is_more = len(counted) > COUNTED
    ids = counted[skip : skip + most + 1]
    if is_more and skip + most > COUNTED:
        ids = _ids(tx, wanted, skip, most + 1)
    rows = {row.id: row for row in tx.scalars(select(AuditRow).where(AuditRow.id.in_(ids[:most])))}
    shown = [rows[each] for each in ids[:most]]
    return AuditPage(shown, min(len(counted), COUNTED), is_more, len(ids) > most)


def _ids(tx: Transaction, wanted: AuditFilter, skip: int, most: int) -> Sequence[int]:
    ids = select(AuditRow.id).where(*_fits(wanted)).order_by(AuditRow.at.desc(), AuditRow.id.desc())
    return tx.scalars(ids.offset(skip).limit(most)).all()


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
