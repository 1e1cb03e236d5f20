"""Steps of reminders that a school or the provider chooses."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Without a row the steps stay as they were."""
    op.create_table(
        "reminder_steps",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("school_id", sa.String(32), nullable=True),
        sa.Column("steps", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_reminder_steps_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_steps")),
        sa.UniqueConstraint("school_id", name=op.f("uq_reminder_steps_school_id")),
    )
