"""The audit log: who did what, when, and what it changed. Rows are only ever added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Row, func, insert, or_, select
from sqlalchemy.orm import Session as Transaction

from player.alphabet import plain
from player.records.columns import table
from player.records.search import MOST_WORDS
from player.records.work_tables import AuditRow

AUDIT = table(AuditRow)
COUNTED = 1000  # rows that a page counts: the log may have millions
SEARCHED = 20_000  # rows in which words are looked for first
FURTHER = 5  # times as many with each step


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
    rows = [asdict(entry) | {"plain": plain(f"{entry.actor} {entry.about}")} for entry in entries]
    if rows:
        tx.execute(insert(AUDIT), rows)


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """The rows that somebody wants to see; what is empty lets everything through. `who` are words, each of
    which stands in a name or in what the row is about. Of the rows of the moment `since`, `first_id` is the
    first."""

    school_id: str | None = None
    who: str = ""
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None
    first_id: int = 0


def listed(tx: Transaction, wanted: AuditFilter) -> Sequence[AuditRow]:
    """All rows, the newest first."""
    rows = select(AuditRow).where(*_fits(wanted)).order_by(AuditRow.at.desc(), AuditRow.id.desc())
    return tx.scalars(rows).all()


class AuditPage(NamedTuple):
    """A page of rows, the newest first. `number` of them match, or more than that where `is_more`. Where
    words were looked for in a part of the log, that has `searched` rows and begins at `oldest`."""

    rows: Sequence[AuditRow]
    number: int
    is_more: bool
    has_next: bool
    searched: int = 0
    oldest: datetime | None = None


def page(tx: Transaction, wanted: AuditFilter, skip: int, most: int, further: int = 0) -> AuditPage:
    """Read a page. The log is read as far as the page needs and as `COUNTED` rows need, and once; for words
    its newest rows, and more of them with each step `further`."""
    searched = SEARCHED * FURTHER**further
    oldest = _oldest(tx, wanted, searched) if wanted.who else None
    if oldest is not None:
        wanted = replace(wanted, since=oldest.at, first_id=oldest.id)
    counted = _ids(tx, wanted, 0, COUNTED + 1)
    is_more = len(counted) > COUNTED
    ids = counted[skip : skip + most + 1]
    if is_more and skip + most > COUNTED:
        ids = _ids(tx, wanted, skip, most + 1)
    rows = {row.id: row for row in tx.scalars(select(AuditRow).where(AuditRow.id.in_(ids[:most])))}
    shown = [rows[each] for each in ids[:most]]
    number, has_next = min(len(counted), COUNTED), len(ids) > most
    return AuditPage(shown, number, is_more, has_next, *((searched, oldest.at) if oldest else ()))


def _oldest(tx: Transaction, wanted: AuditFilter, number: int) -> Row[datetime, int] | None:
    """The last of so many rows, whatever their words; None where there are no more than these."""
    rows = select(AuditRow.at, AuditRow.id).where(*_fits(replace(wanted, who="")))
    rows = rows.order_by(AuditRow.at.desc(), AuditRow.id.desc()).offset(number - 1).limit(2)
    last = tx.execute(rows).all()
    return last[0] if len(last) > 1 else None


def _ids(tx: Transaction, wanted: AuditFilter, skip: int, most: int) -> Sequence[int]:
    ids = select(AuditRow.id).where(*_fits(wanted)).order_by(AuditRow.at.desc(), AuditRow.id.desc())
    return tx.scalars(ids.offset(skip).limit(most)).all()


def _fits(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    fits: list[ColumnElement[bool]] = []
    if wanted.school_id is not None:
        fits.append(AuditRow.school_id == wanted.school_id)
    words = func.coalesce(AuditRow.plain, func.lower(AuditRow.actor + " " + AuditRow.about))
    fits += [words.contains(word, autoescape=True) for word in plain(wanted.who).split()[:MOST_WORDS]]
    if wanted.action:
        action, _, noun = wanted.action.partition(":")
        fits += [AuditRow.action == action, AuditRow.noun == noun]
    if wanted.since is not None:
        fits.append(AuditRow.at >= wanted.since)
        fits.append(or_(AuditRow.at > wanted.since, AuditRow.id >= wanted.first_id))
    if wanted.until is not None:
        fits.append(AuditRow.at < wanted.until)
    return fits
