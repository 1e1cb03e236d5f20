"""Memberships and the audit log."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

LONDON = ZoneInfo("Europe/London")
BY_LINK = "Learners by link"
OPEN = sa.text("until IS NULL")
ENROLLED = sa.text("SELECT person_id, MIN(since) AS since FROM enrolment GROUP BY person_id").columns(
    person_id=sa.String, since=sa.DateTime(timezone=True)
)
PEOPLE = sa.text(
    'SELECT id, school_id, learner_id, name, role, "left" FROM person'
    " WHERE school_id IS NOT NULL OR id IN (SELECT person_id FROM enrolment)"
).columns(left=sa.Date)
APPEND_ONLY = "the audit log is only added to"
# Rows about somebody, or by them, may go once an erasure of that person is itself in the log.
ERASED = (
    "EXISTS (SELECT 1 FROM audit e WHERE e.action = 'erased' AND e.noun = 'person'"
    " AND (e.noun_id = OLD.person_id OR e.noun_id = OLD.actor_id))"
)


def upgrade() -> None:
    """People were rows of one school. Each becomes an account with a membership; enrolments take the school
    from there. Nobody knows since when somebody is at a school: their first enrolment says it best."""
    _add_memberships()
    _add_schools_to_enrolments()
    _date_team_members()
    _free_people_of_schools()
    _add_audit()


def _add_memberships() -> None:
    membership = op.create_table(
        "membership",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("access", sa.String(), nullable=False),
        sa.Column("job_title", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("access IN ('learner', 'manager')", name=op.f("ck_membership_access")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_membership_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint(
            "person_id", "school_id", "since", name=op.f("uq_membership_person_id_school_id_since")
        ),
    )
    op.create_index(op.f("ix_membership_school_id"), "membership", ["school_id", "staff_id"])
    for name, columns in (
        ("uq_membership_open", ["person_id", "school_id"]),
        ("uq_membership_staff_id", ["school_id", "staff_id"]),
    ):
        op.create_index(name, "membership", columns, unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    if rows := _memberships():
        op.bulk_insert(membership, rows)


def _memberships() -> list[dict[str, Any]]:
    connection, today = op.get_bind(), datetime.now(UTC).astimezone(LONDON).date()
    first = {row.person_id: row.since for row in connection.execute(ENROLLED)}
    return [
        {
            "id": secrets.token_urlsafe(16),
            "person_id": row.id,
            "school_id": row.school_id or _school_by_link(),
            "staff_id": row.learner_id,
            "name": row.name,
            "access": "manager" if row.role == "manager" else "learner",
            "job_title": "",
            "since": _since(first.get(row.id), row.left, today),
            "until": row.left,
        }
        for row in connection.execute(PEOPLE).all()
    ]


def _since(enrolled: datetime | None, left: date | None, today: date) -> date:
    since = today
    if enrolled is not None:
        utc = enrolled.replace(tzinfo=UTC) if enrolled.tzinfo is None else enrolled
        since = utc.astimezone(LONDON).date()
    return min(since, left or since)


def _school_by_link() -> str:
    """The school of those who came by a link; it takes whoever was enrolled and of no school."""
    school = sa.table("school", sa.column("id"), sa.column("name"))
    connection = op.get_bind()
    known = connection.execute(sa.select(school.c.id).where(school.c.name == BY_LINK)).scalar()
    if known is None:
        known = secrets.token_urlsafe(16)
        connection.execute(sa.insert(school), {"id": known, "name": BY_LINK})
    return str(known)


def _add_schools_to_enrolments() -> None:
    op.add_column("enrolment", sa.Column("school_id", sa.String(length=32), nullable=True))
    op.execute(
        "UPDATE enrolment SET school_id = (SELECT membership.school_id FROM membership"
        " WHERE membership.person_id = enrolment.person_id)"
    )
    is_open = sa.text("ended IS NULL")
    with op.batch_alter_table("enrolment") as batch_op:
        batch_op.alter_column("school_id", existing_type=sa.String(length=32), nullable=False)
        batch_op.create_foreign_key(batch_op.f("fk_enrolment_school_id"), "school", ["school_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_enrolment_school_id"), ["school_id"])
        batch_op.drop_index("uq_enrolment_open")
        batch_op.create_index(
            "uq_enrolment_open",
            ["person_id", "school_id", "course_id"],
            unique=True,
            sqlite_where=is_open,
            postgresql_where=is_open,
        )


def _date_team_members() -> None:
    op.add_column("team", sa.Column("until", sa.Date(), nullable=True))
    dated = sa.text(
        "SELECT team_member.team_id, team_member.person_id, membership.since FROM team_member"
        " JOIN membership ON membership.person_id = team_member.person_id"
    ).columns(since=sa.Date)
    rows = [
        {**row, "id": secrets.token_urlsafe(16), "until": None}
        for row in op.get_bind().execute(dated).mappings()
    ]
    op.drop_table("team_member")
    member = op.create_table(
        "team_member",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_team_member_person_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_team_member_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_member")),
    )
    op.create_index(op.f("ix_team_member_person_id"), "team_member", ["person_id"])
    op.create_index(op.f("ix_team_member_team_id"), "team_member", ["team_id"])
    op.create_index(
        "uq_team_member_open",
        "team_member",
        ["team_id", "person_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    if rows:
        op.bulk_insert(member, rows)


def _free_people_of_schools() -> None:
    op.add_column(
        "person", sa.Column("is_administrator", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    administrators = sa.text(
        "UPDATE person SET is_administrator = true"
        ' WHERE role = \'administrator\' AND ("left" IS NULL OR "left" > :today)'
    ).bindparams(sa.bindparam("today", datetime.now(UTC).astimezone(LONDON).date(), sa.Date))
    op.execute(administrators)
    with op.batch_alter_table("person") as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_person_school_id_learner_id"), type_="unique")
        batch_op.drop_constraint(batch_op.f("fk_person_school_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("ck_person_role"), type_="check")
        batch_op.alter_column("is_administrator", existing_type=sa.Boolean(), server_default=None)
        for column in ("school_id", "learner_id", "role", "left"):
            batch_op.drop_column(column)


def _add_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(length=32), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("noun", sa.String(), nullable=False),
        sa.Column("noun_id", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_school_id"), "audit", ["school_id", "at"])
    op.create_index(op.f("ix_audit_person_id"), "audit", ["person_id"])
    op.create_index(op.f("ix_audit_at"), "audit", ["at"])
    if op.get_bind().dialect.name == "sqlite":
        for what in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_no_{what.lower()} BEFORE {what} ON audit WHEN NOT {ERASED}"
                f" BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
            )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF TG_LEVEL = 'STATEMENT' OR NOT {ERASED} THEN RAISE EXCEPTION '{APPEND_ONLY}'; END IF;"
        " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit"
        " FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()"
    )
    op.execute(
        "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
    )
