"""Rounds of reminders."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """The rounds that were run, and what became of each step."""
    op.create_table(
        "round",
        sa.Column("school_id", sa.String(32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("began", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_round_school_id")),
        sa.PrimaryKeyConstraint("school_id", "day", name=op.f("pk_round")),
    )
    op.create_table(
        "mail_item",
        sa.Column("school_id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("step", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("mail_id", sa.String(32), nullable=True),
        sa.CheckConstraint("state IN ('sent', 'overtaken', 'not sent')", name=op.f("ck_mail_item_state")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_mail_item_school_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mail_item_person_id")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_mail_item_course_id")),
        sa.ForeignKeyConstraint(["mail_id"], ["mail.id"], name=op.f("fk_mail_item_mail_id")),
        sa.PrimaryKeyConstraint(
            "school_id", "person_id", "course_id", "due", "step", name=op.f("pk_mail_item")
        ),
    )
    op.create_index(op.f("ix_mail_item_school_id"), "mail_item", ["school_id", "day"])
    op.create_index(op.f("ix_mail_item_mail_id"), "mail_item", ["mail_id"])
