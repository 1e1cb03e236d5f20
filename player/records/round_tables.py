"""The tables of reminders: their steps, the rounds that were run, and what became of each step."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from player.records.columns import Id, MaybeTime, Time
from player.records.tables import Base


class RoundRow(Base):
    """The round of a day at a school; without `ended` it was begun and not finished."""

    __tablename__ = "round"

    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    began: Mapped[Time]
    ended: Mapped[MaybeTime]


class MailItemRow(Base):
    """One step of one person in one course. A step that was sent or overtaken is done; one that was not sent
    keeps the day and the reason of the latest round, until it is sent."""

    __tablename__ = "mail_item"
    __table_args__ = (
        CheckConstraint("state IN ('sent', 'overtaken', 'not sent')", name="state"),
        Index(None, "school_id", "day"),
        Index("ix_mail_item_state", "school_id", "state", "day"),
        Index(None, "mail_id"),
    )

    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), primary_key=True)
    due: Mapped[date] = mapped_column(primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date]
    state: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
    mail_id: Mapped[str | None] = mapped_column(ForeignKey("mail.id"))


class ReminderStepsRow(Base):
    """The days from the due day on which a school's reminders go out, such as “-30 -7 0 7”; the row without a
    school is the provider's, for all schools that have none."""

    __tablename__ = "reminder_steps"

    id: Mapped[Id]
    school_id: Mapped[str | None] = mapped_column(ForeignKey("school.id"), unique=True)
    steps: Mapped[str]
