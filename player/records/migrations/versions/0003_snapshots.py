"""Snapshots."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Where replay starts once a log has been folded."""
    op.create_table(
        "snapshot",
        sa.Column("registration_id", sa.String(length=32), nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_snapshot_registration_id")
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_snapshot")),
    )
