"""The tables of evidence: what somebody completed here, and what they learned elsewhere (decision 18)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from player.records.columns import Id, MaybeTime, Time
from player.records.tables import Base

COUNTS = text("voided IS NULL AND registration_id IS NOT NULL")


class EvidenceBatch(Base):
    """The external records that were added together, so that they can be undone together."""

    __tablename__ = "evidence_batch"

    id: Mapped[Id]
    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"), index=True)
    source: Mapped[str] = mapped_column(default="")
    recorded: Mapped[Time]
    recorded_by: Mapped[str]
    undone: Mapped[MaybeTime]
    undone_by: Mapped[str | None]


class EvidenceShare(Base):
    """Somebody lets another school of theirs see a piece of evidence, until they end that."""

    __tablename__ = "evidence_share"
    __table_args__ = (Index(None, "school_id"),)

    evidence_id: Mapped[str] = mapped_column(ForeignKey("evidence.id"), primary_key=True)
    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"), primary_key=True)
    since: Mapped[Time]


class EvidenceRow(Base):
    """A completion here, or an external record: it is added, never changed, and voided at most once.

    `day` is the civil day at the school, fixed when the row is made. An external record names a course, or
    other training in words. `attempt` is the number of the attempt within its registration.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("kind IN ('registration', 'external')", name="kind"),
        CheckConstraint("(course_id IS NULL) <> (training IS NULL)", name="subject"),
        Index(None, "person_id", "course_id"),
        Index(None, "school_id", "course_id"),
        Index(
            "uq_evidence_attempt",
            "registration_id",
            "attempt",
            "course_id",
            unique=True,
            sqlite_where=COUNTS,
            postgresql_where=COUNTS,
        ),
        Index(None, "batch_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    course_id: Mapped[str | None] = mapped_column(ForeignKey("course.id"))
    training: Mapped[str | None] = mapped_column(Text)
    school_id: Mapped[str | None] = mapped_column(ForeignKey("school.id"))
    kind: Mapped[str]
    day: Mapped[date]
    registration_id: Mapped[str | None] = mapped_column(ForeignKey("registration.id"))
    attempt: Mapped[int | None]
    batch_id: Mapped[str | None] = mapped_column(ForeignKey("evidence_batch.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    recorded: Mapped[Time]
    voided: Mapped[MaybeTime]
    voided_by: Mapped[str | None]
    voided_why: Mapped[str | None] = mapped_column(Text)
