"""External records: what people learned elsewhere, added in batches, undone as one, voided with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from player.lists.external_training import TrainingList, TrainingRow, read_training
from player.lists.matching import Known, People
from player.records import courses, evidence, memberships
from player.records.database import Transaction
from player.records.evidence_tables import EvidenceBatch, EvidenceRow
from player.school import auditing
from player.school.actor import Actor
from player.school.auditing import Change
from player.school.requiring import TrainingRuleError
from player.school.settling import settle


@dataclass(frozen=True, slots=True)
class Added:
    """What a list of external training did; the batch is None where nothing was written."""

    read: TrainingList
    batch: str | None = None
    written: int = 0
    already_there: int = 0


@dataclass(frozen=True, slots=True)
class Undone:
    """How many records of a batch were voided, and those that had been changed since and are kept."""

    voided: int
    kept: tuple[EvidenceRow, ...]


def read(tx: Transaction, school_id: str, data: bytes, today: date) -> TrainingList:
    """The completions that a file lists, against the people of the school and the courses of the player."""
    here = [
        Known(stay.person_id, stay.name, stay.email, stay.staff_id)
        for stay in memberships.of_school(tx, school_id)
    ]
    titles = {course.id: course.title for course in courses.every(tx)}
    return read_training(data, People(here), titles, today)


def add_list(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    school_id: str,
    data: bytes,
    source: str,
    today: date,
    *,
    dry_run: bool = False,
) -> Added:
    """Add all that a file lists as one batch, or nothing where anything in it is wrong."""
    listed = read(tx, school_id, data, today)
    if listed.problems:
        return Added(listed)
    known = {_key(row) for row in evidence.external_of(tx, school_id) if row.voided is None}
    new = [row for row in listed.rows if _key_of(row) not in known]
    already = len(listed.rows) - len(new)
    if dry_run or not new:
        return Added(listed, None, 0 if not dry_run else len(new), already)
    return Added(listed, add(tx, actor, now, school_id, new, source), len(new), already)


def add(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    school_id: str,
    rows: Iterable[TrainingRow],
    source: str,
) -> str:
    """Add records as one batch; returns its id."""
    batch = EvidenceBatch(school_id=school_id, source=source, recorded=now, recorded_by=actor.name)
    tx.add(batch)
    tx.flush()
    made = [
        EvidenceRow(
            person_id=row.person,
            course_id=row.course or None,
            training=None if row.course else row.other,
            school_id=school_id,
            kind="external",
            day=row.day,
            batch_id=batch.id,
            note=row.note,
            recorded=now,
        )
        for row in rows
    ]
    tx.add_all(made)
    tx.flush()
    change = Change(
        "added", "batch of external records", batch.id, source, None, None, {"records": len(made)}
    )
    auditing.write(tx, actor, now, school_id, change)
    _settle(tx, made, now)
    return batch.id


def undo(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    batch_id: str,
    school_id: str | None = None,
) -> Undone:
    """Void the records of a batch; one that was voided on its own since is kept as it is."""
    batch = tx.get(EvidenceBatch, batch_id)
    if batch is None or school_id not in (None, batch.school_id):
        raise TrainingRuleError(f"There is no batch “{batch_id}”: `player external list` names them.")
    rows = evidence.of_batch(tx, batch_id)
    kept = tuple(row for row in rows if row.voided is not None)
    if batch.undone is not None:
        return Undone(0, kept)
    gone = [row for row in rows if row.voided is None]
    for row in gone:
        row.voided, row.voided_by, row.voided_why = now, actor.name, "Its batch was undone."
    batch.undone, batch.undone_by = now, actor.name
    tx.flush()
    told = {"voided": len(gone), "kept": len(kept)}
    change = Change("undone", "batch of external records", batch.id, batch.source, None, None, told)
    auditing.write(tx, actor, now, batch.school_id, change)
    _settle(tx, gone, now)
    return Undone(len(gone), kept)


def void(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    evidence_id: str,
    why: str,
    school_id: str | None = None,
) -> EvidenceRow:
    """Void one record; it is still seen, with its reason."""
    row = tx.get(EvidenceRow, evidence_id)
    if row is None or school_id not in (None, row.school_id):
        raise TrainingRuleError(f"There is no record “{evidence_id}”: `player external list` names them.")
    if row.kind != "external":
        raise TrainingRuleError("It was completed here: only an external record can be voided.")
    if row.voided is not None:
        raise TrainingRuleError(f"It was voided already: {row.voided_why}")
    if not why.strip():
        raise TrainingRuleError("Voiding needs its reason: it is shown beside the record.")
    row.voided, row.voided_by, row.voided_why = now, actor.name, " ".join(why.split())
    tx.flush()
    about = row.training or row.course_id or ""
    told = {"day": row.day, "why": row.voided_why}
    change = Change("voided", "external record", row.id, about, row.person_id, None, told)
    auditing.write(tx, actor, now, row.school_id, change)
    _settle(tx, [row], now)
    return row


def _settle(tx: Transaction, rows: Iterable[EvidenceRow], now: datetime) -> None:
    listed = [row for row in rows if row.course_id is not None]
    if listed:
        school_ids = {row.school_id for row in listed if row.school_id}
        school_ids |= set(evidence.schools_shown(tx, [row.id for row in listed]))
        persons, ids = {row.person_id for row in listed}, {row.course_id for row in listed if row.course_id}
        settle(tx, school_ids, now, persons, ids)


def _key(row: EvidenceRow) -> tuple[str, str, str, date]:
    return row.person_id, row.course_id or "", (row.training or "").casefold(), row.day


def _key_of(row: TrainingRow) -> tuple[str, str, str, date]:
    return row.person, row.course, row.other.casefold(), row.day
