"""Evidence."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

LONDON = ZoneInfo("Europe/London")
COUNTS = sa.text("voided IS NULL AND registration_id IS NOT NULL")
TIME = sa.DateTime(timezone=True)
ATTEMPTS = sa.text(
    "SELECT attempt.registration_id, attempt.number, attempt.started, attempt.ended,"
    " attempt.completion_status, attempt.success_status, registration.completed,"
    " registration.success_status AS judged, registration.score_raw, registration.score_scaled,"
    " enrolment.person_id, enrolment.course_id, person.school_id,"
    " (SELECT max(session.last_commit) FROM session WHERE session.attempt_id = attempt.id) AS spoke"
    " FROM attempt JOIN registration ON registration.id = attempt.registration_id"
    " JOIN enrolment ON enrolment.id = registration.enrolment_id"
    " JOIN person ON person.id = enrolment.person_id"
    " ORDER BY attempt.registration_id, attempt.number"
).columns(started=TIME, ended=TIME, completed=TIME, spoke=TIME)


def upgrade() -> None:
    """The attempts of before that completed become evidence, on the day of their completion: that which the
    registration has where it fell into the attempt, else that of the attempt's last commit."""
    zone = sa.Column("time_zone", sa.String(), nullable=False, server_default="Europe/London")
    op.add_column("school", zone)
    _create_batch()
    evidence = _create_evidence()
    rows = list(_completed())
    for start in range(0, len(rows), 1000):
        op.bulk_insert(evidence, rows[start : start + 1000])


def _create_batch() -> None:
    op.create_table(
        "evidence_batch",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("school_id", sa.String(32), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("recorded", TIME, nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("undone", TIME, nullable=True),
        sa.Column("undone_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_evidence_batch_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_batch")),
    )
    op.create_index(op.f("ix_evidence_batch_school_id"), "evidence_batch", ["school_id"])


def _create_evidence() -> sa.Table:
    references = ("person", "course", "school", "registration")
    keys = [
        sa.ForeignKeyConstraint([f"{of}_id"], [f"{of}.id"], name=op.f(f"fk_evidence_{of}_id"))
        for of in references
    ]
    evidence = op.create_table(
        "evidence",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("course_id", sa.String(), nullable=True),
        sa.Column("training", sa.Text(), nullable=True),
        sa.Column("school_id", sa.String(32), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("registration_id", sa.String(32), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.String(32), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded", TIME, nullable=False),
        sa.Column("voided", TIME, nullable=True),
        sa.Column("voided_by", sa.String(), nullable=True),
        sa.Column("voided_why", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('registration', 'external')", name=op.f("ck_evidence_kind")),
        sa.CheckConstraint("(course_id IS NULL) <> (training IS NULL)", name=op.f("ck_evidence_subject")),
        sa.ForeignKeyConstraint(["batch_id"], ["evidence_batch.id"], name=op.f("fk_evidence_batch_id")),
        *keys,
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index(op.f("ix_evidence_person_id"), "evidence", ["person_id", "course_id"])
    op.create_index(op.f("ix_evidence_school_id"), "evidence", ["school_id", "course_id"])
    op.create_index(op.f("ix_evidence_batch_id"), "evidence", ["batch_id"])
    op.create_index(
        "uq_evidence_attempt",
        "evidence",
        ["registration_id", "attempt"],
        unique=True,
        sqlite_where=COUNTS,
        postgresql_where=COUNTS,
    )
    return evidence


def _completed() -> Iterator[dict[str, Any]]:
    for row in op.get_bind().execute(ATTEMPTS):
        at = _time(row)
        if at is not None:
            yield {
                "id": secrets.token_urlsafe(16),
                "person_id": row.person_id,
                "course_id": row.course_id,
                "school_id": row.school_id,
                "kind": "registration",
                "day": _day(at),
                "registration_id": row.registration_id,
                "attempt": row.number,
                "note": "",
                "recorded": at,
            }


def _time(row: Any) -> datetime | None:
    """The time at which an attempt was completed; None where it was not."""
    completed: datetime | None = row.completed
    if completed is not None and row.started <= completed and (row.ended is None or completed <= row.ended):
        return completed
    is_passed, is_completed = row.success_status == "passed", row.completion_status == "completed"
    scored = row.score_raw is not None or row.score_scaled is not None
    is_judged = row.judged == "failed" or (row.judged == "passed" and scored)
    is_done = is_passed if is_judged or row.success_status != "unknown" else is_completed
    latest: datetime = row.spoke or row.ended or row.started
    return latest if is_done and completed is not None else None


def _day(at: datetime) -> date:
    known = at.replace(tzinfo=UTC) if at.tzinfo is None else at
    return known.astimezone(LONDON).date()
