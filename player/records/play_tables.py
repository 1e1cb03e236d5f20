"""The tables of playing: registrations, their attempts and sessions, the log, and the links."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from player.records.columns import Id, Json, MaybeTime, Time, Utc
from player.records.result_columns import ResultColumns
from player.records.tables import Base, one_of

CAUSES = ("launch", "again", "commit")
STATES = ("not attempted", "running", "suspended", "ended")


class RegistrationRow(ResultColumns, Base):
    """An enrolment that is taken: the version it is on, the best of its attempts; `sessions` counts them."""

    __tablename__ = "registration"
    __table_args__ = (one_of("state", STATES), Index(None, "version_id"))

    id: Mapped[Id]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"), unique=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    state: Mapped[str] = mapped_column(default="not attempted")
    started: Mapped[MaybeTime]
    completed: Mapped[MaybeTime]
    tree: Mapped[Json] = mapped_column(default="")
    stores: Mapped[Json] = mapped_column(default="{}")
    attempts: Mapped[int] = mapped_column(default=0)
    sessions: Mapped[int] = mapped_column(default=0)
    session_id: Mapped[str | None] = mapped_column(String(32))


class AttemptRow(ResultColumns, Base):
    """One try within a registration."""

    __tablename__ = "attempt"
    __table_args__ = (one_of("state", STATES), UniqueConstraint("registration_id", "number"))

    id: Mapped[Id]
    registration_id: Mapped[str] = mapped_column(ForeignKey("registration.id"))
    number: Mapped[int]
    state: Mapped[str]
    started: Mapped[Time]
    ended: Mapped[MaybeTime]


class ActivityRow(ResultColumns, Base):
    """An activity within an attempt; its run-time data are those of `session_id`, the last that spoke for
    it."""

    __tablename__ = "activity"

    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    item: Mapped[str] = mapped_column(Text, primary_key=True)
    title: Mapped[str]
    session_id: Mapped[str | None] = mapped_column(String(32))


class SessionRow(Base):
    """One launch of one SCO, or of the contents with nothing delivered; `launch` is where replay starts.
    `values` has what belongs to no record."""

    __tablename__ = "session"
    __table_args__ = (
        UniqueConstraint("registration_id", "ordinal"),
        Index(None, "attempt_id"),
        one_of("cause", CAUSES),
    )

    id: Mapped[Id]
    registration_id: Mapped[str] = mapped_column(ForeignKey("registration.id"))
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    item: Mapped[str | None] = mapped_column(Text)
    page: Mapped[str]
    ordinal: Mapped[int]
    launch: Mapped[Json]
    values: Mapped[Json]
    draws: Mapped[Json] = mapped_column(default="[]")
    cause: Mapped[str] = mapped_column(default="launch")
    have: Mapped[int] = mapped_column(default=0)
    started: Mapped[Time]
    first_commit: Mapped[MaybeTime]
    last_commit: Mapped[MaybeTime]
    objectives: Mapped[Json] = mapped_column(default="{}")
    awarded: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[Json] = mapped_column(default="[]")


class SessionRecordRow(Base):
    """A record of a collection in the run-time data of a session, such as an interaction: `elements` is JSON
    of its values by element name (decision 31)."""

    __tablename__ = "session_record"
    __table_args__ = ({"sqlite_with_rowid": False},)

    session_id: Mapped[str] = mapped_column(ForeignKey("session.id"), primary_key=True)
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    elements: Mapped[Json]


class CommitRow(Base):
    """A numbered commit of a session; rows are never changed, and go when they are folded."""

    __tablename__ = "commit"
    __table_args__ = (one_of("outcome", ("applied", "superseded")),)

    session_id: Mapped[str] = mapped_column(ForeignKey("session.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    received: Mapped[Time]
    calls: Mapped[Json]
    draws: Mapped[Json] = mapped_column(default="[]")
    outcome: Mapped[str]
    notes: Mapped[Json] = mapped_column(default="[]")
    objectives: Mapped[Json] = mapped_column(default="{}")


class LearnerObjectivesRow(Base):
    """The values that one course has written to a learner's global objectives; `earlier` before it was taken
    again."""

    __tablename__ = "learner_objectives"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), primary_key=True)
    present: Mapped[Json]
    earlier: Mapped[Json]


class SnapshotRow(Base):
    """A registration as it was when its log was folded: replay starts from here."""

    __tablename__ = "snapshot"

    registration_id: Mapped[str] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    packed: Mapped[bytes]  # JSON, deflated: it repeats what stands in other rows


class LaunchToken(Base):
    """A link that opens one registration and nothing else; only its SHA-256 is kept."""

    __tablename__ = "launch_token"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    registration_id: Mapped[str] = mapped_column(ForeignKey("registration.id"), index=True)
    created: Mapped[Time]
    last_commit: Mapped[MaybeTime]
    return_url: Mapped[str] = mapped_column(Text, default="")
    again: Mapped[bool] = mapped_column(default=False)


class FreshStart(Base):
    """A manager has given a learner every try of a course again; rows are added and never changed."""

    __tablename__ = "fresh_start"

    registration_id: Mapped[str] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    given: Mapped[datetime] = mapped_column(Utc, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
