"""Contacts of a school."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """What each school fills in for its learners' Get help."""
    texts = ("name", "phone", "email", "note")
    op.create_table(
        "school_contact",
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in texts),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_school_contact_school_id")),
        sa.PrimaryKeyConstraint("school_id", "slot", name=op.f("pk_school_contact")),
    )
