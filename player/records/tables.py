"""The tables of decision 4: schools, people, courses and who takes them; `play_tables`, `evidence_tables`,
`due_tables` and `work_tables` have the others. JSON is ASCII text, which the database never queries.

A class whose name ends in Row is the row of a noun that `playing` has a frozen value of.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, validates

from player.alphabet import plain
from player.compliance import LONDON, civil_day, zone_named
from player.records.columns import Id, Json, MaybeTime, Number, Time, Utc

ACCESS = ("learner", "manager")


def one_of(column: str, words: tuple[str, ...]) -> CheckConstraint:
    """A column that holds one of these words."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def _unique_while_open(name: str, end: str, *columns: str) -> Index:
    """Only one row of these columns has no end."""
    is_open = text(f"{end} IS NULL")
    return Index(name, *columns, unique=True, sqlite_where=is_open, postgresql_where=is_open)


class Base(DeclarativeBase):
    """Constraints are named by rule, so that a migration can name them on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


PLAIN = String().with_variant(String(collation="C"), "postgresql")  # sorted alike on both databases


def _plain_name(context: DefaultExecutionContext) -> str:
    row: dict[str, str] = context.get_current_parameters()  # type: ignore[no-untyped-call]
    return plain(row["name"])


class School(Base):
    """A customer. Its days are those of its time zone."""

    __tablename__ = "school"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(unique=True)
    time_zone: Mapped[str] = mapped_column(default=LONDON, server_default=LONDON)

    def day(self, instant: datetime) -> date:
        """The school's day at an instant."""
        return civil_day(instant, zone_named(self.time_zone or LONDON))


class Person(Base):
    """Somebody with an account, at any number of schools; an administrator sees all of them.

    `name` is the person's own, and `membership.name` a school's. E-mail is kept in lower case.
    """

    __tablename__ = "person"

    id: Mapped[Id]
    name: Mapped[str]
    email: Mapped[str | None] = mapped_column(unique=True)
    password_hash: Mapped[str | None]
    sign_in_epoch: Mapped[int] = mapped_column(default=0)
    is_administrator: Mapped[bool] = mapped_column(default=False)


class Membership(Base):
    """One stay of a person at a school, from `since` until the day before `until`.

    Whoever comes back has a second stay with the same staff id; the latest one is what pages show. Portals
    and packages call the staff id the learner id. Names are sorted and searched by `plain_name`: neither
    database knows by itself that É stands beside E.
    """

    __tablename__ = "membership"
    __table_args__ = (
        one_of("access", ACCESS),
        UniqueConstraint("person_id", "school_id", "since"),
        Index(None, "school_id", "staff_id"),
        Index("ix_membership_plain_name", "school_id", "plain_name"),
        Index("ix_membership_until", "school_id", "until", "person_id"),
        _unique_while_open("uq_membership_open", "until", "person_id", "school_id"),
        _unique_while_open("uq_membership_staff_id", "until", "school_id", "staff_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"))
    staff_id: Mapped[str]
    name: Mapped[str]
    plain_name: Mapped[str] = mapped_column(PLAIN, default=_plain_name, server_default="")
    access: Mapped[str] = mapped_column(default="learner")
    job_title: Mapped[str] = mapped_column(default="")
    since: Mapped[date]
    until: Mapped[date | None]
    on_leave: Mapped[bool] = mapped_column(default=False, server_default=false())  # gets no e-mails meanwhile

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
    school: Mapped[School] = relationship(lazy="joined", innerjoin=True)

    @validates("name")
    def _keep_plain_name(self, _attribute: str, name: str) -> str:
        self.plain_name = plain(name)
        return name

    @property
    def email(self) -> str | None:
        """The address that the person signs in with."""
        return self.person.email

    @property
    def has_password(self) -> bool:
        """True where the person has chosen a password."""
        return self.person.password_hash is not None

    def has_left(self, today: date) -> bool:
        """True where the stay is over; on the day of leaving it is."""
        return self.until is not None and self.until <= today


class SignIn(Base):
    """A browser in which a person is signed in; the row goes when it signs out, or after its longest stay."""

    __tablename__ = "sign_in"

    id: Mapped[Id]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    epoch: Mapped[int]
    browser: Mapped[str]
    address: Mapped[str]
    began: Mapped[datetime] = mapped_column(Utc, index=True)
    seen: Mapped[Time]


class Team(Base):
    """A group of people of one school; a removed one keeps its row, because a past day still needs it."""

    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("school_id", "name"),)

    id: Mapped[Id]
    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"))
    name: Mapped[str]
    until: Mapped[date | None]


class TeamMember(Base):
    """A person in a team, from `since` until the day before `until`."""

    __tablename__ = "team_member"
    __table_args__ = (
        Index(None, "person_id"),
        Index(None, "team_id"),
        _unique_while_open("uq_team_member_open", "until", "team_id", "person_id"),
    )

    id: Mapped[Id]
    team_id: Mapped[str] = mapped_column(ForeignKey("team.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    since: Mapped[date]
    until: Mapped[date | None]


class Course(Base):
    """A course that people are enrolled on; its id is a slug."""

    __tablename__ = "course"

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    retired: Mapped[MaybeTime]


class VersionRow(Base):
    """One imported package; `key` stands in the addresses of its files and names their folder."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("course_id", "number"), Index(None, "digest"))

    id: Mapped[Number]
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"))
    number: Mapped[int]
    key: Mapped[str] = mapped_column(String(32), unique=True)
    digest: Mapped[str] = mapped_column(String(64))
    standard: Mapped[str]
    edition: Mapped[str]
    ours: Mapped[bool]
    draft: Mapped[bool] = mapped_column(default=False, server_default=false())  # says its package
    package: Mapped[Json]
    minutes: Mapped[int | None]
    imported: Mapped[Time]


class Enrolment(Base):
    """A school lets a person take a course; one enrolment is open for a person, school and course."""

    __tablename__ = "enrolment"
    __table_args__ = (
        _unique_while_open("uq_enrolment_open", "ended", "person_id", "school_id", "course_id"),
        Index(None, "course_id", "ended", "person_id"),
        Index(None, "school_id", "course_id"),
        Index(None, "person_id", "school_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"))
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"))
    since: Mapped[Time]
    ended: Mapped[MaybeTime]
    team_id: Mapped[str | None] = mapped_column(ForeignKey("team.id"))


class SchoolKey(Base):
    """A portal's key for `POST /api/launch`; only its SHA-256 is kept."""

    __tablename__ = "school_key"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"), index=True)
    name: Mapped[str]
    created: Mapped[Time]
    revoked: Mapped[MaybeTime]

    school: Mapped[School] = relationship(lazy="joined", innerjoin=True)


class ContactDetails(Base):
    """A contact of a school that courses name under Get help (decision 15). `label` is what the course called
    the slot when it was filled in."""

    __tablename__ = "school_contact"

    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"), primary_key=True)
    slot: Mapped[str] = mapped_column(Text, primary_key=True)
    label: Mapped[str] = mapped_column(Text)
    name: Mapped[str]
    phone: Mapped[str]
    email: Mapped[str]
    note: Mapped[str]
    changed: Mapped[Time]
