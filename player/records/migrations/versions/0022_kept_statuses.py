"""Statuses of people and of courses, kept beside the enrolments; and indexes for what lists count."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """The tables begin empty: a school is counted when somebody next looks at it, or by its next round."""
    op.create_table(
        "status_count",
        sa.Column("school_id", sa.String(32), nullable=False),
        sa.Column("course_id", sa.String(), nullable=False),
        *_numbers("status", "people", "required"),
        _key("status_count", "school"),
        _key("status_count", "course"),
        sa.PrimaryKeyConstraint("school_id", "course_id", "status", name=op.f("pk_status_count")),
    )
    op.create_table(
        "person_status",
        sa.Column("school_id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("is_here", sa.Boolean(), nullable=False),
        *_numbers("status", "courses", "done"),
        *_numbers("required_status", "required_courses", "required_done"),
        _key("person_status", "school"),
        _key("person_status", "person"),
        sa.PrimaryKeyConstraint("school_id", "person_id", name=op.f("pk_person_status")),
    )
    op.drop_index(op.f("ix_enrolment_course_id"), "enrolment")
    for name, table, columns in (
        ("ix_enrolment_course_id", "enrolment", ["course_id", "ended", "person_id"]),
        ("ix_enrolment_person_id", "enrolment", ["person_id", "school_id"]),
        ("ix_registration_version_id", "registration", ["version_id"]),
        ("ix_mail_state", "mail", ["school_id", "state", "written"]),
        ("ix_mail_item_state", "mail_item", ["school_id", "state", "day"]),
    ):
        op.create_index(name, table, columns)
    op.execute("UPDATE due_day SET counted = NULL")


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _key(table: str, of: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([f"{of}_id"], [f"{of}.id"], name=op.f(f"fk_{table}_{of}_id"))
