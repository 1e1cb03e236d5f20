"""The tables of who must be trained: requirements, duties and exclusions, and the due days that follow.

The first three are dated rows: a past day is told by what applied on it. `until` is the first day on which a
row applies no longer. `due` is derived from them and from the evidence, and is kept for speed.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from player.records.columns import Id, Number, Time
from player.records.tables import Base


class RequirementRow(Base):
    """A course is required of everybody at a school or of a team; without a school, at all schools."""

    __tablename__ = "requirement"
    __table_args__ = (Index(None, "course_id"), Index(None, "school_id"))

    id: Mapped[Id]
    school_id: Mapped[str | None] = mapped_column(ForeignKey("school.id"))
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"))
    team_id: Mapped[str | None] = mapped_column(ForeignKey("team.id"))
    since: Mapped[date]
    until: Mapped[date | None]
    recorded: Mapped[Time]
    recorded_by: Mapped[str]


class DutyRow(Base):
    """The settings of a course's duty from a day on: the provider's, or a school's own.

    Only the provider's row has a kind and a basis. Of two rows of one day the later number counts. A setting
    that is null is left to the provider, or to the default; 0 months are a period of none.
    """

    __tablename__ = "duty"
    __table_args__ = (
        CheckConstraint("(school_id IS NULL) = (kind IS NOT NULL)", name="kind"),
        Index(None, "course_id"),
    )

    number: Mapped[Number]
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"))
    school_id: Mapped[str | None] = mapped_column(ForeignKey("school.id"))
    since: Mapped[date]
    kind: Mapped[str | None]
    basis: Mapped[str | None] = mapped_column(Text)
    months: Mapped[int | None]
    anchor: Mapped[str | None]
    window: Mapped[int | None]
    first: Mapped[int | None]
    fixed: Mapped[str | None]
    least: Mapped[int | None]
    renewed_by: Mapped[str | None]
    lapsed: Mapped[int | None]
    recorded: Mapped[Time]
    recorded_by: Mapped[str]


class ExclusionRow(Base):
    """Somebody gets no e-mails about a course; without a person nobody at the school does, without a course
    they get none about any."""

    __tablename__ = "exclusion"
    __table_args__ = (
        CheckConstraint("person_id IS NOT NULL OR course_id IS NOT NULL", name="subject"),
        Index(None, "school_id"),
    )

    id: Mapped[Id]
    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"))
    course_id: Mapped[str | None] = mapped_column(ForeignKey("course.id"))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    why: Mapped[str] = mapped_column(Text)
    since: Mapped[date]
    until: Mapped[date | None]
    recorded: Mapped[Time]
    recorded_by: Mapped[str]
    ended_by: Mapped[str | None]


class DueRow(Base):
    """The due day of a person in a course at a school: a row for each pair that is required or has evidence.

    `opens` is the first day of the window, `done` the day of the latest evidence that counts.
    """

    __tablename__ = "due"
    __table_args__ = (
        Index(None, "school_id", "course_id", "due"),
        {"sqlite_with_rowid": False},  # a school is read in one piece
    )

    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), primary_key=True)
    required_since: Mapped[date | None]
    due: Mapped[date | None]
    opens: Mapped[date | None]
    done: Mapped[date | None]


class StandingCountRow(Base):
    """The number of people in a standing in a course at a school, on the day that `due_day.counted` says;
    `urgency` is the standing's place in `compliance.view.URGENCY`."""

    __tablename__ = "standing_count"

    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"), primary_key=True)
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), primary_key=True)
    urgency: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    people: Mapped[int]


class PersonStandingRow(Base):
    """A person at a school in all their rows of `due`, on that day: the most urgent standing, the numbers of
    courses that are required and that are in date, and the first due day."""

    __tablename__ = "person_standing"
    __table_args__ = (Index(None, "school_id", "urgency"),)

    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    urgency: Mapped[int]
    required: Mapped[int]
    in_date: Mapped[int]
    due: Mapped[date | None]


class StatusCountRow(Base):
    """The number of people at a school in a status in a course, and of how many it is required, on that day;
    `status` is the place in `enrolment_status.KEYS`."""

    __tablename__ = "status_count"

    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"), primary_key=True)
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), primary_key=True)
    status: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    people: Mapped[int]
    required: Mapped[int]


class PersonStatusRow(Base):
    """A person who is or was at a school, on that day: the status in all their courses together, the number
    of these and of those that are done; and the same of what is required."""

    __tablename__ = "person_status"

    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    is_here: Mapped[bool]
    status: Mapped[int]
    courses: Mapped[int]
    done: Mapped[int]
    required_status: Mapped[int]
    required_courses: Mapped[int]
    required_done: Mapped[int]


class DueDayRow(Base):
    """The day for which a school's due days were computed, and the first on which they may be others;
    `counted` is the day of its counts, where it has any, `counting` that for which they are being made."""

    __tablename__ = "due_day"

    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"), primary_key=True)
    computed: Mapped[date]
    holds_until: Mapped[date | None]
    counted: Mapped[date | None]
    counting: Mapped[date | None]
