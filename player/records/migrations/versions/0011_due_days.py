"""Requirements, duties, exclusions and due days."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Nothing is required yet; due days are computed when a school is first looked at."""
    _create_requirement()
    _create_duty()
    _create_exclusion()
    _create_due()


def _key(table: str, column: str, of: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{of}.id"], name=op.f(f"fk_{table}_{column}"))


def _create_requirement() -> None:
    op.create_table(
        "requirement",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("school_id", sa.String(32), nullable=True),
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("team_id", sa.String(32), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("recorded", TIME, nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        _key("requirement", "school_id", "school"),
        _key("requirement", "course_id", "course"),
        _key("requirement", "team_id", "team"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement")),
    )
    op.create_index(op.f("ix_requirement_course_id"), "requirement", ["course_id"])
    op.create_index(op.f("ix_requirement_school_id"), "requirement", ["school_id"])


def _create_duty() -> None:
    op.create_table(
        "duty",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("school_id", sa.String(32), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("anchor", sa.String(), nullable=True),
        sa.Column("window", sa.Integer(), nullable=True),
        sa.Column("first", sa.Integer(), nullable=True),
        sa.Column("fixed", sa.String(), nullable=True),
        sa.Column("least", sa.Integer(), nullable=True),
        sa.Column("renewed_by", sa.String(), nullable=True),
        sa.Column("lapsed", sa.Integer(), nullable=True),
        sa.Column("recorded", TIME, nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.CheckConstraint("(school_id IS NULL) = (kind IS NOT NULL)", name=op.f("ck_duty_kind")),
        _key("duty", "course_id", "course"),
        _key("duty", "school_id", "school"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_duty")),
    )
    op.create_index(op.f("ix_duty_course_id"), "duty", ["course_id"])


def _create_exclusion() -> None:
    subject = "person_id IS NOT NULL OR course_id IS NOT NULL"
    op.create_table(
        "exclusion",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("school_id", sa.String(32), nullable=False),
        sa.Column("course_id", sa.String(), nullable=True),
        sa.Column("person_id", sa.String(32), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("recorded", TIME, nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.CheckConstraint(subject, name=op.f("ck_exclusion_subject")),
        _key("exclusion", "school_id", "school"),
        _key("exclusion", "course_id", "course"),
        _key("exclusion", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusion")),
    )
    op.create_index(op.f("ix_exclusion_school_id"), "exclusion", ["school_id"])


def _create_due() -> None:
    op.create_table(
        "due",
        sa.Column("school_id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("required_since", sa.Date(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("opens", sa.Date(), nullable=True),
        sa.Column("done", sa.Date(), nullable=True),
        _key("due", "school_id", "school"),
        _key("due", "person_id", "person"),
        _key("due", "course_id", "course"),
        sa.PrimaryKeyConstraint("school_id", "person_id", "course_id", name=op.f("pk_due")),
    )
    op.create_index(op.f("ix_due_school_id"), "due", ["school_id", "course_id", "due"])
    op.create_table(
        "due_day",
        sa.Column("school_id", sa.String(32), nullable=False),
        sa.Column("computed", sa.Date(), nullable=False),
        sa.Column("holds_until", sa.Date(), nullable=True),
        _key("due_day", "school_id", "school"),
        sa.PrimaryKeyConstraint("school_id", name=op.f("pk_due_day")),
    )
