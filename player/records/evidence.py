"""Evidence: completions here and external records, added and voided, never changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    delete,
    exists,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session as Transaction

from player.compliance import LONDON, civil_day, zone_named
from player.records import play_tables, tables
from player.records.columns import new_id, table
from player.records.evidence_tables import EvidenceRow, EvidenceShare

EVIDENCE, SHARE = table(EvidenceRow), table(EvidenceShare)
REGISTRATION, ENROLMENT = table(play_tables.RegistrationRow), table(tables.Enrolment)
SCHOOL, STAY, COURSE = table(tables.School), table(tables.Membership), table(tables.Course)
Executes = Connection | Transaction


@dataclass(frozen=True, slots=True)
class Trained:
    """The person, the course and the school that a piece of evidence is about, and the day there."""

    person: str
    course: str
    school: str | None
    today: date
    shown_to: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ExternalRecord:
    """What somebody learned elsewhere: a course, or other training in words."""

    title: str
    day: date
    note: str
    is_voided: bool
    why: str | None  # it was voided


def add_completion(
    tx: Executes, registration: str, attempt: int, now: datetime, course: str, *, again: bool = True
) -> list[Trained]:
    """Add the completion of a course by an attempt, on the day that it is at the school; nothing where it is
    there, or where the player does not know the course.

    Without `again` an earlier attempt is enough: what it has passed is handed to the next, and is no
    completion of that.
    """
    wanted = (
        select(ENROLMENT.c.person_id, ENROLMENT.c.school_id, SCHOOL.c.time_zone)
        .join(REGISTRATION, REGISTRATION.c.enrolment_id == ENROLMENT.c.id)
        .join(SCHOOL, SCHOOL.c.id == ENROLMENT.c.school_id)
        .join(COURSE, COURSE.c.id == course)
        .where(
            REGISTRATION.c.id == registration,
            ~exists().where(_of(registration, attempt if again else None), EVIDENCE.c.course_id == course),
        )
    )
    row = tx.execute(wanted).first()
    if row is None:
        return []
    person, school, zone = row
    today = civil_day(now, zone_named(zone or LONDON))
    values = {
        "id": new_id(),
        "person_id": person,
        "course_id": course,
        "school_id": school,
        "kind": "registration",
        "day": today,
        "registration_id": registration,
        "attempt": attempt,
        "note": "",
        "recorded": now,
    }
    tx.execute(insert(EVIDENCE), values)
    others = sorted(_shown_now(tx, person, course, school, today))
    if others:
        shares = [{"evidence_id": values["id"], "school_id": other, "since": now} for other in others]
        tx.execute(insert(SHARE), shares)
    return [Trained(person, course, school, today, others)]


def void_completions(
    tx: Executes,
    registration: str,
    attempt: int,
    since: datetime,
    now: datetime,
    why: str,
    courses: Collection[str] | None = None,
) -> list[Trained]:
    """Void what an attempt has completed, if it was recorded at that time or later: in these courses, or in
    all."""
    wanted = (
        select(
            *(EVIDENCE.c.id, EVIDENCE.c.person_id, EVIDENCE.c.course_id, EVIDENCE.c.school_id),
            SCHOOL.c.time_zone,
        )
        .outerjoin(SCHOOL, SCHOOL.c.id == EVIDENCE.c.school_id)
        .where(_of(registration, attempt), EVIDENCE.c.recorded >= since)
    )
    if courses is not None:
        wanted = wanted.where(EVIDENCE.c.course_id.in_(courses))
    voided = []
    for row in tx.execute(wanted).all():
        void = {"voided": now, "voided_by": "the course", "voided_why": why}
        tx.execute(update(EVIDENCE).where(EVIDENCE.c.id == row.id).values(void))
        today = civil_day(now, zone_named(row.time_zone or LONDON))
        shown = schools_shown(tx, [row.id])
        voided.append(Trained(row.person_id, row.course_id, row.school_id, today, shown))
    return voided


def schools_shown(tx: Executes, ids: Collection[str]) -> Sequence[str]:
    """The schools to which any of this evidence is shown."""
    wanted = select(SHARE.c.school_id).distinct().where(SHARE.c.evidence_id.in_(ids))
    return tx.execute(wanted.order_by(SHARE.c.school_id)).scalars().all()


def shown_to(tx: Executes, person_id: str, course_id: str, school_id: str) -> set[str]:
    """The schools to which somebody shows what they complete in a course at a school, also where what they
    had completed was taken back since."""
    return set(tx.execute(_shared(SHARE.c.school_id, person_id, course_id, school_id)).scalars())


def _shown_now(tx: Executes, person_id: str, course_id: str, school_id: str, today: date) -> set[str]:
    """Those of them where the person is now: a school that they have left learns nothing new."""
    here = or_(STAY.c.until.is_(None), STAY.c.until > today)
    stays = select(STAY.c.school_id).where(STAY.c.person_id == person_id, here)
    wanted = _shared(SHARE.c.school_id, person_id, course_id, school_id)
    return set(tx.execute(wanted.where(SHARE.c.school_id.in_(stays))).scalars())


def _shared(column: ColumnElement[str], person_id: str, course_id: str, school_id: str) -> Select[str]:
    """That column of what somebody has completed in a course at a school and shows to others."""
    return (
        select(column)
        .select_from(SHARE)
        .join(EVIDENCE, EVIDENCE.c.id == SHARE.c.evidence_id)
        .where(
            EVIDENCE.c.person_id == person_id,
            EVIDENCE.c.course_id == course_id,
            EVIDENCE.c.school_id == school_id,
            EVIDENCE.c.kind == "registration",
        )
    )


def is_seen(school_id: str) -> ColumnElement[bool]:
    """Condition: the evidence was made at the school, or is shown to it."""
    shown = select(SHARE.c.evidence_id).where(SHARE.c.school_id == school_id)
    return or_(EVIDENCE.c.school_id == school_id, EVIDENCE.c.id.in_(shown))


def days_of(tx: Transaction, registration: str, courses: Collection[str]) -> dict[str, date]:
    """The days on which these courses were last completed in a registration, and that stands."""
    these = (EvidenceRow.registration_id == registration, EvidenceRow.course_id.in_(courses))
    wanted = select(EvidenceRow).where(*these, EvidenceRow.voided.is_(None)).order_by(EvidenceRow.day)
    return {row.course_id: row.day for row in tx.scalars(wanted) if row.course_id is not None}


def completions(tx: Transaction, person_id: str, course_id: str, school_id: str) -> list[EvidenceRow]:
    """The completions of a person in a course at a school that are not voided."""
    wanted = select(EvidenceRow).where(
        EvidenceRow.person_id == person_id,
        EvidenceRow.course_id == course_id,
        EvidenceRow.school_id == school_id,
        EvidenceRow.kind == "registration",
        EvidenceRow.voided.is_(None),
    )
    return list(tx.scalars(wanted.order_by(EvidenceRow.day)))


def shown_at(tx: Transaction, school_id: str, person_id: str) -> list[EvidenceRow]:
    """The evidence from elsewhere that a person shows to a school, by its days."""
    wanted = select(EvidenceRow).join(EvidenceShare, EvidenceShare.evidence_id == EvidenceRow.id)
    these = (EvidenceShare.school_id == school_id, EvidenceRow.person_id == person_id)
    return list(tx.scalars(wanted.where(*these, EvidenceRow.voided.is_(None)).order_by(EvidenceRow.day)))


def show(tx: Transaction, rows: Iterable[EvidenceRow], school_id: str, now: datetime) -> int:
    """Show evidence to a school; returns how much of it was not shown before."""
    new = [row for row in rows if tx.get(EvidenceShare, (row.id, school_id)) is None]
    tx.add_all(EvidenceShare(evidence_id=row.id, school_id=school_id, since=now) for row in new)
    tx.flush()
    return len(new)


def hide(tx: Transaction, person_id: str, course_id: str, from_school: str, to_school: str) -> int:
    """Show a school no longer what somebody completes in a course at another one; returns how much of it was
    shown."""
    shared = _shared(SHARE.c.evidence_id, person_id, course_id, from_school)
    these = (SHARE.c.school_id == to_school, SHARE.c.evidence_id.in_(shared))
    done: Any = tx.execute(delete(SHARE).where(*these))
    return int(done.rowcount)


def _of(registration: str, attempt: int | None) -> ColumnElement[bool]:
    """Condition: it is of that attempt, or of any, and stands."""
    of_any = and_(EVIDENCE.c.registration_id == registration, EVIDENCE.c.voided.is_(None))
    return of_any if attempt is None else and_(of_any, EVIDENCE.c.attempt == attempt)


def external_of(tx: Transaction, school_id: str) -> list[EvidenceRow]:
    """A school's external records, also those that are voided, the newest first."""
    wanted = select(EvidenceRow).where(EvidenceRow.school_id == school_id, EvidenceRow.kind == "external")
    return list(tx.scalars(wanted.order_by(EvidenceRow.recorded.desc(), EvidenceRow.id)))


def external_of_person(tx: Transaction, person_id: str, school_id: str | None = None) -> list[ExternalRecord]:
    """A person's external records at one school, or at all, also those that are voided, the newest day
    first."""
    wanted = (
        select(EVIDENCE, COURSE.c.title)
        .outerjoin(COURSE, COURSE.c.id == EVIDENCE.c.course_id)
        .where(EVIDENCE.c.person_id == person_id, EVIDENCE.c.kind == "external")
        .order_by(EVIDENCE.c.day.desc(), EVIDENCE.c.id)
    )
    return [
        ExternalRecord(row.title or row.training, row.day, row.note, row.voided is not None, row.voided_why)
        for row in tx.execute(wanted)
        if school_id in (None, row.school_id)  # in SQL, SQLite would read the school's and not the person's
    ]


def of_batch(tx: Transaction, batch_id: str) -> list[EvidenceRow]:
    """The records of a batch, also those that are voided."""
    wanted = select(EvidenceRow).where(EvidenceRow.batch_id == batch_id)
    return list(tx.scalars(wanted.order_by(EvidenceRow.day, EvidenceRow.id)))
