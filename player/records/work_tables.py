"""The tables of work outside a request, of e-mails, and of who did what."""

from __future__ import annotations

from sqlalchemy import (
    ForeignKey,
    Index,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from player.records.columns import Id, Json, MaybeTime, Number, Time
from player.records.tables import Base, one_of

JOB_STATES = ("waiting", "running", "done", "failed")
MAIL_STATES = ("waiting", "sending", "sent", "unconfirmed", "failed", "kept")


class JobRow(Base):
    """Work outside a request. `claim` marks the worker that does it, until `lease_until`."""

    __tablename__ = "job"
    __table_args__ = (one_of("state", JOB_STATES), Index(None, "state", "run_at"))

    id: Mapped[Id]
    kind: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    payload: Mapped[Json]
    run_at: Mapped[Time]
    state: Mapped[str]
    claim: Mapped[str | None] = mapped_column(String(32))
    lease_until: Mapped[MaybeTime]
    first_tried: Mapped[MaybeTime]
    attempts: Mapped[int]
    error: Mapped[str] = mapped_column(Text)


class MailRow(Base):
    """An e-mail. It is `kept` where no mail server is set; `sending` is written before the transport begins,
    and becomes `unconfirmed` where nobody knows how that ended."""

    __tablename__ = "mail"
    __table_args__ = (
        one_of("state", MAIL_STATES),
        Index(None, "school_id", "written"),
        Index("ix_mail_state", "school_id", "state", "written"),
        Index(None, "written"),
    )

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    address: Mapped[str]
    name: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    from_name: Mapped[str]
    reply_to: Mapped[str]
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    school_id: Mapped[str | None] = mapped_column(ForeignKey("school.id"))
    link: Mapped[str]
    state: Mapped[str]
    written: Mapped[Time]
    changed: Mapped[Time]
    error: Mapped[str] = mapped_column(Text)


class AuditRow(Base):
    """One change, view or sign-in. Rows are added only: triggers refuse the rest (decision 20).

    It refers to other rows by their ids alone, because it outlives them; `about` names what it is about as it
    was then, and `person_id` whom. `plain` has the words of `actor` and `about` for searches; older rows have
    none.
    """

    __tablename__ = "audit"
    __table_args__ = (
        Index(None, "school_id", "at"),
        Index("ix_audit_action", "school_id", "action", "noun", "at"),
        Index(None, "person_id"),
        Index(None, "at"),
    )

    id: Mapped[Number]
    at: Mapped[Time]
    actor_id: Mapped[str | None] = mapped_column(String(32))
    actor: Mapped[str]
    school_id: Mapped[str | None] = mapped_column(String(32))
    action: Mapped[str]
    noun: Mapped[str]
    noun_id: Mapped[str]
    about: Mapped[str]
    person_id: Mapped[str | None] = mapped_column(String(32))
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)
    plain: Mapped[str | None] = mapped_column(Text)
